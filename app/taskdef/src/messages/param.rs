//! How values are written in each language.

use crate::{Lang, finding::Param, grammar::size};
use std::borrow::Cow;

/// The value of that name as it is written, and whether it is the number one.
pub(super) fn shown<'v>(lang: Lang, name: &str, params: &'v [(&'static str, Param)]) -> (Cow<'v, str>, bool) {
    match params.iter().find(|(n, _)| *n == name) {
        Some((_, value)) => (written(lang, name, value), *value == Param::Number(1)),
        None => ("".into(), false),
    }
}

fn written<'v>(lang: Lang, name: &str, value: &'v Param) -> Cow<'v, str> {
    match value {
        Param::Text(text) if text.is_empty() && name == "name" => if lang == Lang::Ko { "(이름 없음)" } else { "(no name yet)" }.into(),
        Param::Text(text) => text.into(),
        Param::Number(n) => grouped(*n).into(),
        Param::Cpu(units) if units % 128 == 0 => format!("{} vCPU", size::vcpu(*units)).into(),
        Param::Cpu(units) => units_of(lang, *units).into(),
        Param::Memory(mib) => memory(lang, *mib).into(),
        Param::Memories(list) => memories(lang, list).into(),
    }
}

fn units_of(lang: Lang, units: u64) -> String {
    if lang == Lang::Ko { format!("CPU {}유닛", grouped(units)) } else { format!("{} CPU units", grouped(units)) }
}

/// `1,024`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// `2 GB` or `1,500 MiB`; in Korean without the space.
fn memory(lang: Lang, mib: u64) -> String {
    let space = if lang == Lang::Ko { "" } else { "\u{a0}" };
    if mib.is_multiple_of(512) { format!("{}{space}GB", size::gb(mib)) } else { format!("{}{space}MiB", grouped(mib)) }
}

fn memories(lang: Lang, list: &[u64]) -> String {
    let even = list.len() > 4 && list.windows(2).all(|w| w[1] - w[0] == 1024);
    match (list, lang) {
        ([first, .., last], Lang::En) if even => format!("{} to {}", size::gb(*first), memory(lang, *last)),
        ([first, .., last], Lang::Ko) if even => format!("{}~{}", size::gb(*first), memory(lang, *last)),
        ([rest @ .., last], Lang::En) if !rest.is_empty() => {
            format!("{} or {}", rest.iter().map(|m| size::gb(*m)).collect::<Vec<_>>().join(", "), memory(lang, *last))
        }
        _ => list.iter().map(|m| memory(lang, *m)).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!((memory(Lang::En, 2048), memory(Lang::Ko, 1500)), ("2\u{a0}GB".into(), "1,500MiB".into()));
        assert_eq!(memories(Lang::En, &[512, 1024, 2048]), "0.5, 1 or 2\u{a0}GB");
        assert_eq!(memories(Lang::Ko, &[2048, 3072, 4096, 5120, 6144]), "2~6GB");
    }
}
