//! Who runs in a container, and what reads its command.

/// Shells that read a line of their own.
const SHELLS: [&str; 8] = ["sh", "bash", "ash", "dash", "zsh", "cmd", "powershell", "pwsh"];

/// Whether a word names a shell, by whatever path.
pub(in crate::lint) fn is_shell(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word).to_ascii_lowercase();
    SHELLS.contains(&name.trim_end_matches(".exe"))
}

/// Whether `user` means root: absent, `root` or `0`, with whatever group.
pub(in crate::lint) fn is_root(user: Option<&str>) -> bool {
    user.is_none_or(|u| matches!(u.split(':').next(), Some("root" | "0")))
}
