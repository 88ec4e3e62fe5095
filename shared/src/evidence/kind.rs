//! Types of files, told by what they begin with: what a file is called, and what its sender says it is, prove nothing.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A type of file that we know by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A picture, such as a screenshot.
    Png,
    /// A picture.
    Gif,
    /// A picture.
    Webp,
    /// A photograph, as telephones take it.
    Heic,
    /// A document.
    Pdf,
    /// Plain text, UTF-8.
    Text,
    /// A document, without macros.
    Docx,
    /// A table, without macros.
    Xlsx,
    /// A document.
    Odt,
    /// A table.
    Ods,
    /// A recording of sound.
    Mp3,
    /// A film.
    Mp4,
}

/// What tells macros in a document.
const MACROS: &[u8] = b"vbaProject.bin";

impl FileKind {
    /// All of them.
    pub const ALL: [FileKind; 13] = [
        FileKind::Jpeg,
        FileKind::Png,
        FileKind::Gif,
        FileKind::Webp,
        FileKind::Heic,
        FileKind::Pdf,
        FileKind::Text,
        FileKind::Docx,
        FileKind::Xlsx,
        FileKind::Odt,
        FileKind::Ods,
        FileKind::Mp3,
        FileKind::Mp4,
    ];

    /// The type of this media type's name.
    pub fn parse(media_type: &str) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Gif => "image/gif",
            FileKind::Webp => "image/webp",
            FileKind::Heic => "image/heic",
            FileKind::Pdf => "application/pdf",
            FileKind::Text => "text/plain",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Odt => "application/vnd.oasis.opendocument.text",
            FileKind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            FileKind::Mp3 => "audio/mpeg",
            FileKind::Mp4 => "video/mp4",
        }
    }

    /// How names of such files end, the usual ending first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Jpeg => &["jpg", "jpeg"],
            FileKind::Png => &["png"],
            FileKind::Gif => &["gif"],
            FileKind::Webp => &["webp"],
            FileKind::Heic => &["heic", "heif"],
            FileKind::Pdf => &["pdf"],
            FileKind::Text => &["txt", "text", "log", "csv", "md", "eml"],
            FileKind::Docx => &["docx"],
            FileKind::Xlsx => &["xlsx"],
            FileKind::Odt => &["odt"],
            FileKind::Ods => &["ods"],
            FileKind::Mp3 => &["mp3"],
            FileKind::Mp4 => &["mp4", "m4v"],
        }
    }

    /// Of which type a content is; none when it is of none that we know.
    pub fn of(content: &[u8]) -> Option<FileKind> {
        const STARTS: [(&[u8], FileKind); 8] = [
            (b"\xFF\xD8\xFF", FileKind::Jpeg),
            (b"\x89PNG\r\n\x1A\n", FileKind::Png),
            (b"GIF87a", FileKind::Gif),
            (b"GIF89a", FileKind::Gif),
            (b"%PDF-", FileKind::Pdf),
            (b"ID3", FileKind::Mp3),
            (b"\xFF\xFB", FileKind::Mp3),
            (b"\xFF\xF3", FileKind::Mp3),
        ];
        let begins = STARTS.into_iter().find(|(start, _)| content.starts_with(start));
        let told = begins.map(|(_, kind)| kind).or_else(|| picture(content)).or_else(|| film(content));
        told.or_else(|| document(content)).or_else(|| is_text(content).then_some(FileKind::Text))
    }
}

fn picture(content: &[u8]) -> Option<FileKind> {
    let is_webp = content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP");
    is_webp.then_some(FileKind::Webp)
}

/// The family of formats that say after four bytes what they are.
fn film(content: &[u8]) -> Option<FileKind> {
    if content.get(4..8) != Some(b"ftyp") {
        return None;
    }
    match content.get(8..12)? {
        b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" => Some(FileKind::Heic),
        b"isom" | b"iso2" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V " => Some(FileKind::Mp4),
        _ => None,
    }
}

/// Documents are archives, which name what is in them.
fn document(content: &[u8]) -> Option<FileKind> {
    if !content.starts_with(b"PK\x03\x04") || holds(content, MACROS) {
        return None;
    }
    let open = |kind: FileKind| {
        // The first entry is called `mimetype`, is not packed, and says nothing else.
        let named = content.get(30..38) == Some(b"mimetype");
        let said = content.get(38..38 + kind.media_type().len()) == Some(kind.media_type().as_bytes());
        let ends = content.get(38 + kind.media_type().len()).is_some_and(|next| *next == b'P');
        named && said && ends
    };
    let office = |part: &[u8]| holds(content, b"[Content_Types].xml") && holds(content, part);
    if open(FileKind::Odt) {
        Some(FileKind::Odt)
    } else if open(FileKind::Ods) {
        Some(FileKind::Ods)
    } else if office(b"word/document.xml") {
        Some(FileKind::Docx)
    } else if office(b"xl/workbook.xml") {
        Some(FileKind::Xlsx)
    } else {
        None
    }
}

/// UTF-8 without control characters but those that part lines and columns.
fn is_text(content: &[u8]) -> bool {
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    !content.is_empty() && std::str::from_utf8(content).is_ok_and(|text| text.chars().all(plain))
}

fn holds(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.media_type())
    }
}

impl Serialize for FileKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.media_type())
    }
}

impl<'de> Deserialize<'de> for FileKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        FileKind::parse(&text).ok_or_else(|| {
            let known: Vec<_> = FileKind::ALL.into_iter().map(FileKind::media_type).collect();
            serde::de::Error::custom(format!("is no type that we can tell: {}", known.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &[u8], kind: Option<FileKind>) {
        assert_eq!(FileKind::of(content), kind, "{}", String::from_utf8_lossy(content));
    }

    #[test]
    fn a_type_is_told_by_the_content() {
        check(b"\xFF\xD8\xFF\xE0\0\x10JFIF", Some(FileKind::Jpeg));
        check(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Some(FileKind::Png));
        check(b"GIF89a\x01\0", Some(FileKind::Gif));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some(FileKind::Webp));
        check(b"\0\0\0\x18ftypheic\0\0\0\0", Some(FileKind::Heic));
        check(b"\0\0\0\x18ftypmp42\0\0\0\0", Some(FileKind::Mp4));
        check(b"ID3\x04\0", Some(FileKind::Mp3));
        check(b"%PDF-1.7\n%\xE2\xE3", Some(FileKind::Pdf));
        check("Grüße,\r\n\tZoë".as_bytes(), Some(FileKind::Text));
    }

    #[test]
    fn a_document_is_told_by_what_its_archive_holds_and_one_with_macros_is_none() {
        let archive = |names: &[&str]| [b"PK\x03\x04".as_slice(), names.join("\0").as_bytes()].concat();
        check(&archive(&["[Content_Types].xml", "word/document.xml"]), Some(FileKind::Docx));
        check(&archive(&["[Content_Types].xml", "xl/workbook.xml"]), Some(FileKind::Xlsx));
        check(&archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), None);
        check(&archive(&["run.exe"]), None);
        let open =
            |said: &str| [b"PK\x03\x04".as_slice(), &[0; 26], b"mimetype", said.as_bytes(), b"PK"].concat();
        check(&open("application/vnd.oasis.opendocument.text"), Some(FileKind::Odt));
        check(&open("application/vnd.oasis.opendocument.spreadsheet"), Some(FileKind::Ods));
        check(&open("application/vnd.oasis.opendocument.text-template"), None);
    }

    #[test]
    fn what_is_none_of_these_is_nothing() {
        for content in
            [b"".as_slice(), b"MZ\x90\0", b"\x7FELF", b"a\0b", b"caf\xE9", b"RIFF\x10\0\0\0WAVE", b"PK"]
        {
            let kind = FileKind::of(content);
            assert!(kind.is_none() || content == b"PK", "{content:?}: {kind:?}");
        }
    }

    #[test]
    fn a_type_has_one_name_and_endings_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in FileKind::ALL {
            assert_eq!(FileKind::parse(kind.media_type()), Some(kind));
            assert!(kind.endings().iter().all(|ending| seen.insert(*ending)));
        }
    }
}
