//! Placeholders of templates: `<…>`, `${…}`, `{{…}}`, `YOUR_…`, `fs-XXXX`, words in capitals or in another language where an address is
//! due, masked accounts.
//!
//! Many repositories keep their definitions like this and fill them in at deployment, and every guide prints them so.

/// Whether a text at a place of the definition is to be filled in later; there are places where such signs are normal.
pub(in crate::lint) fn is_placeholder(text: &str, path: &str) -> bool {
    const NORMAL: [&str; 6] = ["/environment/", "/command", "/entryPoint", "/dockerLabels", "/options/splunk", "/firelensConfiguration"];
    // CloudFormation's dynamic reference is filled in by nobody here: the rule of secrets says what it becomes.
    let dynamic = text.starts_with("{{resolve:") && path.ends_with("/valueFrom");
    !dynamic && (has_placeholder(text) || is_constant(text, path) || in_address(text, path)) && !NORMAL.iter().any(|n| path.contains(n))
}

/// Whether a text where a number is due is the name of one: `CONTAINER_PORT`.
pub(in crate::lint) fn names_number(text: &str) -> bool {
    has_placeholder(text) || (is_word(text.as_bytes()) && text.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Capitals, digits and underscores, and nothing else.
fn is_word(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
}

/// Whether an address belongs there: no AWS service and no registry has words of other letters, brackets or dots in a row in it.
/// Every text's place is asked, so its last letter comes first.
fn is_address(path: &str) -> bool {
    let ends = |all: &[&str]| all.iter().any(|end| path.ends_with(end));
    match path.as_bytes().last() {
        Some(b'd') => ends(&["/fileSystemId", "/accessPointId"]),
        Some(b'e') => ends(&["/image"]),
        Some(b'm') => ends(&["/valueFrom"]),
        Some(b'n') => ends(&["RoleArn", "/fileSystemArn"]),
        Some(b'r') => ends(&["/credentialsParameter"]),
        _ => false,
    }
}

/// A word in capitals where an id, an address, a size or a Region is due: `FILESYSTEM_ID`, `TASK_CPU`.
fn is_constant(text: &str, path: &str) -> bool {
    const SETTINGS: [&str; 3] = ["/cpu", "/memory", "/awslogs-region"];
    if !is_word(text.as_bytes()) || !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let id = || text.contains('_') && ["_ID", "_ARN", "_NAME", "_URI", "_URL", "_IMAGE"].iter().any(|e| text.ends_with(e));
    SETTINGS.iter().any(|p| path.ends_with(p)) || (is_address(path) && id())
}

/// An address with a part that names what belongs there.
fn in_address(text: &str, path: &str) -> bool {
    if !is_address(path) {
        return false;
    }
    let words = !text.is_ascii() && text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count() > 1;
    let left_out = text.contains("...") || text.contains('…') || (text.contains('[') && text.contains(']'));
    words
        || left_out
        || account(text).is_some_and(|a| a.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
        || (path.ends_with("/image") && in_image(text))
}

/// What stands for the account in an ARN or in the host of a private registry.
fn account(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("arn:") {
        return rest.split(':').nth(3).filter(|account| *account != "aws");
    }
    text.split_once(".dkr.ecr").map(|(account, _)| account)
}

/// `REPOSITORY_URI:TAG`: capitals that no repository has, and the word for a tag.
fn in_image(text: &str) -> bool {
    const TAGS: [&str; 8] = ["TAG", "IMAGE_TAG", "VERSION", "IMAGE_VERSION", "BUILD_NUMBER", "GIT_SHA", "COMMIT_SHA", "COMMIT_HASH"];
    const NAMES: [&str; 6] = ["IMAGE", "REPOSITORY", "REPO", "REGISTRY", "URI", "URL"];
    let (name, tag) = match text.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, tag),
        _ => (text, ""),
    };
    TAGS.contains(&tag) || name.split('/').any(|part| NAMES.contains(&part) || (is_word(part.as_bytes()) && part.contains('_')))
}

/// Every text of a definition comes through here, so what has no placeholder must be told at a glance.
pub(in crate::lint) fn has_placeholder(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut seen, mut start) = (0, 0);
    for (i, b) in bytes.iter().enumerate() {
        let class = CLASSES[usize::from(*b)];
        seen |= class;
        if class == SEPARATOR {
            if names_placeholder(&bytes[start..i]) {
                return true;
            }
            start = i + 1;
        }
    }
    names_placeholder(&bytes[start..]) || (seen & SIGN != 0 && in_brackets(text)) || (text.len() > 4 && text.starts_with("__") && text.ends_with("__"))
}

/// What stands between the parts of an address.
const SEPARATOR: u8 = 1;
/// What brackets and marks begin with.
const SIGN: u8 = 2;

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let (separators, signs) = (b"/:.@", b"<${#%");
    let mut i = 0;
    while i < separators.len() {
        classes[separators[i] as usize] = SEPARATOR;
        i += 1;
    }
    i = 0;
    while i < signs.len() {
        classes[signs[i] as usize] = SIGN;
        i += 1;
    }
    classes
};

fn in_brackets(text: &str) -> bool {
    let pair = |open: &str, close: &str| text.find(open).is_some_and(|i| text[i + open.len()..].find(close).is_some_and(|n| n > 0));
    let percent = text.len() > 2 && text.starts_with('%') && text.ends_with('%') && is_word(&text.as_bytes()[1..text.len() - 1]);
    percent || [("<", ">"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("#{", "}")].iter().any(|(open, close)| pair(open, close))
}

/// So many crosses in a row stand for something else.
const MASKED: usize = 4;

/// The id of a resource with crosses for its digits: `fs-XXXX`, `fsap-xxxxxxxx`.
fn is_masked_id(part: &[u8]) -> bool {
    let Some(end) = part.iter().rposition(|b| *b == b'-') else { return false };
    let digits = &part[end + 1..];
    matches!(&part[..end], b"fs" | b"fsap" | b"sg" | b"subnet" | b"vpc") && digits.len() >= MASKED && matches!(digits[0], b'x' | b'X') && same(digits)
}

/// One part of an address, between its slashes, colons and dots.
fn names_placeholder(part: &[u8]) -> bool {
    let Some(first) = part.first() else { return false };
    match first {
        b'$' => {
            let name = part.iter().rposition(|b| *b != b'$').map_or(&part[..0], |end| &part[..=end]);
            is_word(name.split(|b| *b == b'$').next_back().unwrap_or(name))
        }
        b'y' => part.strip_prefix(b"your").is_some_and(|rest| rest.first().is_some_and(|b| matches!(b, b'-' | b'_') || b.is_ascii_uppercase())),
        b'a' => matches!(part, b"aws_account_id" | b"aws-account-id" | b"account_id" | b"account-id" | b"accountid" | b"accountId"),
        b'r' => matches!(part, b"region" | b"replace-me" | b"replace_me" | b"replaceme"),
        b'c' => matches!(part, b"changeme" | b"change-me" | b"change_me"),
        // An account number that somebody made unreadable: signs, crosses, or one digit ten times and more.
        b'#' => part.len() >= 4 && same(part),
        b'x' => part.len() >= MASKED && same(part),
        b'0'..=b'9' if part.len() >= 10 && part != b"000000000000" && same(part) => true,
        b'A'..=b'Z' | b'0'..=b'9' | b'_' => is_word(part) && (is_instruction(part) || (*first == b'X' && part.len() >= MASKED && same(part))),
        b'f' | b's' | b'v' => is_masked_id(part),
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
