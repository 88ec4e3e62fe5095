//! The twin's own pages: plain HTML that works without JavaScript.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header;
use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::{Twin, TwinError, moves};
use crate::delivery::QueueContent;
use crate::door::{Attachment, Mail};

/// Nothing but the twin's own style; no script at all.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A mail is a stranger's: it may look as it likes, and do nothing.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; \
                           sandbox allow-popups allow-popups-to-escape-sandbox";

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    problem: Option<&'a str>,
    base_url: &'a str,
    clock: Shown,
    running: bool,
    zone: String,
    next_month: Shown,
    due: Option<Shown>,
    mails: usize,
    stuck: usize,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct Inbox {
    mails: Vec<Line>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Letter<'a> {
    line: Line,
    mail: &'a Mail,
    text: Vec<Piece<'a>>,
    /// Where the reader's answer would go, if anybody takes it in.
    answer_to: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "queues.html")]
struct Queues<'a> {
    queues: Vec<(&'a str, Vec<(Shown, String)>)>,
}

#[derive(Template)]
#[template(path = "token.html")]
struct TokenPage<'a> {
    name: &'a str,
    role: &'a str,
    token: &'a str,
    base_url: &'a str,
}

/// An instant for people and for machines.
struct Shown {
    words: String,
    stamp: String,
}

/// A mail in a list.
struct Line {
    number: usize,
    at: Shown,
    to: String,
    subject: String,
    delivered: bool,
}

/// A piece of a plain text.
enum Piece<'a> {
    Words(&'a str),
    /// An address of this very twin.
    Link(&'a str),
}

pub(super) async fn home(State(twin): State<Twin>) -> Result<Response, TwinError> {
    clock(&twin, None).await
}

/// The clock's page, with what was wrong with the move that was asked for.
pub(super) async fn clock(twin: &Twin, problem: Option<&str>) -> Result<Response, TwinError> {
    let (world, zone) = (&twin.world, twin.world.zone());
    let queues = world.queues().await;
    page(&Home {
        problem,
        base_url: &twin.base_url,
        clock: shown(world.now(), &zone),
        running: world.is_running(),
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        next_month: shown(moves::next_month(world.now(), &zone)?, &zone),
        due: world.due().await.map(|due| shown(due, &zone)),
        mails: world.mails()?.len(),
        stuck: queues.iter().map(|queue| queue.messages.len()).sum(),
    })
}

pub(super) async fn stylesheet() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../../templates/twin.css"))
        .into_response()
}

pub(super) async fn inbox(State(twin): State<Twin>) -> Result<Response, TwinError> {
    twin.world.settle().await?;
    let (mails, zone) = (twin.world.mails()?, twin.world.zone());
    let mails = mails.iter().enumerate().rev().map(|(index, mail)| line(index + 1, mail, &zone)).collect();
    page(&Inbox { mails })
}

pub(super) async fn mail(State(twin): State<Twin>, Path(number): Path<usize>) -> Result<Response, TwinError> {
    let mail = numbered(&twin, number)?;
    let text = mail.text.as_deref().map(|text| pieces(text, &twin.base_url)).unwrap_or_default();
    let answer_to =
        mail.reply_to.iter().map(String::as_str).find(|address| twin.world.takes_mail_for(address));
    page(&Letter { line: line(number, &mail, &twin.world.zone()), mail: &mail, text, answer_to })
}

/// The mail's HTML by itself, for a frame that lets it do nothing but open links apart.
pub(super) async fn mail_html(
    State(twin): State<Twin>,
    Path(number): Path<usize>,
) -> Result<Response, TwinError> {
    let html = numbered(&twin, number)?.html.ok_or(TwinError::NotFound)?;
    let base = "<base target=\"_blank\">";
    let html = match html.find("<head>") {
        Some(place) => format!("{}<head>{base}{}", &html[..place], &html[place + "<head>".len()..]),
        None => format!("{base}{html}"),
    };
    Ok(guarded("text/html; charset=utf-8", MAIL_POLICY, html.into_bytes()))
}

/// An attachment, always to be saved, never shown.
pub(super) async fn file(
    State(twin): State<Twin>,
    Path((number, file)): Path<(usize, usize)>,
) -> Result<Response, TwinError> {
    let mail = numbered(&twin, number)?;
    let Attachment { name, content, .. } =
        file.checked_sub(1).and_then(|index| mail.attachments.get(index)).ok_or(TwinError::NotFound)?;
    let bytes = BASE64_STANDARD.decode(content).map_err(|_| TwinError::NotFound)?;
    let plain: String = name
        .chars()
        .map(|one| if one.is_ascii_alphanumeric() || ".-_ ".contains(one) { one } else { '_' })
        .collect();
    let mut response = guarded("application/octet-stream", PAGE_POLICY, bytes);
    if let Ok(disposition) = format!("attachment; filename=\"{plain}\"").parse() {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

pub(super) fn queues(twin: &Twin, queues: &[QueueContent]) -> Result<Response, TwinError> {
    let zone = twin.world.zone();
    let content = |queue: &QueueContent| {
        let messages = queue.messages.iter();
        messages.map(|message| (shown(message.at, &zone), format!("{:#}", message.body))).collect()
    };
    page(&Queues { queues: queues.iter().map(|queue| (queue.name.as_str(), content(queue))).collect() })
}

pub(super) fn token(twin: &Twin, name: &str, role: &str, token: &str) -> Result<Response, TwinError> {
    page(&TokenPage { name, role, token, base_url: &twin.base_url })
}

fn numbered(twin: &Twin, number: usize) -> Result<Mail, TwinError> {
    let index = number.checked_sub(1).ok_or(TwinError::NotFound)?;
    twin.world.mails()?.into_iter().nth(index).ok_or(TwinError::NotFound)
}

fn line(number: usize, mail: &Mail, zone: &TimeZone) -> Line {
    Line {
        number,
        at: shown(mail.at, zone),
        to: mail.to.join(", "),
        subject: mail.subject.clone(),
        delivered: mail.delivered,
    }
}

fn shown(at: Timestamp, zone: &TimeZone) -> Shown {
    let local = at.to_zoned(zone.clone());
    Shown {
        words: strtime::format("%a %-d %b %Y, %H:%M %Z", &local).unwrap_or_default(),
        stamp: format!("{at:.0}"),
    }
}

/// The text with the twin's own addresses apart.
fn pieces<'a>(text: &'a str, base_url: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(place) = rest.find(base_url) {
        let (before, from) = rest.split_at(place);
        let end = from.find(|one: char| one.is_whitespace() || "<>\"'()".contains(one)).unwrap_or(from.len());
        let link = from[..end].trim_end_matches(['.', ',', ';']);
        pieces.extend([Piece::Words(before), Piece::Link(link)]);
        rest = &from[link.len()..];
    }
    pieces.push(Piece::Words(rest));
    pieces
}

fn page(template: &impl Template) -> Result<Response, TwinError> {
    Ok(guarded("text/html; charset=utf-8", PAGE_POLICY, template.render()?.into_bytes()))
}

fn guarded(kind: &'static str, policy: &'static str, body: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, body).into_response()
}
