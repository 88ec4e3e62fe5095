//! Names of files, made safe: they come from others' machines, and are shown on pages, written into headers and archives,
//! and given to files on the machines of staff.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use super::FileKind;
use crate::values::{is_bidi_control, is_unseen};

/// A file's name: one part of a path, in NFC, at most 100 characters, nothing in it that steers or hides.
#[derive(Clone, PartialEq, Eq)]
pub struct FileName(String);

const LONGEST: usize = 100;
/// Nothing longer is an ending.
const LONGEST_ENDING: usize = 8;
/// What is left of a name of which nothing is left.
const NAMELESS: &str = "file";

impl FileName {
    /// The name that is left of any text. Folders before it are cut off, control characters and marks of direction
    /// taken out, and what means something to a shell, a header or a disk becomes `_`.
    pub fn of(text: &str) -> FileName {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let safe = last.nfc().filter(|c| !c.is_control() && !is_bidi_control(*c) && !is_unseen(*c));
        let safe: String = safe.map(|c| if "<>:\"|?*%;`$".contains(c) { '_' } else { c }).collect();
        // A name that begins with a dot is hidden, one that ends with a dot or a blank is another on some machines.
        let safe = safe.trim().trim_matches('.').trim();
        FileName(if safe.is_empty() { NAMELESS.to_owned() } else { shortened(safe) })
    }

    /// The same, ending as names of files of this type do: an ending makes machines run or show what is behind it.
    #[must_use]
    pub fn ending_as(self, kind: FileKind) -> FileName {
        let fits = |ending: &str| kind.endings().iter().any(|one| one.eq_ignore_ascii_case(ending));
        match (self.ending(), kind.endings().first()) {
            (Some(ending), _) if fits(ending) => self,
            (_, Some(usual)) => FileName(shortened(&format!("{}.{usual}", self.0))),
            (_, None) => self,
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn ending(&self) -> Option<&str> {
        self.0.rsplit_once('.').map(|(_, ending)| ending)
    }
}

/// At most the longest, its ending kept.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    match ending.filter(|ending| ending.chars().count() <= LONGEST_ENDING) {
        Some(ending) => {
            let kept = LONGEST - ending.chars().count() - 1;
            format!("{}.{ending}", name.chars().take(kept).collect::<String>().trim_end_matches('.'))
        }
        None => name.chars().take(LONGEST).collect(),
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileName({} characters)", self.0.chars().count())
    }
}

impl Serialize for FileName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| FileName::of(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str) {
        assert_eq!(FileName::of(text).as_str(), name, "{text:?}");
        assert_eq!(FileName::of(name).as_str(), name, "once more");
    }

    #[test]
    fn a_plain_name_stays() {
        check("Beleg 1 (Kopie).pdf", "Beleg 1 (Kopie).pdf");
        check("Zoe\u{308}.jpg", "Zoë.jpg");
        check("קבלה.pdf", "קבלה.pdf");
    }

    #[test]
    fn folders_marks_and_control_characters_are_taken_away() {
        check("../../etc/passwd", "passwd");
        check("C:\\Users\\Ann\\bill.pdf", "bill.pdf");
        check("a\r\nSet-Cookie: b=c.txt", "aSet-Cookie_ b=c.txt");
        check("ann\u{202e}fdp.exe", "annfdp.exe");
        check("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png");
        check("a\u{200b}b.txt", "ab.txt");
    }

    #[test]
    fn what_has_no_name_is_called_a_file() {
        for text in ["", "..", "/", "\r\n", " . ", "\u{202e}"] {
            check(text, "file");
        }
    }

    #[test]
    fn a_long_name_is_cut_before_its_ending() {
        let name = FileName::of(&format!("{}.pdf", "ä".repeat(300)));
        assert_eq!((name.as_str().chars().count(), name.ending()), (LONGEST, Some("pdf")));
        assert_eq!(FileName::of(&"x".repeat(300)).as_str().len(), LONGEST);
    }

    #[test]
    fn a_name_ends_as_its_type_does() {
        let ending = |name: &str, kind| FileName::of(name).ending_as(kind).as_str().to_owned();
        assert_eq!(ending("bill.PDF", FileKind::Pdf), "bill.PDF");
        assert_eq!(ending("bill.exe", FileKind::Pdf), "bill.exe.pdf");
        assert_eq!(ending("photo", FileKind::Jpeg), "photo.jpg");
        assert_eq!(ending("notes.html", FileKind::Text), "notes.html.txt");
        assert_eq!(ending(&"x".repeat(300), FileKind::Png).len(), LONGEST);
    }
}
