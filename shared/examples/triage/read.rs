//! What is suggested for texts, for a person to judge: one JSON object a line, in an order that has nothing to do with
//! what they are about.

use std::io::Write;

use complaints::policy::Policy;
use complaints::triage::suggest;
use complaints::values::Digest;
use serde_json::json;

use crate::Trouble;
use crate::input::Text;

pub(crate) fn tell(texts: &[Text], out: &mut impl Write) -> Result<(), Trouble> {
    let policy = Policy::default();
    let mut texts: Vec<_> = texts.iter().collect();
    texts.sort_by_key(|text| Digest::of(text.narrative.as_bytes()));
    for text in texts {
        let suggestion = suggest(&text.narrative, None, &policy);
        let line = json!({"narrative": text.narrative, "product": text.product, "suggestion": suggestion});
        writeln!(out, "{line}")?;
    }
    Ok(())
}
