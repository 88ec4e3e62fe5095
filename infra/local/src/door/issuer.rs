//! The staff's sign-in: an OIDC issuer with one key, shaped as Cognito's access tokens are. `sign_in` has its pages.

mod sign_in;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use serde_json::{Value, json};

use super::entropy::Entropy;
use super::fault::Service;
use super::file::CloudError;
use super::reply::Reply;
use super::store::{Store, malformed};

const ROOM: &str = "door/issuer";

/// Signs staff tokens and publishes the key that verifies them.
pub(super) struct Issuer {
    url: String,
    key: p256::SecretKey,
    /// Names the key: a part of its own public half.
    id: String,
    /// Codes that were given and not traded yet. Each is good once, and none survives a restart.
    codes: Mutex<HashMap<String, sign_in::Code>>,
}

impl Issuer {
    /// With the key of the store, or a new one at the first start.
    pub(super) fn open(url: String, store: &Store, entropy: &Entropy) -> Result<Self, CloudError> {
        let key = if let Some(kept) = store.kept_at(ROOM, "key")? {
            let bytes = URL_SAFE_NO_PAD.decode(kept.as_str().unwrap_or_default()).map_err(malformed)?;
            p256::SecretKey::from_slice(&bytes).map_err(malformed)?
        } else {
            let key = new_key(entropy);
            store.settle(&[], &[(ROOM, "key", json!(URL_SAFE_NO_PAD.encode(key.to_bytes())))], &[])?;
            key
        };
        let id = coordinates(&key).0.chars().take(8).collect();
        Ok(Self { url, key, id, codes: Mutex::default() })
    }

    /// A token for a member of staff, with the claims that Cognito puts into an access token: the client's id in
    /// `client_id` and no audience, the groups in `cognito:groups`, the name in `username`.
    pub(super) fn sign(
        &self,
        (name, role): (&str, &str),
        client: &str,
        (at, lifetime): (Timestamp, SignedDuration),
        entropy: &Entropy,
    ) -> Result<String, CloudError> {
        let claims = json!({
            "iss": self.url,
            "sub": subject(name),
            "username": name,
            "cognito:groups": [role],
            "client_id": client,
            "token_use": "access",
            "scope": "openid",
            "auth_time": at.as_second(),
            "iat": at.as_second(),
            "exp": at.as_second() + lifetime.as_secs(),
            "jti": entropy.uuid(),
        });
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.id.clone());
        let key = self.key.to_pkcs8_der().map_err(malformed)?;
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ec_der(key.as_bytes())).map_err(malformed)
    }

    /// The discovery document.
    pub(super) fn discovery(&self) -> Reply {
        Reply::json(
            Service::Issuer,
            &json!({
                "issuer": self.url,
                "jwks_uri": format!("{}/.well-known/jwks.json", self.url),
                "authorization_endpoint": format!("{}/oauth2/authorize", self.url),
                "token_endpoint": format!("{}/oauth2/token", self.url),
                "end_session_endpoint": format!("{}/logout", self.url),
                "code_challenge_methods_supported": ["S256"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
            }),
        )
    }

    /// The public key.
    pub(super) fn keys(&self) -> Reply {
        let (x, y) = coordinates(&self.key);
        let key: Value = json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.id, "x": x, "y": y});
        Reply::json(Service::Issuer, &json!({"keys": [key]}))
    }
}

fn new_key(entropy: &Entropy) -> p256::SecretKey {
    let mut bytes = [0; 32];
    loop {
        entropy.fill(&mut bytes);
        // Nearly every number is a key; the next one is, when this is not.
        if let Ok(key) = p256::SecretKey::from_slice(&bytes) {
            return key;
        }
    }
}

fn coordinates(key: &p256::SecretKey) -> (String, String) {
    let point = key.public_key().to_encoded_point(false);
    let text =
        |part: Option<&p256::FieldBytes>| part.map(|part| URL_SAFE_NO_PAD.encode(part)).unwrap_or_default();
    (text(point.x()), text(point.y()))
}

/// One person has one subject, whenever the token is made.
fn subject(name: &str) -> String {
    let part = |half: u8| {
        let mut hasher = DefaultHasher::new();
        (half, name).hash(&mut hasher);
        hasher.finish()
    };
    let bits = (u128::from(part(0)) << 64) | u128::from(part(1));
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
}
