//! Names as AWS spells them for families and containers.
//!
//! Source: API reference, RegisterTaskDefinition.family and ContainerDefinition.name.

/// Letters, digits, hyphens and underscores, 1 to 255 of them.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 255 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// `text` with every other sign made a hyphen; `None` where nothing is left.
pub fn as_name(text: &str) -> Option<String> {
    let name: String = text.trim().chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).take(255).collect();
    let name = name.trim_matches('-').to_owned();
    is_name(&name).then_some(name)
}

/// Whether CloudWatch takes a log group's name. Source: API reference, CreateLogGroup.logGroupName.
pub fn is_log_group(text: &str) -> bool {
    (1..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_/#".contains(&b))
}

/// The form of a Region's code, not a list: new ones appear.
pub fn is_region(text: &str) -> bool {
    let mut parts: Vec<&str> = text.split('-').collect();
    let number = parts.pop().unwrap_or("");
    (2..=5).contains(&parts.len())
        && text.len() <= 32
        && (2..=5).contains(&parts[0].len())
        && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase()))
        && (1..=2).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// The log group of a family, as the ECS console names it.
pub fn log_group(family: &str) -> String {
    format!("/ecs/{}", as_name(family).as_deref().unwrap_or("my-task"))
}
