//! How often texts that are found alike are about the same product: each against all others, the three most alike.

use std::io::Write;

use complaints::triage::likeness::{ALIKE, Gist};

use crate::input::Text;
use crate::{Trouble, count};

const MOST: usize = 3;

pub(crate) fn tell(texts: &[Text], out: &mut impl Write) -> Result<(), Trouble> {
    let gists: Vec<Gist> = texts.iter().map(|text| Gist::of(&text.narrative)).collect();
    let (mut with_any, mut shown, mut right) = (0_usize, 0_usize, 0_usize);
    for (at, gist) in gists.iter().enumerate() {
        let others = gists.iter().enumerate().filter(|(other, _)| *other != at);
        let mut alike: Vec<(u8, usize)> = others
            .map(|(other, other_gist)| (gist.likeness(other_gist), other))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .collect();
        alike.sort_by_key(|(likeness, other)| (std::cmp::Reverse(*likeness), *other));
        alike.truncate(MOST);
        with_any += usize::from(!alike.is_empty());
        shown += alike.len();
        right += alike.iter().filter(|(_, other)| texts[*other].product == texts[at].product).count();
    }
    let chance: usize = count(texts.iter().map(|text| text.product.as_str()))
        .values()
        .map(|of| (*of as usize) * (*of as usize))
        .sum::<usize>()
        * 100
        / (texts.len() * texts.len());
    writeln!(out, "{} texts, {with_any} of them like another; {shown} shown", texts.len())?;
    writeln!(out, "about the same product: {right}, {} %; by chance {chance} %", right * 100 / shown.max(1))?;
    Ok(())
}
