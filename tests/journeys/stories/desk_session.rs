//! How staff get to the desk and away from it: by the issuer's page, with a cookie, and without one nowhere.

use bytes::Bytes;
use http::Request;

use crate::desk::Desk;
use crate::desk::ask::{Reply, get, post};
use crate::desk::browser::{Browser, Form};

const NAME: &str = "sam@northgate.example";

/// Asks the issuer, as a browser does that was sent there.
async fn at_issuer(desk: &Desk, method: &str, url: &str, form: Option<&str>) -> Reply {
    let request = Request::builder().method(method).uri(url);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    Reply::of(
        desk.world.storage(request.body(Bytes::from(form.unwrap_or_default().to_owned())).unwrap()).await,
    )
}

/// What a browser gets that wants a page and has no session: where to sign in, and the cookie that remembers it.
async fn begins(desk: &Desk, page: &str) -> (String, String) {
    let away = desk.send(get(page).html()).await;
    assert_eq!(away.status, 303, "{}", away.body);
    let sign_in = away.header("location").unwrap();
    assert!(sign_in.starts_with("/staff/sign-in?to="), "{sign_in}");
    let sent = desk.send(get(sign_in).html()).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    (sent.header("location").unwrap().to_owned(), sent.cookie().unwrap())
}

/// Says at the issuer who one is; the way back, as a path of ours.
async fn says_who(desk: &Desk, issuer: &str, form: &str) -> String {
    let back = at_issuer(desk, "POST", issuer, Some(form)).await;
    assert_eq!(back.status, 303, "{}", back.body);
    back.header("location").unwrap().trim_start_matches("http://localhost:8787").to_owned()
}

#[tokio::test]
async fn who_signs_in_comes_to_where_they_wanted_with_a_session_that_ends() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let wanted = format!("/staff/complaints/{}", ann.reference);
    let (issuer, signing_in) = begins(&desk, &wanted).await;
    let page = at_issuer(&desk, "GET", &issuer, None).await;
    assert!(page.status == 200 && page.body.contains("<h1>Sign in</h1>"), "{}", page.body);
    assert_eq!(at_issuer(&desk, "POST", &issuer, Some("name=&role=csr")).await.status, 400);
    let back = says_who(&desk, &issuer, "name=sam%40northgate.example&role=csr").await;
    let arrived = desk.send(get(&back).html().header("cookie", &signing_in)).await;
    assert_eq!(
        (arrived.status, arrived.header("location")),
        (303, Some(wanted.as_str())),
        "{}",
        arrived.body
    );
    let browser = Browser::with(&desk, &arrived.cookie().unwrap());
    assert!(browser.case(&ann.reference).await.contains("<span>sam@northgate.example</span> representative"));
    let again = desk.send(get(&back).html().header("cookie", &signing_in)).await;
    assert_eq!(again.status, 400, "a code is good once: {}", again.body);
    desk.hours(12).await;
    assert_eq!(browser.goes(&wanted).await.status, 303, "the session is over when its token is");
    desk.rests().await;
}

#[tokio::test]
async fn a_sign_in_that_somebody_else_began_signs_nobody_in() {
    let desk = Desk::open();
    let (issuer, signing_in) = begins(&desk, "/staff/complaints").await;
    let back = says_who(&desk, &issuer, "name=eve&role=manager").await;
    let (_, of_another) = begins(&desk, "/staff/complaints").await;
    let check = async |cookie: Option<&str>, back: &str| {
        let ask = get(back).html();
        let ask = cookie.into_iter().fold(ask, |ask, cookie| ask.header("cookie", cookie));
        let reply = desk.send(ask).await;
        assert_eq!((reply.status, reply.header("set-cookie")), (400, None), "{}", reply.body);
        assert!(reply.body.contains("You are not signed in"), "{}", reply.body);
    };
    check(None, &back).await;
    check(Some(&of_another), &back).await;
    check(Some(&signing_in), "/staff/signed-in?error=access_denied&state=x").await;
    check(Some("__Host-signing-in=bm90aGluZyBvZiBvdXJz"), &back).await;
    desk.hours(1).await;
    check(Some(&signing_in), &back).await;
    desk.rests().await;
}

#[tokio::test]
async fn a_code_is_worth_nothing_without_its_verifier_and_leads_to_the_desk_only() {
    let desk = Desk::open();
    let (issuer, _) = begins(&desk, "/staff/complaints").await;
    let back = says_who(&desk, &issuer, "name=eve&role=manager").await;
    let code = back.split_once("code=").unwrap().1.split('&').next().unwrap();
    let form = format!(
        "grant_type=authorization_code&client_id=local-staff&code={code}&code_verifier=guessed\
         &redirect_uri=http%3A%2F%2Flocalhost%3A8787%2Fstaff%2Fsigned-in"
    );
    let token = "http://localhost:8787/twin/issuer/oauth2/token";
    assert_eq!(at_issuer(&desk, "POST", token, Some(&form)).await.status, 400);
    let elsewhere = issuer.replace("localhost%3A8787", "elsewhere.example");
    assert_eq!(at_issuer(&desk, "GET", &elsewhere, None).await.status, 400);
    desk.rests().await;
}

#[tokio::test]
async fn who_signs_out_has_no_session_any_more_here_or_at_the_issuer() {
    let desk = Desk::open();
    let browser = Browser::of(&desk, NAME, "csr");
    let page = browser.opens("/staff/complaints").await;
    let after_search = page.split_once("role=\"search\"").unwrap().1.split_once("</form>").unwrap().1;
    let form = Form::first_in(after_search);
    assert_eq!(form.action, "/staff/sign-out");
    let out = browser.submits(&form).await;
    assert_eq!((out.status, out.cookie().as_deref()), (200, Some("__Host-session=")), "{}", out.body);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    let onward = out.header("refresh").unwrap().trim_start_matches("0; url=");
    let back = at_issuer(&desk, "GET", onward, None).await;
    assert_eq!(back.header("location"), Some("http://localhost:8787/staff/signed-out"));
    let bye = desk.send(get("/staff/signed-out").html()).await;
    assert!(bye.status == 200 && bye.body.contains("You are signed out"), "{}", bye.body);
    desk.rests().await;
}

#[tokio::test]
async fn a_form_of_the_desk_that_is_sent_when_the_session_is_over_leads_to_the_issuer_all_the_same() {
    let desk = Desk::open();
    let from_our_page = |path: &str| get(path).html().header("sec-fetch-site", "same-origin");
    let filter = "/staff/complaints?queue=due&category=billing";
    let away = desk.send(from_our_page(filter)).await;
    let sent = desk.send(from_our_page(away.header("location").unwrap())).await;
    // Chromium holds a form's `form-action` against each address that its answer leads to.
    assert_eq!(sent.status, 200, "no answer of a form leads to another site");
    let issuer = sent.header("refresh").unwrap().trim_start_matches("0; url=").to_owned();
    assert!(
        sent.body.contains(&issuer.replace('&', "&#38;")),
        "nor is anybody stuck who stops it: {}",
        sent.body
    );
    let back = says_who(&desk, &issuer, "name=sam%40northgate.example&role=csr").await;
    let arrived = desk.send(get(&back).html().header("cookie", &sent.cookie().unwrap())).await;
    assert_eq!(arrived.header("location"), Some(filter));
}

#[tokio::test]
async fn nobody_gets_anywhere_whatever_the_route() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let routes = desk.world.wiring().routes.iter().filter(|route| route.path.starts_with("/staff/"));
    let of_signing = ["/staff/sign-in", "/staff/signed-in", "/staff/sign-out", "/staff/signed-out"];
    let mut walked = 0;
    for route in routes.filter(|route| !of_signing.contains(&route.path.as_str())) {
        let path = route.path.replace("{complaint}", &ann.reference).replace("{file}", "x");
        desk.world.cloud().clear_requests();
        let cookies = ["", "__Host-session=eyJhbGciOiJub25lIn0.e30.", "__Host-session=nonsense"];
        for cookie in cookies {
            let ask = if route.method == "GET" {
                get(&path).html()
            } else {
                post(&path).form(&[("version", "2"), ("text", "typed"), ("reason", "<i>typed</i>")])
            };
            let ask = if cookie.is_empty() { ask } else { ask.header("cookie", cookie) };
            let reply = desk.ask(ask.header("sec-fetch-site", "same-origin")).await;
            if route.method == "GET" {
                let to = reply.header("location").unwrap_or_default();
                assert!(
                    reply.status == 303 && to.starts_with("/staff/sign-in?to="),
                    "{path}: {}",
                    reply.body
                );
            } else {
                assert_eq!(reply.status, 401, "{path}: {}", reply.body);
                let form = Form::first_in(&reply.body);
                assert_eq!(
                    (form.action.as_str(), form.fields["reason"].as_str()),
                    (path.as_str(), "<i>typed</i>")
                );
            }
            assert!(!reply.body.contains("charged"), "{}", reply.body);
            walked += 1;
        }
        let asked = desk.table_requests();
        assert!(asked.is_empty(), "{path} asks nothing of the table for nobody: {asked:?}");
        let program = desk.ask(if route.method == "GET" {
            get(&path)
        } else {
            post(&path).body("application/json", "{}")
        });
        assert_eq!(program.await.status, 403, "a program is turned away at the door: {path}");
    }
    assert!(walked > 90, "{walked}");
    desk.rests().await;
}

#[tokio::test]
async fn a_session_writes_from_our_own_pages_only() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let browser = Browser::of(&desk, NAME, "csr");
    let ask = || {
        let fields = [("version", "2"), ("owner", NAME)];
        post(&format!("/staff/complaints/{}/assign", ann.reference))
            .form(&fields)
            .header("cookie", &browser.cookie)
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
        ("x-nothing", "of either"),
    ] {
        assert_eq!(desk.ask(ask().header(name, value)).await.status, 403, "{name}: {value}");
    }
    let lying = ask().header("sec-fetch-site", "cross-site").header("origin", "http://localhost:8787");
    assert_eq!(desk.ask(lying).await.status, 403);
    // From elsewhere the cookie does not come: no page of ours may offer to send again what another site sent.
    let routes = desk.world.wiring().routes.iter().filter(|route| route.path.starts_with("/staff/"));
    for route in routes.filter(|route| route.method == "POST") {
        let path = route.path.replace("{complaint}", &ann.reference);
        let foreign =
            post(&path).form(&[("version", "2"), ("reason", "x")]).header("sec-fetch-site", "cross-site");
        assert_eq!(desk.ask(foreign).await.status, 403, "{path}");
    }
    assert_eq!(desk.sam().case(&ann.reference).await.get("owner"), None);
    let old = desk.send(ask().header("origin", "http://localhost:8787")).await;
    assert_eq!(old.status, 303, "a browser that does not say more than its origin: {}", old.body);
    desk.rests().await;
}

#[tokio::test]
async fn who_has_no_role_is_told_so_and_not_sent_round_in_circles() {
    let desk = Desk::open();
    let reply = Browser::of(&desk, "guest", "visitor").goes("/staff/complaints").await;
    assert_eq!(reply.status, 403, "{}", reply.body);
    assert!(reply.body.contains("none of the roles"), "{}", reply.body);
    assert!(reply.body.contains("action=\"/staff/sign-out\""), "there is a way out: {}", reply.body);
    desk.rests().await;
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_of_a_form_loses_nothing() {
    let desk = Desk::open();
    let ann = desk.complains("Ann", "ann@example.com").await;
    let browser = Browser::of(&desk, NAME, "csr");
    let words = "Called them.\nThey say: \"<b>twice</b>\" & more";
    let form = browser.form(&ann.reference, "contact").await.with(&[("channel", "phone"), ("text", words)]);
    let late = Browser::with(&desk, "__Host-session=");
    let over = late.submits(&form).await;
    assert_eq!(over.status, 401, "{}", over.body);
    assert!(over.body.contains("Your session is over") && over.body.contains("href=\"/staff/sign-in?to="));
    assert!(!over.body.contains("<b>twice"), "{}", over.body);
    let kept = Form::first_in(&over.body);
    assert_eq!(kept.fields, form.fields, "everything typed is in it");
    let sent = browser.submits(&kept).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(browser.case(&ann.reference).await.contains("&#60;b&#62;twice"));
    desk.rests().await;
}
