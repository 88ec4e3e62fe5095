//! Which route a request is for.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::template::{Route, Segment};

/// The first route that fits, and what its path variables hold. The routes come in the order of their exactness.
pub(super) fn find<'a>(
    routes: &'a [Route],
    method: &str,
    path: &str,
) -> Option<(&'a Route, BTreeMap<String, String>)> {
    let parts = parts(path);
    let mut fitting = routes.iter().filter(|route| route.method == method || route.method == "ANY");
    fitting.find_map(|route| Some((route, held(&route.segments, &parts)?)))
}

/// The path with its percent signs resolved, as the gateway hands it on.
pub(super) fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn parts(path: &str) -> Vec<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() { Vec::new() } else { path.split('/').map(decoded).collect() }
}

fn held(segments: &[Segment], parts: &[String]) -> Option<BTreeMap<String, String>> {
    let mut held = BTreeMap::new();
    let mut left = parts.iter();
    for segment in segments {
        let part = left.next()?;
        match segment {
            Segment::Literal(text) if text == part => {}
            Segment::Variable(name) if !part.is_empty() => {
                held.insert(name.clone(), part.clone());
            }
            Segment::Greedy(name) => {
                let rest: Vec<&str> =
                    std::iter::once(part).chain(left.by_ref()).map(String::as_str).collect();
                held.insert(name.clone(), rest.join("/"));
            }
            Segment::Literal(_) | Segment::Variable(_) => return None,
        }
    }
    left.next().is_none().then_some(held)
}
