//! Marks of templates: `<…>`, `${…}`, `{{…}}`, words in capitals, masked accounts.
//!
//! Many repositories keep their definitions like this and fill them in at deployment.

/// Whether a text at a place of the definition is to be filled in later; there are places where such signs are normal.
pub(in crate::lint) fn is_placeholder(text: &str, path: &str) -> bool {
    const NORMAL: [&str; 6] = ["/environment/", "/command", "/entryPoint", "/dockerLabels", "/options/splunk", "/firelensConfiguration"];
    (has_mark(text) || is_constant(text, path)) && !NORMAL.iter().any(|n| path.contains(n))
}

/// Capitals, digits and underscores, and nothing else.
fn is_word(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
}

/// A word in capitals where an id or an address is due: `FILESYSTEM_ID`.
fn is_constant(text: &str, path: &str) -> bool {
    const PLACES: [&str; 7] = ["/image", "RoleArn", "/fileSystemId", "/accessPointId", "/fileSystemArn", "/valueFrom", "/credentialsParameter"];
    is_word(text.as_bytes())
        && text.contains('_')
        && PLACES.iter().any(|p| path.ends_with(p))
        && ["_ID", "_ARN", "_NAME", "_URI", "_URL", "_IMAGE"].iter().any(|e| text.ends_with(e))
}

/// Every text of a definition comes through here, so what has no mark must be told at a glance.
pub(in crate::lint) fn has_mark(text: &str) -> bool {
    let bytes = text.as_bytes();
    let signs = bytes.iter().fold(false, |any, b| any | matches!(b, b'<' | b'$' | b'{' | b'#' | b'%'));
    (signs && in_brackets(text))
        || (text.len() > 4 && text.starts_with("__") && text.ends_with("__"))
        || bytes.split(|b| matches!(b, b'/' | b':' | b'.' | b'@')).any(is_mark)
}

fn in_brackets(text: &str) -> bool {
    let pair = |open: &str, close: &str| text.find(open).is_some_and(|i| text[i + open.len()..].find(close).is_some_and(|n| n > 0));
    let percent = text.len() > 2 && text.starts_with('%') && text.ends_with('%') && is_word(&text.as_bytes()[1..text.len() - 1]);
    percent || [("<", ">"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("#{", "}")].iter().any(|(open, close)| pair(open, close))
}

/// One part of an address, between its slashes, colons and dots.
fn is_mark(part: &[u8]) -> bool {
    let Some(first) = part.first() else { return false };
    match first {
        b'$' => {
            let name = part.iter().rposition(|b| *b != b'$').map_or(&part[..0], |end| &part[..=end]);
            is_word(name.split(|b| *b == b'$').next_back().unwrap_or(name))
        }
        b'y' => part.starts_with(b"your-"),
        b'a' => part == b"aws_account_id",
        b'r' => part == b"region",
        // An account number that somebody made unreadable: signs, crosses, or one digit ten times and more.
        b'#' => part.len() >= 4 && same(part),
        b'x' => part.len() >= 8 && same(part),
        b'0'..=b'9' if part.len() >= 10 && part != b"000000000000" && same(part) => true,
        b'A'..=b'Z' | b'0'..=b'9' | b'_' => is_word(part) && (is_instruction(part) || (*first == b'X' && part.len() >= 8 && same(part))),
        _ => false,
    }
}

fn same(part: &[u8]) -> bool {
    part.iter().all(|b| b == &part[0])
}

fn is_instruction(part: &[u8]) -> bool {
    part.windows(11).any(|w| w == b"PLACEHOLDER")
        || part.starts_with(b"YOUR_")
        || part.starts_with(b"REPLACE_")
        || matches!(part, b"ACCOUNT" | b"ACCOUNT_ID" | b"AWS_ACCOUNT_ID" | b"REGION" | b"AWS_REGION")
}
