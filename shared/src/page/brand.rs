//! A company's own colours in the one stylesheet: those of buttons and links and of its logo, by day and by night.

use crate::{
    policy::{Colours, Company, Logo, Shape},
    values::Colour,
};

/// Text that is less clear than this is not read by everybody (WCAG 2.2, level AA).
const LEAST_CONTRAST: f64 = 4.5;
/// How much of the colour is in the ground of what is chosen or pointed at.
const SOFT: u8 = 12;

/// What the colour is seen on, by day: as `--paper` and `--sheet` in the stylesheet.
const DAY: [&str; 2] = ["#f6f7f5", "#ffffff"];
/// By night.
const NIGHT: [&str; 2] = ["#121715", "#1b2220"];

/// The stylesheet of a company's pages.
pub fn style(company: &Company) -> String {
    let Colours { accent, accent_dark } = company.colours;
    let (day, night) = (properties(accent, DAY), properties(accent_dark, NIGHT));
    let fills = company.logo.as_ref().map(fills).unwrap_or_default();
    format!(
        ":root {{ {day} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {night} }} }}\n\n{}{fills}",
        super::STYLE
    )
}

/// The colours of the logo's shapes by day and by night, where they have any.
fn fills(logo: &Logo) -> String {
    let rules = |colour: fn(&Shape) -> Option<Colour>| {
        let fill = |(number, shape): (usize, &Shape)| {
            Some(format!(".shape-{number} {{ fill: {}; }}", colour(shape)?))
        };
        (1..).zip(&logo.shapes).filter_map(fill).collect::<Vec<_>>().join(" ")
    };
    let (day, night) = (rules(|shape| shape.colour), rules(|shape| shape.colour_dark.or(shape.colour)));
    format!("\n{day}\n@media (prefers-color-scheme: dark) {{ {night} }}\n")
}

/// Which of the two colours is not read by everybody, and why.
pub(crate) fn faint(colours: Colours) -> Option<(&'static str, String)> {
    let all = [("accent", colours.accent, DAY), ("accent_dark", colours.accent_dark, NIGHT)];
    all.into_iter().find_map(|(name, colour, grounds)| {
        let least = least_contrast(colour, grounds);
        (least < LEAST_CONTRAST).then(|| {
            let theme = if name == "accent" { "light" } else { "dark" };
            (name, format!("is too faint on the {theme} pages: its contrast is {least:.1} and must be 4.5"))
        })
    })
}

fn properties(colour: Colour, grounds: [&str; 2]) -> String {
    let soft = soft(colour, grounds);
    format!("--accent: {colour}; --accent-ink: {}; --accent-soft: {soft};", colour.ink())
}

fn least_contrast(colour: Colour, grounds: [&str; 2]) -> f64 {
    let grounds = grounds.map(ground).into_iter().chain([soft(colour, grounds), colour.ink()]);
    grounds.map(|ground| colour.contrast(ground)).fold(f64::INFINITY, f64::min)
}

fn soft(colour: Colour, [_, sheet]: [&str; 2]) -> Colour {
    colour.on(ground(sheet), SOFT)
}

fn ground(text: &str) -> Colour {
    Colour::parse(text).expect("a test reads all of them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Outline, Policy};

    fn colours(accent: &str, accent_dark: &str) -> Colours {
        Colours { accent: Colour::parse(accent).unwrap(), accent_dark: Colour::parse(accent_dark).unwrap() }
    }

    #[test]
    fn the_grounds_are_those_of_the_stylesheet() {
        let (day, night) = super::super::STYLE.split_once("prefers-color-scheme: dark").unwrap();
        for (style, grounds) in [(day, DAY), (night, NIGHT)] {
            assert!(style.contains(&format!("--paper: {};", ground(grounds[0]))));
            assert!(style.contains(&format!("--sheet: {};", ground(grounds[1]))));
        }
        assert!(!super::super::STYLE.contains("--accent:"), "the policy says it");
    }

    #[test]
    fn the_stylesheet_begins_with_the_companys_colours_and_what_is_written_on_them() {
        let style = style(&Policy::built_in().company);
        let head: String = style.lines().take(2).collect::<Vec<_>>().join("\n");
        assert_eq!(
            head,
            ":root { --accent: #0b5d56; --accent-ink: #ffffff; --accent-soft: #e2eceb; }\n\
             @media (prefers-color-scheme: dark) { :root { --accent: #7fd1c4; --accent-ink: #101413; --accent-soft: #273734; } }"
        );
    }

    #[test]
    fn the_shapes_of_a_logo_have_their_colours_at_its_end() {
        let shape = |colour: Option<&str>, colour_dark: Option<&str>| Shape {
            path: Outline::parse("M0 0h9v9z").unwrap(),
            colour: colour.map(|text| Colour::parse(text).unwrap()),
            colour_dark: colour_dark.map(|text| Colour::parse(text).unwrap()),
        };
        let shapes =
            vec![shape(None, None), shape(Some("#8a1538"), Some("#ff9db0")), shape(Some("#777777"), None)];
        let logo = Some(Logo { width: 9, height: 9, shapes });
        let style = style(&Company { logo, ..Company::clone(&Policy::built_in().company) });
        let end = "\n.shape-2 { fill: #8a1538; } .shape-3 { fill: #777777; }\n@media (prefers-color-scheme: dark) { \
                   .shape-2 { fill: #ff9db0; } .shape-3 { fill: #777777; } }\n";
        assert!(style.ends_with(end), "{}", &style[style.len() - 300..]);
    }

    #[test]
    fn a_colour_that_is_not_read_by_everybody_is_refused() {
        assert_eq!(faint(colours("#0b5d56", "#7fd1c4")), None);
        assert_eq!(faint(colours("#8a1538", "#ff9db0")), None);
        let detail = "is too faint on the light pages: its contrast is 1.7 and must be 4.5".to_owned();
        assert_eq!(faint(colours("#f5b700", "#7fd1c4")), Some(("accent", detail)));
        assert_eq!(faint(colours("#0b5d56", "#0b5d56")).unwrap().0, "accent_dark");
    }
}
