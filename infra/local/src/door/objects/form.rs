//! A browser's form with a file (`multipart/form-data`), as S3 takes it: fields first, the file last.

use super::refusal::Refusal;

/// Fields and boundaries together, as S3 bounds them.
const MOST_FIELDS: usize = 20 * 1024;

/// A form that was sent.
pub(super) struct Form<'a> {
    /// Names in lower case. `${filename}` is the file's name, without its folder.
    pub(super) fields: Vec<(String, String)>,
    pub(super) file: &'a [u8],
}

impl<'a> Form<'a> {
    pub(super) fn read(kind: &str, body: &'a [u8]) -> Result<Self, Refusal> {
        let boundary = boundary(kind).ok_or_else(|| {
            Refusal::new(
                412,
                "PreconditionFailed",
                "Bucket POST must be of the enclosure-type multipart/form-data",
            )
        })?;
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut weight = 0;
        for part in parts(body, &format!("--{boundary}")) {
            let (head, content) = split(part, b"\r\n\r\n").ok_or_else(malformed)?;
            let head = std::str::from_utf8(head).map_err(|_| malformed())?;
            let name = parameter(head, "name").ok_or_else(malformed)?.to_lowercase();
            if name == "file" {
                let file_name = parameter(head, "filename").unwrap_or_default();
                let file_name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
                for (_, value) in &mut fields {
                    *value = value.replace("${filename}", file_name);
                }
                return Ok(Self { fields, file: content });
            }
            weight += part.len();
            if weight > MOST_FIELDS {
                return Err(Refusal::new(
                    400,
                    "MaxPostPreDataLengthExceededError",
                    "the fields are too large",
                ));
            }
            let value = std::str::from_utf8(content).map_err(|_| malformed())?;
            fields.push((name, value.to_owned()));
        }
        Err(Refusal::invalid("POST requires exactly one file upload per request."))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

fn malformed() -> Refusal {
    Refusal::new(
        400,
        "MalformedPOSTRequest",
        "The body of your POST request is not well-formed multipart/form-data.",
    )
}

fn boundary(kind: &str) -> Option<&str> {
    let parameters = kind.strip_prefix("multipart/form-data")?;
    let boundary = parameters.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    Some(boundary.trim_matches('"')).filter(|boundary| !boundary.is_empty())
}

/// What is between boundaries, each without the line ends around it.
fn parts<'a>(body: &'a [u8], boundary: &str) -> impl Iterator<Item = &'a [u8]> {
    let delimiter = format!("\r\n{boundary}").into_bytes();
    let mut rest = body.strip_prefix(boundary.as_bytes());
    std::iter::from_fn(move || {
        let part = rest?.strip_prefix(b"\r\n")?;
        let (part, after) = split(part, &delimiter)?;
        rest = Some(after);
        Some(part)
    })
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let start = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..start], &bytes[start + at.len()..]))
}

/// A parameter of `Content-Disposition`. Browsers write quotes in names as `%22`.
fn parameter<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let line = head.lines().find(|line| line.to_lowercase().starts_with("content-disposition:"))?;
    let value = line.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches('"'))
}
