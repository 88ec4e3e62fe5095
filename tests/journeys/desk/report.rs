//! A monthly report as its readers get it: the attached CSV, read.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use local::door::Mail;

/// The lines of a report's CSV.
pub(crate) struct Sheet {
    /// By section, item and measure: numerator, denominator, value.
    lines: BTreeMap<(String, String, String), [String; 3]>,
    /// As it was attached.
    pub(crate) text: String,
}

impl Sheet {
    /// The CSV that is attached to a mail.
    pub(crate) fn of(mail: &Mail) -> Sheet {
        let [file] = mail.attachments.as_slice() else { panic!("one file is attached: {}", mail.subject) };
        assert_eq!(file.content_type, "text/csv");
        let text = String::from_utf8(STANDARD.decode(&file.content).unwrap()).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut lines = BTreeMap::new();
        for line in reader.records() {
            let line = line.unwrap();
            let part = |index: usize| line[index].to_owned();
            let earlier = lines.insert((part(0), part(1), part(2)), [part(3), part(4), part(5)]);
            assert_eq!(earlier, None, "each figure stands once: {line:?}");
        }
        Sheet { lines, text }
    }

    /// A number.
    pub(crate) fn count(&self, section: &str, item: &str, measure: &str) -> i64 {
        self.line(section, item, measure)[2].parse().unwrap()
    }

    /// So many of so many.
    pub(crate) fn rate(&self, section: &str, item: &str, measure: &str) -> (i64, i64) {
        let [part, whole, _] = self.line(section, item, measure);
        (part.parse().unwrap(), whole.parse().unwrap())
    }

    /// The values of a dimension that a section has lines of, with one of their measures.
    pub(crate) fn dimension(&self, section: &str, dimension: &str, measure: &str) -> BTreeMap<String, i64> {
        let of = |(found, item, of): &(String, String, String)| {
            let value = item.strip_prefix(dimension)?.strip_prefix('#')?;
            (found == section && of == measure).then(|| value.to_owned())
        };
        self.lines
            .iter()
            .filter_map(|(key, [_, _, value])| Some((of(key)?, value.parse().unwrap())))
            .collect()
    }

    fn line(&self, section: &str, item: &str, measure: &str) -> &[String; 3] {
        let key = (section.to_owned(), item.to_owned(), measure.to_owned());
        self.lines.get(&key).unwrap_or_else(|| panic!("no line {key:?} in\n{}", self.text))
    }
}
