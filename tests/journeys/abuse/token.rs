//! Made-up staff tokens: whoever sends them must not make the desk ask the issuer for its keys all day.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use local::door::{Fault, Service};

use crate::desk::Desk;
use crate::desk::ask::{Ask, get};

/// A token that names a key of nobody's.
fn made_up(number: usize) -> Ask {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let header = part(&format!(r#"{{"alg":"ES256","typ":"JWT","kid":"nobodys-{number}"}}"#));
    let token = format!("{header}.{}.{}", part(r#"{"sub":"eve"}"#), part("no signature"));
    get("/staff/complaints").header("authorization", &format!("Bearer {token}"))
}

/// How often the issuer was asked for its keys since the log was emptied.
fn asked(desk: &Desk) -> usize {
    let requests = desk.world.cloud().requests();
    requests.iter().filter(|request| request.call.service == Service::Issuer).count()
}

#[tokio::test]
async fn tokens_with_unknown_keys_make_the_issuer_be_asked_once_a_minute() {
    let desk = Desk::open();
    desk.sam().lists("").await;
    desk.world.advance(SignedDuration::from_secs(60)).await.unwrap();
    desk.world.cloud().clear_requests();
    for number in 0..5 {
        assert_eq!(desk.send(made_up(number)).await.status, 403);
    }
    assert_eq!(asked(&desk), 1, "the first may name a key that is new");
    desk.sam().lists("").await;
    assert_eq!(asked(&desk), 1, "known keys let in without asking");
    desk.world.advance(SignedDuration::from_secs(59)).await.unwrap();
    assert_eq!(desk.send(made_up(5)).await.status, 403);
    assert_eq!(asked(&desk), 1, "the minute is not over");
    desk.world.advance(SignedDuration::from_secs(1)).await.unwrap();
    assert_eq!(desk.send(made_up(6)).await.status, 403);
    assert_eq!(asked(&desk), 2);
    desk.rests().await;
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_keeps_nobody_out_for_longer_than_that() {
    let desk = Desk::open();
    desk.world.cloud().inject(Box::new(|call| match call.service {
        Service::Issuer => Fault::ServerError,
        _ => Fault::None,
    }));
    assert_eq!(desk.send(desk.sam().signed(get("/staff/complaints"))).await.status, 500);
    desk.world.cloud().inject_nothing();
    // No key is known yet, so that the next one to come is worth asking for.
    desk.sam().lists("").await;
    desk.rests().await;
}
