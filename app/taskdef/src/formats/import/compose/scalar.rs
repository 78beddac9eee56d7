//! What a plain text of YAML becomes in Compose, which reads it with go-yaml and prints it again.

use crate::formats::import::tree::{Kind, Node};

/// The text as a container sees it.
///
/// `24.10` is a number and becomes `24.1`, `0755` is octal and becomes `493`; `yes` stays. A quoted text is never changed.
pub fn text(node: &Node) -> Option<String> {
    let Kind::Scalar { text, plain } = &node.kind else { return None };
    if !plain || text.len() > 40 {
        return Some(text.clone());
    }
    Some(match text.as_str() {
        "true" | "True" | "TRUE" => "true".into(),
        "false" | "False" | "FALSE" => "false".into(),
        "" | "~" | "null" | "Null" | "NULL" => String::new(),
        other => number(other).unwrap_or_else(|| date(other).unwrap_or_else(|| other.to_owned())),
    })
}

/// A switch. YAML 1.1's words count where a switch is due.
pub fn switch(node: &Node) -> Option<bool> {
    match node.text()?.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => Some(true),
        "false" | "no" | "off" | "n" => Some(false),
        _ => None,
    }
}

/// A number as go-yaml prints it; none where the text is no number.
fn number(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.strip_prefix('+').unwrap_or(text)), |rest| ("-", rest));
    let plain: String = digits.chars().filter(|c| *c != '_').collect();
    if !plain.starts_with(|c: char| c.is_ascii_digit() || c == '.') || digits.starts_with('_') {
        return None;
    }
    let radix = |prefix: &str, radix| plain.strip_prefix(prefix).and_then(|d| u64::from_str_radix(d, radix).ok());
    let whole = plain.bytes().all(|b| b.is_ascii_digit());
    let octal = (whole && plain.len() > 1 && plain.starts_with('0')).then(|| u64::from_str_radix(&plain, 8).ok()).flatten();
    if let Some(n) = radix("0x", 16).or(radix("0o", 8)).or(radix("0b", 2)).or(octal) {
        return Some(format!("{sign}{n}"));
    }
    if whole && !(plain.len() > 1 && plain.starts_with('0')) {
        return (plain != text || sign == "-").then(|| format!("{sign}{plain}"));
    }
    if !plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-')) || plain.matches('.').count() > 1 {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    Some(format!("{sign}{}", shortest(value)))
}

/// Go's `%v` of a float: an exponent below 1e-4 and from 1e21 on for `strconv`'s `g`, as go-yaml has it.
fn shortest(value: f64) -> String {
    let exponent = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    if (-4..21).contains(&exponent) && value.fract() != 0.0 || value == 0.0 {
        return format!("{value}");
    }
    if (0..6).contains(&exponent) {
        return format!("{value}");
    }
    let written = format!("{value:e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

/// A day becomes a moment.
fn date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let within = |part: &str, most: u8| part.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n));
    (digits(year, 4) && digits(month, 2) && digits(day, 2) && within(month, 12) && within(day, 31)).then(|| format!("{text} 00:00:00 +0000 UTC"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::report::Place;

    fn plain(text: &str) -> Node {
        Node::new(Place::default(), Kind::Scalar { text: text.into(), plain: true })
    }

    /// Every line is a trap that people really fell into: formats of the table of YAML scalars.
    #[test]
    fn a_plain_text_becomes_what_compose_makes_of_it() {
        for (written, seen) in [
            ("True", "true"),
            ("yes", "yes"),
            ("0755", "493"),
            ("0545", "357"),
            ("08", "8"),
            ("012345678901", "1.2345678901e+10"),
            ("0o17", "15"),
            ("0x1F", "31"),
            ("0b11", "3"),
            ("1_000", "1000"),
            ("1.10", "1.1"),
            ("24.10", "24.1"),
            ("1e3", "1000"),
            ("1000000.0", "1e+06"),
            ("2012-10-17", "2012-10-17 00:00:00 +0000 UTC"),
            ("22:22", "22:22"),
            ("1.2.3", "1.2.3"),
            ("8080", "8080"),
            ("0", "0"),
            ("-1", "-1"),
            ("latest", "latest"),
            ("10.0.0.1", "10.0.0.1"),
        ] {
            assert_eq!(text(&plain(written)).as_deref(), Some(seen), "{written}");
        }
        assert_eq!(text(&plain("24.10").like("24.10")).as_deref(), Some("24.10"), "quoted");
    }
}
