//! The fields that have a control made from the schema.

use super::spec::Spec;
use std::sync::OnceLock;

static SPECS: OnceLock<Vec<Spec>> = OnceLock::new();

/// All of them, in the order in which pages show them: a group before its fields, a list or an object before its members.
pub fn specs() -> &'static [Spec] {
    #[cfg(feature = "server")]
    return SPECS.get_or_init(super::groups::specs);
    #[cfg(not(feature = "server"))]
    SPECS.get().map_or(&[], Vec::as_slice)
}

/// They as text, one a line, for [`install`].
#[cfg(feature = "server")]
pub fn lines() -> Vec<String> {
    specs().iter().map(Spec::line).collect()
}

/// Takes over the fields that the server wrote, up to the first line that is none. The first call counts.
pub fn install<'a>(lines: impl Iterator<Item = &'a str>) {
    let _ = SPECS.set(lines.map_while(Spec::read).collect());
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn the_browser_reads_the_fields_that_the_server_wrote() {
        let read: Vec<Spec> = lines().iter().filter_map(|line| Spec::read(line)).collect();
        assert!(read.len() > 100, "{}", read.len());
        assert_eq!(read, specs());
        assert_eq!(read.iter().find(|s| s.path.ends_with("ulimits[].name")).map(Spec::key), Some("name"));
        assert_eq!(Spec::read("size text"), None);
    }
}
