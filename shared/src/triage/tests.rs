use proptest::prelude::*;

use std::sync::LazyLock;

use super::*;

static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);

fn read(text: &str) -> Suggestion {
    suggest(text, None, &POLICY)
}

fn value(suggested: Option<&Suggested<String>>) -> Option<&str> {
    suggested.map(|suggested| suggested.value.as_str())
}

#[track_caller]
fn check_category(text: &str, category: Option<&str>, sub_category: Option<&str>) {
    let found = read(text);
    assert_eq!(
        (value(found.category.as_ref()), value(found.sub_category.as_ref())),
        (category, sub_category),
        "{text}: {found:#?}"
    );
}

#[track_caller]
fn check_severity(text: &str, severity: Severity, because: &str) {
    let found = read(text).severity;
    assert_eq!((found.value, found.because.join("; ").as_str()), (severity, because), "{text}");
}

#[track_caller]
fn check_flags(text: &str, flags: &[Sign]) {
    let found: Vec<Sign> = read(text).flags.iter().map(|flag| flag.value).collect();
    assert_eq!(found, flags, "{text}");
}

#[test]
fn the_category_is_the_one_with_the_most_words_found() {
    check_category("My card was charged twice.", Some("billing"), Some("wrong_amount"));
    check_category("They keep calling my job and threaten me.", Some("staff_conduct"), Some("pressure"));
    check_category("I was charged a late fee and an annual fee.", Some("billing"), Some("unexpected_fee"));
    check_category("Es gefällt mir nicht.", None, None);
}

#[test]
fn of_two_categories_alike_the_one_written_of_first_is_suggested() {
    check_category(
        "The teller was condescending, and the refund is late.",
        Some("staff_conduct"),
        Some("rude"),
    );
    check_category(
        "The refund is late, and the teller was condescending.",
        Some("billing"),
        Some("refund_missing"),
    );
}

#[test]
fn a_sub_category_is_left_to_people_where_two_have_as_much_for_them() {
    check_category("Your bill has a fee, and where is the refund?", Some("billing"), None);
}

#[test]
fn the_severity_is_the_highest_that_any_word_asks_for() {
    check_severity("The queue was long.", Severity::Normal, "no word in it asks for more");
    check_severity("I told the Ombudsman.", Severity::High, "a regulator or ombudsman named: “Ombudsman”");
    check_severity("My solicitor says: racist!", Severity::Critical, "discrimination: “racist”");
    check_severity(
        "My account was HACKED. I want to kill myself.",
        Severity::Critical,
        "danger to life or health: “kill myself”; ongoing fraud: “HACKED”",
    );
}

#[test]
fn a_denial_is_not_understood_and_raises_the_severity_too() {
    check_severity("I am not suing.", Severity::High, "a legal threat: “suing”");
}

#[test]
fn what_has_to_be_known_early_is_flagged() {
    check_flags(
        "I will tell my lawyer, the FCA and the newspapers.",
        &[Sign::Legal, Sign::Regulator, Sign::Media],
    );
    check_flags(
        "The representative named Kim hung up on my disabled son.",
        &[Sign::Vulnerable, Sign::StaffMember],
    );
    check_flags("The card is late.", &[]);
}

#[test]
fn the_product_is_what_the_customer_chose_and_a_text_that_reads_otherwise_is_pointed_out() {
    let policy = &*POLICY;
    let text = "My mortgage servicer lost the escrow payment for my home loan modification.";
    let by_text = suggest(text, None, policy).product.unwrap();
    assert_eq!(by_text.value, "Mortgage");
    assert!(by_text.because[0].starts_with("words usual in complaints about Mortgage: “"), "{by_text:?}");
    let chosen = suggest(text, Some(" mortgage "), policy).product.unwrap();
    assert_eq!((chosen.value.as_str(), chosen.because[0].as_str()), ("Mortgage", "the customer chose it"));
    let otherwise = suggest(text, Some("Student loan"), policy).product.unwrap();
    assert_eq!(otherwise.value, "Student loan");
    assert!(otherwise.because[1].starts_with("but there are words usual in complaints about Mortgage"));
    assert_eq!(suggest(text, Some("a boat"), policy).product.unwrap().value, "Mortgage");
    assert_eq!(suggest("Hello.", Some("a boat"), policy).product, None);
}

#[test]
fn a_company_with_products_of_its_own_gets_no_others_suggested() {
    let policy = Policy::parse(
        "version = 2\neffective = \"2026-09-01\"\nchange = \"Ours\"\napproved_by = \"Us\"\nproducts = [\"Boiler\"]",
    );
    let text = "My mortgage servicer lost the escrow payment for my home loan modification.";
    assert_eq!(suggest(text, None, &policy.unwrap()).product, None);
}

#[test]
fn a_suggestion_as_json_stays_as_clients_know_it() {
    let found =
        read("My card was charged twice, I told my lawyer, and no refund. The bank card is a credit card.");
    insta::assert_snapshot!(serde_json::to_string_pretty(&found).unwrap());
}

#[test]
fn an_empty_or_odd_text_suggests_nothing() {
    let odd = ["", " \n\t", "???", "🏦🏦", "\u{301}\u{200b}", "XXXX XX/XX/2021", "0", "''''", "*"];
    for text in odd {
        let found = read(text);
        assert_eq!((found.category, found.sub_category, found.product), (None, None, None), "{text:?}");
        assert_eq!((found.severity.value, found.flags), (Severity::Normal, Vec::new()), "{text:?}");
    }
}

#[test]
fn a_text_of_one_endless_word_is_read_like_any_other() {
    let text = format!("harass{} fee", "é".repeat(25_000));
    let found = read(&text);
    assert_eq!(value(found.category.as_ref()), Some("staff_conduct"));
    assert!(found.category.unwrap().words.iter().all(|word| word.chars().count() <= 60));
}

#[test]
fn the_text_of_all_fields_counts_and_none_runs_into_the_next() {
    let mut intake = crate::view::story::intake();
    intake.needs = Some("I am deaf.".parse().unwrap());
    intake.people_involved = Some("Twice I met your manager.".parse().unwrap());
    intake.description = "They want to be charged".parse().unwrap();
    let found = Suggestion::of(&intake, &POLICY);
    let flags: Vec<_> = found.flags.iter().map(|flag| flag.value).collect();
    assert_eq!(flags, [Sign::Vulnerable, Sign::StaffMember]);
    assert_eq!(found.category.unwrap().words, ["charged", "money back"]);
}

#[test]
fn every_sign_is_called_the_same_everywhere() {
    for sign in Sign::ALL {
        assert_eq!(serde_json::to_value(sign).unwrap(), sign.code());
        assert!(POLICY.triage.get(&sign).is_some_and(|keywords| !keywords.is_empty()), "{sign}");
    }
}

#[test]
fn the_shipped_model_knows_the_products_of_the_shipped_policy_and_is_small() {
    let head = include_str!("products.tsv").lines().next().unwrap();
    let products: Vec<&str> = head.split('\t').skip(1).collect();
    let policy = &*POLICY;
    assert_eq!(products, policy.products.iter().map(Line::as_str).collect::<Vec<_>>());
    assert!(Model::shipped().read("The mortgage escrow.", |_| true).is_some());
    assert!(include_str!("products.tsv").len() < 200_000);
}

#[test]
fn what_is_no_model_is_refused_with_its_line() {
    let refused = |text: &str| Model::parse(text).unwrap_err().0;
    assert_eq!(refused(""), 1);
    assert_eq!(refused("product\tOnly one\nprior\t0"), 1);
    assert_eq!(refused("product\tA\tB"), 2);
    assert_eq!(refused("product\tA\tB\nprior\t0"), 2);
    assert_eq!(refused("product\tA\tB\nprior\t0\t0\nword\t1\tx"), 3);
}

/// Texts with keywords in them, and much else.
fn texts() -> impl Strategy<Value = String> {
    let pieces = vec![
        "charged twice",
        "refund",
        "FEE",
        "hacked",
        "suicide",
        "my lawyer",
        "ombudsman",
        "disabled",
        "mortgage",
        "credit card",
        "rude",
        "é",
        "'",
        "\u{301}",
        "\n\n",
        ". ",
        "XXXX",
        "harass",
        "ing",
        "",
        "🏦",
        "student loan",
    ];
    let piece = prop_oneof![3 => proptest::sample::select(pieces).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    proptest::collection::vec((piece, proptest::sample::select(vec![" ", "", "\n", ", "])), 0..14)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

fn all_words(found: &Suggestion) -> impl Iterator<Item = &String> {
    let texts =
        [&found.category, &found.sub_category, &found.product].into_iter().flatten().map(|one| &one.words);
    texts.chain([&found.severity.words]).chain(found.flags.iter().map(|flag| &flag.words)).flatten()
}

proptest! {
    #[test]
    fn adding_text_never_lowers_the_severity_and_takes_no_flag_away(one in texts(), other in texts()) {
        let both = read(&format!("{one}\n\n{other}"));
        for part in [read(&one), read(&other)] {
            prop_assert!(both.severity.value >= part.severity.value);
            prop_assert!(part.flags.iter().all(|flag| both.flags.iter().any(|kept| kept.value == flag.value)));
        }
    }

    #[test]
    fn every_word_of_an_explanation_stands_in_the_text(text in texts()) {
        for word in all_words(&read(&text)) {
            prop_assert!(!word.is_empty() && text.contains(word), "{word:?}");
        }
    }

    #[test]
    fn every_suggestion_is_one_of_the_policys_with_a_reason(text in texts(), chosen in texts()) {
        let policy = &*POLICY;
        let found = suggest(&text, Some(&chosen), policy);
        prop_assert_eq!(&found, &suggest(&text, Some(&chosen), policy), "twice the same");
        let category = found.category.as_ref().map(|one| policy.category(&one.value).unwrap());
        if let Some(sub) = &found.sub_category {
            prop_assert!(category.unwrap().sub_category(&sub.value).is_some());
        }
        if let Some(product) = &found.product {
            prop_assert!(policy.product(&product.value).is_some());
        }
        prop_assert!(found.severity.value >= Severity::Normal && !found.severity.because.is_empty());
        prop_assert!(found.flags.iter().all(|flag| !flag.because.is_empty() && !flag.words.is_empty()));
    }

    #[test]
    fn case_and_accents_change_nothing(text in "[a-zA-Z .,]{0,40}(charged twice|refund|suing|deaf)[a-zA-Z ]{0,20}") {
        let values = |found: Suggestion| {
            let flags: Vec<_> = found.flags.iter().map(|flag| flag.value).collect();
            (found.category.map(|one| one.value), found.severity.value, flags)
        };
        let accented = text.to_uppercase().replace('E', "É");
        prop_assert_eq!(values(read(&text)), values(read(&accented)));
    }
}
