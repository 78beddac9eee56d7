//! The words of a plan: names, numbers and tags that were read by AWS's own rules for them. A word holds no space, no
//! quote and no control character, so that a plan, wherever it came from, has nothing that a shell or a terminal reads.

use crate::{facts, grammar::name};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Deref};

/// A text that is not what it should be. It does not repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {0}")]
pub struct NotA(&'static str);

macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $what:literal, $is:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads a text by the rules for it.
            pub fn parse(text: &str) -> Result<$name, NotA> {
                let is: fn(&str) -> bool = $is;
                if is(text) { Ok($name(text.to_owned())) } else { Err(NotA($what)) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotA;

            fn try_from(text: String) -> Result<$name, NotA> {
                $name::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> String {
                word.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

word! {
    /// An account: 12 digits.
    AccountId, "an account number", is_account
}
word! {
    /// A Region's code by its form, such as `ap-northeast-2`: new ones appear. Empty where none was chosen.
    RegionName, "a Region's code", |t| t.is_empty() || name::is_region(t)
}
word! {
    /// The first word of ARNs: `aws`, `aws-cn`.
    Partition, "a partition", |t| t.starts_with("aws") && t.len() <= 20 && t.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}
word! {
    /// A cluster's name: 1 to 255 letters, digits, hyphens and underscores.
    ClusterName, "a cluster's name", name::is_name
}
word! {
    /// A family: 1 to 255 letters, digits, hyphens and underscores.
    Family, "a family", name::is_name
}
word! {
    /// A log group's name: 1 to 512 letters, digits and `.-_/#`.
    GroupName, "a log group's name", name::is_log_group
}
word! {
    /// A role's name: 1 to 64 letters, digits and `_+=,.@-`.
    RoleName, "a role's name", |t| (1..=64).contains(&t.len()) && t.bytes().all(is_role_sign)
}
word! {
    /// A role's ARN.
    RoleArn, "a role's ARN", is_role_arn
}
word! {
    /// The tag of what a draft makes: 1 to 32 letters and digits.
    DraftTag, "a draft's tag", |t| (1..=32).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric())
}
word! {
    /// The tag's value on a revision: the draft's tag, the definition's digest and, of an operation, its id.
    Stamp, "a stamp", is_stamp
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_role_sign(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b)
}

/// `arn:partition:iam::account:role/path/name`.
pub(crate) fn is_role_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts.as_slice() else { return false };
    let path = |r: &str| r.bytes().all(|b| is_role_sign(b) || b == b'/') && !r.is_empty() && !r.ends_with('/');
    Partition::parse(partition).is_ok() && is_account(account) && resource.strip_prefix("role/").is_some_and(path)
}

fn is_stamp(text: &str) -> bool {
    let hex = |t: &str, digits| t.len() == digits && t.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let mut parts = text.split('/');
    let [tag, digest, id, end] = [(); 4].map(|()| parts.next());
    tag.is_some_and(|t| DraftTag::parse(t).is_ok()) && digest.is_some_and(|d| hex(d, 32)) && id.is_none_or(|i| hex(i, 16)) && end.is_none()
}

impl RoleArn {
    /// The account.
    pub fn account(&self) -> Option<AccountId> {
        AccountId::parse(self.split(':').nth(4)?).ok()
    }

    /// The role's name, without its path.
    pub fn name(&self) -> Option<RoleName> {
        RoleName::parse(self.rsplit('/').next()?).ok()
    }
}

impl Partition {
    /// The partition of a Region; of one that is not known, AWS's first.
    pub fn of(region: &RegionName) -> Partition {
        Partition::parse(facts::region(region).map_or("aws", |r| r.partition.as_str())).unwrap_or(Partition("aws".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_by_the_rules_of_aws() {
        assert!(AccountId::parse("123456789012").is_ok() && RegionName::parse("us-gov-west-1").is_ok() && RegionName::parse("").is_ok());
        assert!(RoleName::parse("a+b=c,d.e@f-g_h").is_ok() && GroupName::parse("/ecs/my.task-1#x").is_ok() && Family::parse("my-task_1").is_ok());
        let arn = RoleArn::parse("arn:aws-cn:iam::123456789012:role/team/runs").unwrap();
        assert_eq!((arn.account().unwrap().as_str(), arn.name().unwrap().as_str()), ("123456789012", "runs"));
        let digest = "0".repeat(32);
        assert!(Stamp::parse(&format!("0a1b/{digest}")).is_ok() && Stamp::parse(&format!("0a1b/{digest}/{}", &digest[..16])).is_ok());
        for hostile in ["$(id)", "`id`", "a b", "a'b", "a\"b", "a\nb", "a\0b", "a\u{1b}[2J", "a\u{202e}b", "a;b", "a/b/c", "${IFS}", "한", "١٢٣٤٥٦٧٨٩٠١٢"]
        {
            assert!(AccountId::parse(hostile).is_err() && RegionName::parse(hostile).is_err() && Partition::parse(hostile).is_err(), "{hostile}");
            assert!(ClusterName::parse(hostile).is_err() && Family::parse(hostile).is_err() && RoleName::parse(hostile).is_err(), "{hostile}");
            assert!(DraftTag::parse(hostile).is_err() && Stamp::parse(hostile).is_err(), "{hostile}");
            assert!(RoleArn::parse(&format!("arn:aws:iam::{hostile}:role/x")).is_err(), "{hostile}");
            assert!(hostile == "a/b/c" || GroupName::parse(hostile).is_err(), "{hostile}");
        }
    }

    #[test]
    fn a_word_that_was_stored_is_read_by_the_same_rules() {
        assert!(serde_json::from_str::<AccountId>("\"123456789012\"").is_ok());
        assert!(serde_json::from_str::<AccountId>("\"$(id)\"").is_err());
    }
}
