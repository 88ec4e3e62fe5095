//! The posts that are held as suspected spam, each with what it says and the two things that can be done with it.

use askama::Template;
use jiff::Timestamp;

use super::{DISCARD, FormView, Frame, Ground, Queue, RELEASE, queue::Tab, standing};
use crate::{actor::Actor, intake::Intake, page::html, policy::Policy, values};

/// So much of a text is shown in the list.
const SHOWN: usize = 1_500;

/// A post that is held.
#[derive(Clone, Copy, Debug)]
pub struct HeldPost<'a> {
    /// Its place in the routes.
    pub id: &'a str,
    /// The reference that was answered.
    pub reference: &'a str,
    /// When it came.
    pub received_at: Timestamp,
    /// Why it is held.
    pub why: &'a str,
    /// What was posted.
    pub told: &'a Intake,
}

/// The page of held posts.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "desk/held.html")]
pub struct HeldPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The posts.
    pub posts: &'a [HeldPost<'a>],
    /// The address of the next page; none on the last.
    pub next: Option<&'a str>,
    /// Who looks.
    pub actor: &'a Actor,
    /// Whose policy it is.
    pub policy: &'a Policy,
}

impl HeldPage<'_> {
    /// The page.
    pub fn render(&self) -> String {
        html(self)
    }

    fn tabs(&self) -> Vec<Tab> {
        Tab::all(Queue::Held, self.actor)
    }

    fn when(&self, at: &Timestamp) -> String {
        standing::short_time(*at, self.policy)
    }

    fn forms(&self, post: &HeldPost<'_>) -> [FormView; 2] {
        let ground = Ground::alone(self.policy, self.actor);
        let form = |action: &'static super::Action| {
            FormView::new(action, format!("/staff/held/{}/{}", post.id, action.route), ground)
                .named(&format!("{}-{}", action.key, post.id))
        };
        [form(&RELEASE), form(&DISCARD)]
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn text(&self, post: &HeldPost<'_>) -> String {
        let text = values::visible(post.told.description.as_str());
        let shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() { format!("{shown} …") } else { shown }
    }

    #[expect(clippy::unused_self, reason = "templates call it so")]
    fn from(&self, post: &HeldPost<'_>) -> String {
        let told = post.told;
        let parts = [
            told.name.as_ref().map(ToString::to_string),
            told.email.as_ref().map(ToString::to_string),
            told.phone.as_ref().map(ToString::to_string),
        ];
        parts
            .into_iter()
            .flatten()
            .map(|part| values::visible(&part).into_owned())
            .collect::<Vec<_>>()
            .join(", ")
    }
}
