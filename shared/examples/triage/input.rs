//! Complaints that were made already: one JSON object a line, `{"product", "narrative"}`.

use std::path::Path;

use serde::Deserialize;

use crate::Trouble;

/// What somebody complained about.
#[derive(Debug, Deserialize)]
pub(crate) struct Text {
    /// What it is about, as the policy has it.
    pub(crate) product: String,
    /// What happened.
    pub(crate) narrative: String,
}

/// All lines of a file; the first that is no complaint is named.
pub(crate) fn read(path: &Path) -> Result<Vec<Text>, Trouble> {
    let named = path.display();
    let bytes = std::fs::read(path).map_err(|error| Trouble::Usage(format!("{named}: {error}")))?;
    let lines = String::from_utf8(bytes).map_err(|_| Trouble::Usage(format!("{named}: not UTF-8")))?;
    let mut texts = Vec::new();
    for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let text = serde_json::from_str(line)
            .map_err(|error| Trouble::Usage(format!("{named}, line {number}: {error}")))?;
        texts.push(text);
    }
    if texts.is_empty() {
        return Err(Trouble::Usage(format!("{named}: there is no complaint in it")));
    }
    Ok(texts)
}
