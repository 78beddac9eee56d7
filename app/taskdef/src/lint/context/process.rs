//! Who runs in a container, and what reads its command.

/// Shells that read a line of their own.
const SHELLS: [&str; 8] = ["sh", "bash", "ash", "dash", "zsh", "cmd", "powershell", "pwsh"];

/// Whether a word names a shell, by whatever path.
pub(in crate::lint) fn is_shell(word: &str) -> bool {
    let start = word.bytes().rposition(|b| matches!(b, b'/' | b'\\')).map_or(0, |slash| slash + 1);
    let mut name = &word.as_bytes()[start..];
    while let Some((bare, _)) = name.split_last_chunk::<4>().filter(|(_, ending)| ending.eq_ignore_ascii_case(b".exe")) {
        name = bare;
    }
    SHELLS.iter().any(|shell| name.eq_ignore_ascii_case(shell.as_bytes()))
}

/// Whether `user` means root: absent, `root` or `0`, with whatever group.
pub(in crate::lint) fn is_root(user: Option<&str>) -> bool {
    user.is_none_or(|u| matches!(u.split(':').next(), Some("root" | "0")))
}
