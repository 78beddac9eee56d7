//! What the name of an image tells.

/// The processor that an image's name or tag tells: `ARM64` or `X86_64`.
pub(in crate::lint) fn chip_in_name(text: &str) -> Option<&'static str> {
    let words = |list: &[&str]| text.split(['/', ':', '-', '_', '.']).any(|p| list.iter().any(|w| p.eq_ignore_ascii_case(w)));
    let x86 = || text.as_bytes().windows(6).any(|w| w.eq_ignore_ascii_case(b"x86_64") || w.eq_ignore_ascii_case(b"x86-64"));
    if words(&["arm64", "aarch64", "arm64v8"]) {
        Some("ARM64")
    } else if words(&["amd64"]) || x86() {
        Some("X86_64")
    } else {
        None
    }
}
