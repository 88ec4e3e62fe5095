//! Stories: what happens to a complaint and its people, from the outside.

mod access;
mod alerts;
mod alike;
mod department;
mod ends;
mod erasure;
mod escalation;
mod evidence;
mod expiry;
mod export;
mod follow_up;
mod gathered;
mod inquiry;
mod intake;
mod language;
mod link;
mod own_wish;
mod path;
mod proposal;
mod record;
mod redress;
mod reply;
mod report;
mod restart;
mod revision;
mod together;
mod triage;
mod unheard;
mod work;

#[test]
fn what_is_told_of_the_twin_only_is_a_story() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("journeys/stories");
    let names = include_str!("stories/twin_only.txt").lines();
    for name in names.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (module, story) = name.split_once("::").unwrap_or_else(|| panic!("{name} names no module"));
        let told = std::fs::read_to_string(folder.join(module).with_extension("rs")).unwrap_or_default();
        assert!(told.contains(&format!("async fn {story}() {{")), "there is no story {name}");
    }
}
