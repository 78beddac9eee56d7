//! The secret guard: what looks like a credential, by its name or by its value.
//!
//! Shapes of tokens that their makers publish, passwords in URLs and connection strings, private keys,
//! and, for the rest, how random a value is. A value is only looked at: nothing here keeps, returns or
//! formats it.

/// How sure the guard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// The shape of a known key or token, or a password in its place.
    High,
    /// A value that only a machine makes.
    Medium,
}

type Set = fn(u8) -> bool;

const UPPER: Set = |b| b.is_ascii_uppercase() || b.is_ascii_digit();
const ALNUM: Set = |b| b.is_ascii_alphanumeric();
const WORD: Set = |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
const DOTTED: Set = |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
const BASE64: Set = |b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'_' | b'-');

/// Prefix, what follows, and how much of it at least. Source: the makers' documentation of their tokens.
const TOKENS: &[(&str, Set, usize)] = &[
    ("AKIA", UPPER, 16),
    ("ASIA", UPPER, 16),
    ("ABIA", UPPER, 16),
    ("ghp_", ALNUM, 36),
    ("gho_", ALNUM, 36),
    ("ghu_", ALNUM, 36),
    ("ghs_", ALNUM, 36),
    ("ghr_", ALNUM, 36),
    ("github_pat_", WORD, 40),
    ("glpat-", WORD, 20),
    ("gldt-", WORD, 20),
    ("xoxa-", WORD, 10),
    ("xoxb-", WORD, 10),
    ("xoxp-", WORD, 10),
    ("xoxr-", WORD, 10),
    ("xoxs-", WORD, 10),
    ("xapp-", WORD, 20),
    ("sk-", WORD, 20),
    ("sk_live_", ALNUM, 16),
    ("sk_test_", ALNUM, 16),
    ("rk_live_", ALNUM, 16),
    ("rk_test_", ALNUM, 16),
    ("whsec_", BASE64, 24),
    ("AIza", WORD, 35),
    ("GOCSPX-", WORD, 20),
    ("ya29.", WORD, 20),
    ("SG.", DOTTED, 40),
    ("npm_", ALNUM, 36),
    ("pypi-", WORD, 40),
    ("dop_v1_", ALNUM, 40),
    ("hf_", ALNUM, 30),
    ("shpat_", ALNUM, 32),
    ("shpss_", ALNUM, 32),
    ("hvs.", WORD, 20),
    ("dckr_pat_", WORD, 20),
    ("lin_api_", ALNUM, 32),
    ("ntn_", ALNUM, 40),
    ("key-", ALNUM, 32),
    ("dp.pt.", ALNUM, 30),
    ("sntrys_", BASE64, 40),
    ("NRAK-", ALNUM, 27),
    ("PMAK-", WORD, 40),
    ("EAAC", ALNUM, 60),
    ("SK", |b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b), 32),
];

/// Words in front of a password in a connection string.
const PASSWORD_KEYS: [&str; 8] = ["password=", "pwd=", "accountkey=", "sharedaccesskey=", "secretkey=", "secret_key=", "client_secret=", "passwd="];

/// What a value tells by itself.
///
/// ```
/// use taskdef::facts::secret::{Confidence, of_value};
/// assert_eq!(of_value("postgres://app:hunter2@db.example.com/app"), Some(Confidence::High));
/// assert_eq!(of_value("production"), None);
/// ```
pub fn of_value(value: &str) -> Option<Confidence> {
    if value.len() < 8 {
        return None;
    }
    let (seen, token) = glance(value.as_bytes());
    let has = |class: u8| seen & class != 0;
    let known = token
        || (has(SPACE) && (is_key_file(value) || is_header(value)))
        || (has(DOT) && is_web_token(value))
        || (has(COLON) && password_in_url(value))
        || (has(EQUALS) && password_in_string(value))
        || (has(SLASH | COLON) && is_hook(value));
    if known {
        return Some(Confidence::High);
    }
    is_random(value).then_some(Confidence::Medium)
}

// Each shape needs a sign that most values lack, so one look at each byte settles most of them.
const START: u8 = 1;
const INSIDE: u8 = 2;
const SPACE: u8 = 4;
const EQUALS: u8 = 8;
const COLON: u8 = 16;
const SLASH: u8 = 32;
const DOT: u8 = 64;

/// What each byte can be part of.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut b = 0;
    while b < 256 {
        let c = b as u8;
        if c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.') {
            classes[b] |= INSIDE;
        }
        classes[b] |= match c {
            b' ' => SPACE,
            b'=' => EQUALS,
            b':' => COLON,
            b'/' => SLASH,
            b'.' => DOT,
            _ => 0,
        };
        b += 1;
    }
    let mut i = 0;
    while i < TOKENS.len() {
        classes[TOKENS[i].0.as_bytes()[0] as usize] |= START;
        i += 1;
    }
    classes
};

/// The classes that occur, and whether a known token does.
fn glance(bytes: &[u8]) -> (u8, bool) {
    let (mut seen, mut before, mut token) = (0, 0, false);
    for (i, b) in bytes.iter().enumerate() {
        let class = CLASSES[*b as usize];
        seen |= class;
        if class & START != 0 && before & INSIDE == 0 {
            token |= starts_token(&bytes[i..]);
        }
        before = class;
    }
    (seen, token)
}

/// Bytes of a token that are looked at: all of most, enough of the others.
const LONGEST_TOKEN: usize = 256;

fn starts_token(bytes: &[u8]) -> bool {
    TOKENS.iter().any(|(prefix, set, least)| {
        // Two signs tell nearly all of them apart.
        let prefix = prefix.as_bytes();
        if prefix[0] != bytes[0] || bytes.get(1) != prefix.get(1) {
            return false;
        }
        let Some(rest) = bytes.strip_prefix(prefix) else { return false };
        let run = rest.iter().take(LONGEST_TOKEN).take_while(|b| set(**b)).count();
        run >= *least && !word_like(&rest[..run])
    })
}

/// Lower-case words joined by hyphens (`sk-learn-model-server-build`), which no token is.
fn word_like(text: &[u8]) -> bool {
    let mut parts = text.split(|b| matches!(b, b'-' | b'_' | b'.')).filter(|p| !p.is_empty()).peekable();
    let word = |p: &[u8]| p.len() < 14 && (p.iter().all(u8::is_ascii_lowercase) || p.iter().all(u8::is_ascii_digit));
    let mut count = 0;
    parts.peek().is_some()
        && parts.all(|p| {
            count += 1;
            word(p)
        })
        && count > 2
}

fn is_key_file(value: &str) -> bool {
    value.find("-----BEGIN ").is_some_and(|i| value[i..].contains("PRIVATE KEY"))
}

/// Three parts in base64url, the first of which is a JSON object.
fn is_web_token(value: &str) -> bool {
    let parts: Vec<&str> = value.split('.').collect();
    parts.windows(3).any(|part| {
        // The first may have other words in front.
        let start = part[0].bytes().rposition(|b| !WORD(b)).map_or(0, |i| i + 1);
        let head = part[0].get(start..).and_then(|word| Some(word.len() - word.find("eyJ")?));
        head.is_some_and(|length| length >= 8) && part[1].len() >= 8 && part[1].bytes().all(WORD)
    })
}

/// `scheme://user:password@host`; a password that is itself a variable is none.
pub(crate) fn password_in_url(value: &str) -> bool {
    value.match_indices("://").any(|(i, _)| {
        let rest = &value[i + 3..];
        let end = rest.find(|c: char| c == '/' || c == '?' || c.is_whitespace()).unwrap_or(rest.len());
        // A password may hold a slash that nobody escaped, so the last at sign counts where the host is plain.
        let host = &rest[..end];
        let info = host.rsplit_once('@').map(|(user, _)| user);
        info.and_then(|user| user.split_once(':')).is_some_and(|(_, password)| is_literal(password))
    })
}

fn is_literal(password: &str) -> bool {
    let hidden = |c: char| password.chars().all(|x| x == c);
    !password.is_empty() && !password.starts_with(['$', '<', '{', '%']) && !hidden('*') && !hidden('x') && !hidden('X')
}

/// `Server=…;Password=…;`, `host=… password=…`, `…;AccountKey=…`.
fn password_in_string(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let pairs = value.matches('=').count() > 1 || value.contains(';');
    pairs
        && PASSWORD_KEYS.iter().any(|key| {
            lower.match_indices(key).any(|(i, _)| {
                let starts = i == 0 || !lower.as_bytes()[i - 1].is_ascii_alphanumeric();
                let rest = &value[i + key.len()..];
                let end = || rest.char_indices().take(LONGEST_TOKEN).find(|(_, c)| matches!(c, ';' | '&') || c.is_whitespace());
                let whole = || rest.char_indices().nth(LONGEST_TOKEN).map_or(rest.len(), |(i, _)| i);
                starts && is_literal(rest[..end().map_or_else(whole, |(i, _)| i)].trim_matches(['"', '\'']))
            })
        })
}

/// Addresses that let everybody post who knows them, and bots whose token is the whole key.
fn is_hook(value: &str) -> bool {
    let after = |marker: &str| value.find(marker).map(|i| &value[i + marker.len()..]);
    let long = |rest: Option<&str>, least: usize| rest.is_some_and(|r| r.len() >= least && !r.contains(['<', '{', '$']));
    (value.contains("hook")
        && (long(after("hooks.slack.com/services/T"), 20) || long(after("discord.com/api/webhooks/"), 40) || long(after("discordapp.com/api/webhooks/"), 40)))
        || value
            .split_once(':')
            .is_some_and(|(id, key)| (8..=10).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit()) && key.len() == 35 && key.bytes().all(WORD))
}

/// `Basic …` and `Bearer …`, as an Authorization header has them.
fn is_header(value: &str) -> bool {
    ["Basic ", "Bearer "].iter().any(|word| {
        value.find(word).is_some_and(|i| {
            let rest = value[i + word.len()..].split_whitespace().next().unwrap_or("");
            rest.len() >= 12 && rest.bytes().all(|b| BASE64(b) || b == b'.') && rest.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'=')
        })
    })
}

/// Whether only a machine would write such a value: long, one word, of all kinds of signs, and without
/// the repetitions and syllables of language. Digests and UUIDs are public and do not count.
fn is_random(value: &str) -> bool {
    let bytes = value.as_bytes();
    if !(20..=120).contains(&bytes.len()) {
        return false;
    }
    let (mut upper, mut lower, mut digit, mut marks) = (0, 0, 0, 0);
    for b in bytes {
        match b {
            b'A'..=b'Z' => upper += 1,
            b'a'..=b'z' => lower += 1,
            b'0'..=b'9' => digit += 1,
            b'/' | b'.' | b',' | b':' => marks += 1,
            _ if BASE64(*b) || b"!@#$%^&*();?~".contains(b) => {}
            _ => return false,
        }
    }
    if upper < 3 || lower < 3 || digit < 2 || marks > 3 || value.contains("://") || value.starts_with(['/', '.', '$']) {
        return false;
    }
    // A name that ends in a random part, as CloudFormation makes them, has its words in front.
    if value.split(['-', '_', '/', '.']).filter(|p| p.len() > 1 && p.bytes().all(|b| b.is_ascii_lowercase())).count() > 1 {
        return false;
    }
    // Names are words in a row: most letters stand beside one of their own case.
    let changes = bytes.windows(2).filter(|w| kind(w[0]) != kind(w[1])).count();
    entropy(bytes) >= 3.6 && changes * 100 >= bytes.len() * 38
}

fn kind(b: u8) -> u8 {
    match b {
        b'A'..=b'Z' => 0,
        b'a'..=b'z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}

/// Shannon entropy, bits a byte.
fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0u32; 256];
    bytes.iter().for_each(|b| counts[*b as usize] += 1);
    let all = bytes.len() as f64;
    counts.iter().filter(|n| **n > 0).map(|n| f64::from(*n) / all).map(|p| -p * p.log2()).sum()
}

/// Whether a variable's name says that its value is secret, and the value could be one: placeholders of a
/// template, switches and settings such as `JWT_EXPIRATION=3600` are none.
pub fn of_pair(name: &str, value: &str) -> bool {
    const SETTINGS: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "none", "null"];
    let number = || !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    of_name(name)
        && is_literal(value)
        && !SETTINGS.iter().any(|s| value.eq_ignore_ascii_case(s))
        && (!number() || last_word_names(name))
        && !is_public(name)
        && (names_a_password(name) || !is_setting(value))
}

/// Names that look like secrets and are none: the shell's working directory, addresses that browsers get, switches of databases.
fn is_public(name: &str) -> bool {
    const PREFIXES: [&str; 3] = ["NEXT_PUBLIC_", "REACT_APP_", "VITE_"];
    matches!(name, "PWD" | "OLDPWD")
        || name.ends_with("SENTRY_DSN")
        || name.contains("ALLOW_EMPTY_")
        || name.contains("RANDOM_ROOT_")
        || PREFIXES.iter().any(|p| name.starts_with(p))
}

/// Whether the last word of a name means the password or key itself. `AUTH` and `JWT` name the subject, not the value.
fn names_a_password(name: &str) -> bool {
    let last = name.rsplit(['_', '-', '.']).next().unwrap_or(name);
    !["AUTH", "JWT"].iter().any(|weak| last.eq_ignore_ascii_case(weak)) && last_word_names(name)
}

/// A short word, a host or an address without a user: what settings say.
fn is_setting(value: &str) -> bool {
    let word = value.len() <= 12 && value.bytes().all(|b| b.is_ascii_alphabetic());
    let small = value.len() <= 2 && value.bytes().all(|b| b.is_ascii_digit());
    let address = value.contains("://") && !value.contains('@') && !value.contains('?');
    let host = value.contains('.') && value.split('.').all(|part| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    word || small || address || host
}

fn last_word_names(name: &str) -> bool {
    of_name(name.rsplit(['_', '-', '.']).next().unwrap_or(name)) || name.to_ascii_uppercase().ends_with("KEY")
}

/// Whether a variable's name says that its value is secret. Source: the names that Security Hub ECS.8
/// and common secret scanners look for.
pub fn of_name(name: &str) -> bool {
    #[rustfmt::skip]
    const ENDINGS: [&str; 22] = [
        "FILE", "PATH", "URL", "ARN", "NAME", "ID", "TTL", "METHOD", "TYPE", "ALGORITHM", "ALG", "ISSUER", "AUDIENCE", "ENDPOINT",
        "URI", "PROVIDER", "REGION", "HOST", "PORT", "ENABLED", "MODE", "EXPIRATION",
    ];
    const WORDS: [&str; 18] = [
        "DSN",
        "PASS",
        "PASSWD",
        "PASSWORD",
        "PWD",
        "SECRET",
        "TOKEN",
        "APIKEY",
        "ACCESSKEY",
        "PRIVATEKEY",
        "CREDENTIAL",
        "CREDENTIALS",
        "AUTH",
        "JWT",
        "SALT",
        "ENCRYPTIONKEY",
        "SIGNINGKEY",
        "CONNECTIONSTRING",
    ];
    const PAIRS: [(&str, &str); 6] =
        [("API", "KEY"), ("ACCESS", "KEY"), ("PRIVATE", "KEY"), ("ENCRYPTION", "KEY"), ("SIGNING", "KEY"), ("CONNECTION", "STRING")];
    let same = |a: &[u8], b: &str| a.eq_ignore_ascii_case(b.as_bytes());
    let (mut found, mut before, mut last) = (false, None, None);
    for word in name.as_bytes().split(|b| matches!(b, b'_' | b'-' | b'.')) {
        (before, last) = (last, Some(word));
        let pair = |before: &[u8]| PAIRS.iter().any(|(a, b)| same(word, b) && same(before, a));
        found = found || WORDS.iter().any(|w| same(word, w)) || before.is_some_and(pair);
    }
    // The last word says what the value is: where it is kept, what it is called, how long it lives.
    let is_setting = |before: &[u8], last: &[u8]| ENDINGS.iter().any(|e| same(last, e)) || (same(last, "IN") && same(before, "EXPIRES"));
    found && !before.zip(last).is_some_and(|(before, last)| is_setting(before, last))
}
