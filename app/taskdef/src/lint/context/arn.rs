//! Amazon Resource Names.

/// Whether a text is a whole ARN of `service` with a resource that `resource` takes.
pub(in crate::lint) fn is_arn(text: &str, services: &[&str], resource: impl Fn(&str) -> bool) -> bool {
    arn_parts(text).is_some_and(|[partition, service, _, _, rest]| partition.starts_with("aws") && services.contains(&service) && resource(rest))
}

/// Partition, service, Region, account and resource of an ARN.
pub(in crate::lint) fn arn_parts(text: &str) -> Option<[&str; 5]> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let mut next = || parts.next();
    Some([next()?, next()?, next()?, next()?, next()?])
}

/// Region of an ARN, where it has one.
pub(in crate::lint) fn arn_region(text: &str) -> Option<&str> {
    text.starts_with("arn:").then(|| text.split(':').nth(3)).flatten().filter(|r| !r.is_empty())
}

/// Account of an ARN, where it has one.
pub(in crate::lint) fn arn_account(text: &str) -> Option<&str> {
    text.starts_with("arn:").then(|| text.split(':').nth(4)).flatten().filter(|a| !a.is_empty())
}

/// Account numbers that AWS uses in its documentation.
pub(in crate::lint) fn is_example_account(account: &str) -> bool {
    let counts_up = || account.bytes().zip(account.bytes().skip(1)).all(|(a, b)| b == if a == b'9' { b'0' } else { a + 1 });
    matches!(account, "123456789012" | "111122223333" | "444455556666" | "012345678910" | "000000000000")
        || (account.len() > 9 && counts_up() && ["0123456789012345", "1234567890123456"].iter().any(|digits| digits.contains(account)))
}
