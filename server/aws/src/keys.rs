//! Keys that a person pastes. Only temporary ones are taken: those of a user last until somebody deletes them, and
//! belong on no page.

use zeroize::Zeroizing;

/// Temporary keys, overwritten when they are dropped. No `Debug` and no `Display`.
pub struct Keys {
    pub(crate) id: Zeroizing<String>,
    pub(crate) secret: Zeroizing<String>,
    pub(crate) token: Zeroizing<String>,
}

/// Why keys are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The access key id is missing.
    NoId,
    /// It does not look like one.
    NotAnId,
    /// They are the long-lived keys of a user.
    LongLived,
    /// The secret access key is missing.
    NoSecret,
    /// The session token is missing, so they are not temporary.
    NoToken,
}

/// How temporary and long-lived access key ids begin. Source: IAM user guide, unique identifiers.
const TEMPORARY: &str = "ASIA";
const LONG_LIVED: &str = "AKIA";

/// What the three are called where people copy them: environment, profile file, JSON.
const NAMES: [&[&str]; 3] = [&["aws_access_key_id", "accesskeyid"], &["aws_secret_access_key", "secretaccesskey"], &["aws_session_token", "sessiontoken"]];

impl Keys {
    /// From three fields, or from all lines at once in `lines`, as the AWS access portal and the CLI print them.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn read(id: &str, secret: &str, token: &str, lines: &str) -> Result<Keys, Refusal> {
        let of = |typed: &str, names: &[&str]| {
            let typed = typed.trim();
            Zeroizing::new(if typed.is_empty() { named(lines, names).unwrap_or_default() } else { typed.to_owned() })
        };
        let [id, secret, token] = [of(id, NAMES[0]), of(secret, NAMES[1]), of(token, NAMES[2])];
        let looks = (16..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if id.is_empty() {
            Err(Refusal::NoId)
        } else if id.starts_with(LONG_LIVED) {
            Err(Refusal::LongLived)
        } else if !id.starts_with(TEMPORARY) || !looks {
            Err(Refusal::NotAnId)
        } else if secret.is_empty() {
            Err(Refusal::NoSecret)
        } else if token.is_empty() {
            Err(Refusal::NoToken)
        } else {
            Ok(Keys { id, secret, token })
        }
    }
}

/// The value behind one of the names, whatever stands between: `=`, `:`, quotes.
fn named(lines: &str, names: &[&str]) -> Option<String> {
    // Letters keep their number of bytes: `to_ascii_lowercase` changes only those.
    let low = Zeroizing::new(lines.to_ascii_lowercase());
    let after = names.iter().find_map(|name| low.find(name).map(|at| at + name.len()))?;
    let rest = lines[after..].trim_start_matches(['"', '\'', ' ', '\t', '=', ':']);
    let value = rest.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | '&')).next()?;
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "ASIAIOSFODNN7EXAMPLE";

    fn refusal(id: &str, secret: &str, token: &str) -> Option<Refusal> {
        Keys::read(id, secret, token, "").err()
    }

    #[test]
    fn only_whole_temporary_keys_are_taken() {
        assert_eq!(refusal(ID, "s", "t"), None);
        assert_eq!(refusal("  ASIAIOSFODNN7EXAMPLE\n", "s", "t"), None, "what a paste brings along");
        assert_eq!(refusal("AKIAIOSFODNN7EXAMPLE", "s", "t"), Some(Refusal::LongLived));
        assert_eq!(refusal("AKIAIOSFODNN7EXAMPLE", "", ""), Some(Refusal::LongLived), "said first, before more is typed");
        assert_eq!(refusal("", "s", "t"), Some(Refusal::NoId));
        assert_eq!(refusal(ID, " ", "t"), Some(Refusal::NoSecret));
        assert_eq!(refusal(ID, "s", ""), Some(Refusal::NoToken));
        for odd in ["hello", "ASIA", "ASIAiosfodnn7example", "ASIAIOSFODNN7EXAMPL\u{e9}", "AROAIOSFODNN7EXAMPLE"] {
            assert_eq!(refusal(odd, "s", "t"), Some(Refusal::NotAnId), "{odd}");
        }
    }

    #[test]
    fn all_lines_at_once_are_read_as_they_are_copied() {
        for lines in [
            "export AWS_ACCESS_KEY_ID=\"ASIAIOSFODNN7EXAMPLE\"\nexport AWS_SECRET_ACCESS_KEY=\"a/b+c=\"\nexport AWS_SESSION_TOKEN=\"tok==\"\n",
            "[123_Admin]\r\naws_access_key_id=ASIAIOSFODNN7EXAMPLE\r\naws_secret_access_key=a/b+c=\r\naws_session_token=tok==",
            "$Env:AWS_ACCESS_KEY_ID=\"ASIAIOSFODNN7EXAMPLE\"\n$Env:AWS_SECRET_ACCESS_KEY=\"a/b+c=\"\n$Env:AWS_SESSION_TOKEN=\"tok==\"",
            "{\"Version\":1,\"AccessKeyId\": \"ASIAIOSFODNN7EXAMPLE\",\n \"SecretAccessKey\": \"a/b+c=\", \"SessionToken\":\"tok==\"}",
            "set AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\r\nset AWS_SECRET_ACCESS_KEY=a/b+c=\r\nset AWS_SESSION_TOKEN=tok==\r\n",
        ] {
            let keys = Keys::read("", "", "", lines).unwrap_or_else(|r| panic!("{r:?}: {lines}"));
            assert_eq!((keys.id.as_str(), keys.secret.as_str(), keys.token.as_str()), (ID, "a/b+c=", "tok=="), "{lines}");
        }
        assert_eq!(Keys::read("", "", "", "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE").err(), Some(Refusal::LongLived));
    }
}
