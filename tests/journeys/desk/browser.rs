//! A member of staff in front of a browser: pages, and forms as browsers post them, with all that stands in their fields.

use std::collections::BTreeMap;

use super::Desk;
use super::ask::{Ask, Reply, get, post};

pub(crate) struct Browser<'d> {
    desk: &'d Desk,
    /// The session's, as the browser sends it back.
    pub(crate) cookie: String,
}

/// A form of a page: where it is posted, and what stands in its fields.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: BTreeMap<String, String>,
}

impl<'d> Browser<'d> {
    /// With the session that signing in gives.
    pub(crate) fn of(desk: &'d Desk, name: &str, role: &str) -> Browser<'d> {
        let token = desk.world.token(name, role).unwrap();
        Browser { desk, cookie: format!("__Host-session={token}") }
    }

    /// With the session's cookie as it was given.
    pub(crate) fn with(desk: &'d Desk, cookie: &str) -> Browser<'d> {
        Browser { desk, cookie: cookie.to_owned() }
    }

    /// A request of this browser: it says from which page it comes.
    pub(crate) fn sends(&self, ask: Ask) -> Ask {
        ask.html().header("cookie", &self.cookie).header("sec-fetch-site", "same-origin")
    }

    /// Opens an address.
    pub(crate) async fn goes(&self, path: &str) -> Reply {
        self.desk.send(self.sends(get(path))).await
    }

    /// Opens a page that is there.
    pub(crate) async fn opens(&self, path: &str) -> String {
        let reply = self.goes(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
        reply.body
    }

    /// The page of a case.
    pub(crate) async fn case(&self, reference: &str) -> String {
        self.opens(&format!("/staff/complaints/{reference}")).await
    }

    /// The form of this name on the page of a case, as it stands there.
    pub(crate) async fn form(&self, reference: &str, key: &str) -> Form {
        let page = self.case(reference).await;
        let part = page.split_once(&format!("<details class=\"more way\" id=\"{key}\">"));
        let part = part.unwrap_or_else(|| panic!("{key} is offered: {page}")).1;
        Form::first_in(part)
    }

    /// Sends a form.
    pub(crate) async fn submits(&self, form: &Form) -> Reply {
        let fields: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
        self.desk.send(self.sends(post(&form.action).form(&fields))).await
    }

    /// Fills in the form of this name on the page of a case, and sends it.
    pub(crate) async fn tries(&self, reference: &str, key: &str, fields: &[(&str, &str)]) -> Reply {
        let form = self.form(reference, key).await.with(fields);
        self.submits(&form).await
    }

    /// The same, and it is done: the case says so.
    pub(crate) async fn does(&self, reference: &str, key: &str, fields: &[(&str, &str)]) -> String {
        let reply = self.tries(reference, key, fields).await;
        assert_eq!(reply.status, 303, "{key}: {}", reply.body);
        let onward = reply.header("location").unwrap();
        assert_eq!(onward, format!("/staff/complaints/{reference}?done={key}"));
        let page = self.opens(onward).await;
        assert!(page.contains("<strong>Recorded:</strong>"), "{page}");
        page
    }
}

impl Form {
    /// The first form of a piece of a page.
    pub(crate) fn first_in(page: &str) -> Form {
        let form = page.split_once("<form ").expect("a form").1.split_once("</form>").expect("its end").0;
        let action = attribute(form, "action").expect("where it is posted");
        let mut fields = BTreeMap::new();
        let mut chosen_of = String::new();
        for tag in form.split('<').skip(1) {
            let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
            let name = attribute(head, "name");
            let value = attribute(head, "value").unwrap_or_default();
            match (head.split(' ').next().unwrap_or_default(), name) {
                // A box that is not ticked is not sent.
                ("input", Some(_)) if head.contains("type=\"checkbox\"") && !head.ends_with(" checked") => {}
                ("input", Some(name)) => drop(fields.insert(name, value)),
                ("textarea", Some(name)) => {
                    drop(fields.insert(name, unescaped(text.strip_prefix('\n').unwrap_or(text))));
                }
                ("select", Some(name)) => {
                    fields.insert(name.clone(), String::new());
                    chosen_of = name;
                }
                ("option", None) if head.ends_with(" selected") => {
                    fields.insert(chosen_of.clone(), value);
                }
                _ => {}
            }
        }
        Form { action, fields }
    }

    /// What stands in a field.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// Filled in: a box is ticked by its own name.
    pub(crate) fn with(mut self, fields: &[(&str, &str)]) -> Form {
        for (name, value) in fields {
            self.fields.insert((*name).to_owned(), (*value).to_owned());
        }
        self
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\"")).or_else(|| {
        let rest = tag.strip_prefix(&format!("{name}=\""))?;
        Some(("", rest))
    })?;
    Some(unescaped(value.1.split_once('"')?.0))
}

fn unescaped(text: &str) -> String {
    let named = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    named.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
