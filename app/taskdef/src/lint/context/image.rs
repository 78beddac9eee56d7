//! What the name of an image tells.

/// The processor that an image's name or tag tells: `ARM64` or `X86_64`.
pub(in crate::lint) fn chip_in_name(text: &str) -> Option<&'static str> {
    let parts = || text.as_bytes().split(|b| matches!(b, b'/' | b':' | b'-' | b'_' | b'.'));
    let named = |words: &[&[u8]]| parts().any(|part| words.iter().any(|word| part.eq_ignore_ascii_case(word)));
    let x86 = || text.as_bytes().windows(6).any(|w| w[1] == b'8' && (w.eq_ignore_ascii_case(b"x86_64") || w.eq_ignore_ascii_case(b"x86-64")));
    if named(&[b"arm64", b"aarch64", b"arm64v8"]) {
        Some("ARM64")
    } else if named(&[b"amd64"]) || x86() {
        Some("X86_64")
    } else {
        None
    }
}
