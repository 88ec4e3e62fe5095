//! The report's figures as they were mailed: the attached CSV, line by line.

use base64::{Engine, engine::general_purpose::STANDARD};
use local::door::Mail;

use crate::Trouble;

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) section: String,
    pub(crate) item: String,
    pub(crate) measure: String,
    pub(crate) part: String,
    pub(crate) whole: String,
    pub(crate) value: String,
}

impl Line {
    /// As it is named in a list of what differs.
    pub(crate) fn name(&self) -> String {
        format!("{} / {} / {}", self.section, self.item, self.measure)
    }
}

/// The lines of the file that is attached to a mail.
pub(crate) fn read(mail: &Mail) -> Result<Vec<Line>, Trouble> {
    let wrong = |what: &str| Trouble::Failed(format!("the report's attachment: {what}"));
    let [file] = mail.attachments.as_slice() else { return Err(wrong("there is not just one")) };
    let bytes = STANDARD.decode(&file.content).map_err(|error| wrong(&error.to_string()))?;
    let mut lines = Vec::new();
    for record in csv::Reader::from_reader(bytes.as_slice()).records() {
        let record = record.map_err(|error| wrong(&error.to_string()))?;
        let [section, item, measure, part, whole, value, _unit] = record.iter().collect::<Vec<_>>()[..]
        else {
            return Err(wrong("a line has not seven fields"));
        };
        let [section, item, measure] = [section, item, measure].map(str::to_owned);
        let [part, whole, value] = [part, whole, value].map(str::to_owned);
        lines.push(Line { section, item, measure, part, whole, value });
    }
    Ok(lines)
}
