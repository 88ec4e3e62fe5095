//! How staff sign in: by the authorization code flow of OIDC with PKCE, as a public client. What has to be known again
//! when the browser comes back lies in a signed cookie of a few minutes; the session is the issuer's access token, in a
//! cookie that no script sees and that ends with it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{Shell, StepError, link::SIGNATURE};
use crate::{reply::address::is_same, values::Digest};

/// The cookie of the session: the access token.
pub const SESSION: &str = "__Host-session";
/// The cookie of a sign-in under way.
pub const SIGNING_IN: &str = "__Host-signing-in";
/// Where staff come to who did not say where they want to go.
pub const AFTERWARDS: &str = "/staff/complaints";
/// For how long somebody may take over signing in.
pub const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// Where the issuer sends the browser back to, below our own address.
const SIGNED_IN: &str = "/staff/signed-in";
/// Where it sends who signed out.
const SIGNED_OUT: &str = "/staff/signed-out";
/// Longer addresses are none of ours.
const LONGEST: usize = 600;
/// Browsers drop a larger cookie, and the sign-in would begin again for ever.
const LARGEST_TOKEN: usize = 3_800;
/// Random bytes that a sign-in is known by; its verifier is made of them.
const NONCE: usize = 32;
const UNTIL: usize = 8;

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Proves to the issuer that who brings the code is who asked for it.
    verifier: String,
    /// Where they wanted to go.
    pub to: String,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The access token.
    pub token: String,
    /// For how many seconds it is good.
    pub seconds: i64,
}

/// What the issuer's token endpoint answers.
#[derive(Deserialize)]
struct Traded {
    access_token: String,
    expires_in: i64,
}

/// The address at which staff sign in to get to a page of the desk.
pub fn sign_in_for(page: &str) -> String {
    let to = form_urlencoded::byte_serialize(destination(Some(page)).as_bytes()).collect::<String>();
    format!("/staff/sign-in?to={to}")
}

/// Where a sign-in may lead to: a page of the desk, and nothing else.
pub fn destination(wanted: Option<&str>) -> &str {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~?=&%+:@,".contains(&byte);
    let is_ours = |page: &&str| {
        page.starts_with("/staff/")
            && !page.starts_with("/staff/sign")
            && page.len() <= LONGEST
            && page.bytes().all(is_plain)
            && !page.contains("..")
            // A browser would read `%2e%2e` as dots.
            && !page.split('?').next().unwrap_or_default().contains('%')
    };
    wanted.filter(is_ours).unwrap_or(AFTERWARDS)
}

impl Shell {
    /// Begins a sign-in: the issuer's address, and the value of the cookie [`SIGNING_IN`].
    pub fn begin_sign_in(&self, to: &str) -> Result<(String, String), StepError> {
        let nonce: [u8; NONCE] = self.random()?;
        let until = self.now().checked_add(PATIENCE).unwrap_or(Timestamp::MAX).as_second();
        let mut cookie = until.to_be_bytes().to_vec();
        cookie.extend(nonce);
        cookie.extend(to.as_bytes());
        cookie.extend(self.sign("sign-in", &cookie)?);
        // PKCE's challenge is the hash of the verifier as it is written.
        let challenge = Digest::of(verifier(&nonce).as_bytes()).to_string();
        let state = self.state(&nonce)?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", self.config().staff_audience()?)
            .append_pair("redirect_uri", &self.back_to(SIGNED_IN)?)
            .append_pair("scope", "openid")
            .append_pair("state", &state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            .finish();
        let address = format!("{}/oauth2/authorize?{query}", self.config().staff_sign_in()?);
        Ok((address, URL_SAFE_NO_PAD.encode(cookie)))
    }

    /// The sign-in that this cookie belongs to; none if it is none of ours, too old, or another than the issuer's `state`
    /// speaks of.
    pub fn read_sign_in(&self, cookie: &str, state: &str) -> Result<Option<Begun>, StepError> {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(cookie) else { return Ok(None) };
        let Some(signed) = bytes.len().checked_sub(SIGNATURE).filter(|length| *length >= UNTIL + NONCE)
        else {
            return Ok(None);
        };
        let (payload, signature) = bytes.split_at(signed);
        if !is_same(&self.sign("sign-in", payload)?, signature) {
            return Ok(None);
        }
        let (until, rest) = payload.split_at(UNTIL);
        let (nonce, to) = rest.split_at(NONCE);
        let until = until.try_into().map_or(0, i64::from_be_bytes);
        if self.now().as_second() >= until || !is_same(self.state(nonce)?.as_bytes(), state.as_bytes()) {
            return Ok(None);
        }
        let to = std::str::from_utf8(to).ok();
        Ok(Some(Begun { verifier: verifier(nonce), to: destination(to).to_owned() }))
    }

    /// Trades the issuer's code for a session; none where the issuer does not take it.
    pub async fn trade(&self, code: &str, begun: &Begun) -> Result<Option<Session>, StepError> {
        let url = format!("{}/oauth2/token", self.config().staff_sign_in()?);
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", self.config().staff_audience()?),
            ("redirect_uri", &self.back_to(SIGNED_IN)?),
            ("code", code),
            ("code_verifier", &begun.verifier),
        ];
        let (status, body) = self.post_form(&url, &fields).await?;
        match status {
            200 => {}
            400..=499 => return Ok(None),
            _ => return Err(StepError::retry("trade a code", url, format!("answered with status {status}"))),
        }
        let Traded { access_token, expires_in } = serde_json::from_slice(&body)
            .map_err(|error| StepError::give_up("read the issuer's answer", &url, error))?;
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if access_token.len() > LARGEST_TOKEN || !access_token.bytes().all(is_token) {
            return Err(StepError::give_up("keep a session", url, "the token does not fit into a cookie"));
        }
        Ok(Some(Session { token: access_token, seconds: expires_in }))
    }

    /// Where the issuer ends its own session, and then leads back.
    pub fn sign_out_at(&self) -> Result<String, StepError> {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", self.config().staff_audience()?)
            .append_pair("logout_uri", &self.back_to(SIGNED_OUT)?)
            .finish();
        Ok(format!("{}/logout?{query}", self.config().staff_sign_in()?))
    }

    fn back_to(&self, path: &str) -> Result<String, StepError> {
        Ok(format!("{}{path}", self.config().base_url()?))
    }

    /// What the issuer hands back, so that nobody can be made to finish another's sign-in.
    fn state(&self, nonce: &[u8]) -> Result<String, StepError> {
        Ok(URL_SAFE_NO_PAD.encode(self.sign("sign-in-state", nonce)?))
    }
}

fn verifier(nonce: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(nonce)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_to_a_page_of_the_desk_and_nowhere_else() {
        let check = |wanted: &str, is_ours: bool| {
            assert_eq!(destination(Some(wanted)) == wanted, is_ours, "{wanted}");
        };
        check("/staff/complaints/28T-5CY-01J?done=triage", true);
        check("/staff/complaints?queue=due&cursor=due_at%3D1", true);
        for wanted in [
            "https://elsewhere.example/staff/",
            "//elsewhere.example/staff/",
            "/staffers/",
            "/my/28T-5CY-01J",
            "/staff/../my/x",
            "/staff/%2e%2E/my/x",
            "/staff/sign-in?to=/staff/x",
            "/staff/\\elsewhere.example",
            "/staff/x\r\nset-cookie: a=b",
            "",
        ] {
            check(wanted, false);
        }
        assert_eq!(destination(Some(&format!("/staff/{}", "x".repeat(LONGEST)))), AFTERWARDS);
        assert_eq!(destination(None), AFTERWARDS);
    }

    #[test]
    fn the_address_to_sign_in_at_says_where_to_go_then() {
        assert_eq!(
            sign_in_for("/staff/complaints?queue=due"),
            "/staff/sign-in?to=%2Fstaff%2Fcomplaints%3Fqueue%3Ddue"
        );
    }
}
