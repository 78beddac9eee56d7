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

/// The log group of a family, as the ECS console names it.
pub fn log_group(family: &str) -> String {
    format!("/ecs/{}", as_name(family).as_deref().unwrap_or("my-task"))
}
