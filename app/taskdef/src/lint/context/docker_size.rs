//! Sizes as Docker reads them.

/// Bytes of a size as Docker reads it (`25m`, `25MB`, `1.5g`, `4194304`).
pub(in crate::lint) fn docker_size(text: &str) -> Option<u64> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(lower.len());
    let (number, unit) = lower.split_at(digits);
    let power = match unit.trim_start_matches(' ') {
        "" | "b" => 0,
        u => {
            let prefix = u.strip_suffix('b').unwrap_or(u);
            let letter = prefix.strip_suffix('i').unwrap_or(prefix);
            1 + ["k", "m", "g", "t", "p"].iter().position(|p| *p == letter)?
        }
    };
    let whole = !number.is_empty() && number.bytes().filter(|b| *b == b'.').count() <= 1 && !number.starts_with('.') && !number.ends_with('.');
    let value: f64 = whole.then(|| number.parse().ok()).flatten()?;
    // Saturates far above every memory there is.
    Some((value * 1024f64.powi(power as i32)) as u64)
}
