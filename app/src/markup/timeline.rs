//! The health check as a timeline. Positions are percentages, so that the text keeps its size.

use taskdef::Lang;

/// `interval`, `retries`, `start` in seconds, times, seconds.
pub fn timeline(lang: Lang, interval: u64, retries: u64, start: u64) -> String {
    let retries = retries.clamp(1, 10);
    let end = (start + interval * (retries + 2)).max(1);
    // Tenths of a percent: 84 % are for the seconds, the rest for the words at the end.
    let share = |s: u64| s * 840 / end;
    let tenths = |n: u64| format!("{}.{}%", n / 10, n % 10);
    let x = |s: u64| tenths(share(s) + 10);
    // Numbered in the order in which they happen, so that they can be played.
    let mark = |s: u64, ok: bool, n: usize| {
        let (class, path) = if ok { ("okd", "M-4 .5l3 3 5.5-6") } else { ("bad", "M-3.5-3.5l7 7M3.5-3.5l-7 7") };
        format!(
            "<g class=\"c-time__ev\" data-i=\"{}\"><svg x=\"{}\" y=\"38\" overflow=\"visible\"><circle class=\"{class}\" r=\"10\"/><path class=\"mk\" d=\"{path}\"/></svg></g>",
            n.min(6),
            x(s)
        )
    };
    let text = |at: &str, y: u32, words: &str, class: &str, anchor: &str| {
        format!("<text x=\"{at}\" y=\"{y}\" text-anchor=\"{anchor}\" class=\"{class}\">{words}</text>")
    };
    let good = start + interval / 2;
    let broken = good + interval / 2;
    let misses: Vec<u64> = (0..retries).map(|i| good + interval * (i + 1)).collect();
    let last = misses.last().copied().unwrap_or(broken);
    let mut s = String::from("<div class=\"c-time\"><svg aria-hidden=\"true\" focusable=\"false\">");
    if start > 0 {
        s.push_str(&format!("<rect class=\"grace\" x=\"1%\" y=\"24\" width=\"{}\" height=\"28\" rx=\"6\"/>", tenths(share(start))));
        s.push_str(&text(&x(start / 2), 72, &tr!(lang, health.t_grace, n = start), "", "middle"));
    }
    s.push_str(&format!(
        "<rect class=\"dead\" x=\"{}\" y=\"24\" width=\"12%\" height=\"28\" rx=\"6\"/><line class=\"axis\" x1=\"1%\" x2=\"99%\" y1=\"38\" y2=\"38\"/>",
        x(last + interval / 4)
    ));
    s.push_str(&text("1%", 14, tr!(lang, health.t_starts), "t", "start"));
    s.push_str(&mark(good, true, 1));
    misses.iter().enumerate().for_each(|(i, m)| s.push_str(&mark(*m, false, i + 2)));
    s.push_str(&text(&x(misses[misses.len() / 2]), 72, &tr!(lang, health.t_misses, n = retries), "", "middle"));
    s.push_str(&text(&x(broken), 14, tr!(lang, health.t_breaks), "dt", "middle"));
    s.push_str("<g class=\"c-time__ev\" data-i=\"6\">");
    s.push_str(&text("99%", 14, "UNHEALTHY", "dt", "end"));
    s.push_str(&text("99%", 94, tr!(lang, health.t_replaced), "", "end"));
    s + "</g></svg></div>"
}
