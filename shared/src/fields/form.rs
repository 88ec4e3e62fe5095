//! Forms as browsers send them, read strictly: bytes that are no UTF-8 are refused, not replaced.

use std::collections::BTreeMap;

use super::Malformed;

pub(super) fn read(body: &[u8]) -> Result<BTreeMap<String, String>, Malformed> {
    let mut fields = BTreeMap::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        if fields.insert(decode(name)?, decode(value)?).is_some() {
            return Err(Malformed::Duplicate);
        }
    }
    Ok(fields)
}

/// `+` is a blank and `%41` is a byte; a `%` without two digits after it stands for itself, as in browsers.
fn decode(encoded: &[u8]) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(match (first, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high << 4 | low
                }
                _ => b'%',
            },
            (other, _) => *other,
        });
    }
    String::from_utf8(bytes).map_err(|_| Malformed::NotUtf8)
}

fn digit(character: u8) -> Option<u8> {
    char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
