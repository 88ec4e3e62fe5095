//! Help with triage: what the text suggests, until a person has decided.

use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn staff_see_what_the_text_suggests_and_why_until_somebody_has_triaged_it() {
    let desk = Desk::open();
    let told = json!({
        "email": "ann@example.com",
        "description": "My card was charged twice and the refund never came. My lawyer will hear of it.",
        "product": "Credit card or prepaid card",
        "needs": "I am deaf, please write.",
    });
    let ann = desk.posts(&told).await;
    let sam = desk.sam();
    let seen = sam.case(&ann.reference).await;
    assert_eq!(seen["severity"], "normal", "it only suggests: {seen}");
    let suggestion = &seen["suggestion"];
    assert_eq!(suggestion["category"]["value"], "billing");
    assert_eq!(suggestion["category"]["because"], json!(["Billing: “charged twice”, “refund”"]));
    assert_eq!(suggestion["severity"]["value"], "high");
    assert_eq!(suggestion["severity"]["words"], json!(["lawyer", "deaf"]));
    assert_eq!(suggestion["product"]["value"], "Credit card or prepaid card");
    let flags = suggestion["flags"].as_array().unwrap();
    assert_eq!(flags.iter().map(|flag| &flag["value"]).collect::<Vec<_>>(), ["legal", "vulnerable"]);
    sam.takes(&ann.reference).await;
    sam.triages(&ann.reference, "service_quality", "normal").await;
    let decided = sam.case(&ann.reference).await;
    assert_eq!((&decided["category"], &decided["suggestion"]), (&json!("service_quality"), &json!(null)));
    desk.rests().await;
}

#[tokio::test]
async fn a_company_looks_for_words_of_its_own() {
    let desk = Desk::with_policy("[triage]\nlegal = [\"abogad*\"]\nvulnerable = []");
    let told = json!({"email": "ann@example.com", "description": "My lawyer is deaf. Llamo a mi ABOGADO."});
    let ann = desk.posts(&told).await;
    let seen = desk.sam().case(&ann.reference).await;
    assert_eq!(seen["suggestion"]["severity"]["words"], json!(["ABOGADO"]));
    desk.rests().await;
}
