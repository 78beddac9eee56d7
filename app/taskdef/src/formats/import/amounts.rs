//! Sizes, CPUs and times as Docker's tools write them. Source: docker/go-units `RAMInBytes`, compose-spec “Specifying durations”.

/// Bytes of `512m`, `1.5 GiB`, `1024`. All units are powers of 1024, a bare number is bytes.
///
/// ```
/// use taskdef::formats::import::amounts::bytes;
/// assert_eq!((bytes("50M"), bytes("1.5 GiB"), bytes("512"), bytes("x")), (Some(52_428_800), Some(1_610_612_736), Some(512), None));
/// ```
pub fn bytes(text: &str) -> Option<u64> {
    let lower = text.trim().to_ascii_lowercase();
    let end = lower.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(lower.len());
    let (number, unit) = lower.split_at(end);
    let shift = match unit.trim() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        "p" | "pb" | "pib" => 50,
        _ => return None,
    };
    let number: f64 = number.parse().ok()?;
    let bytes = number * (1_u64 << shift) as f64;
    (bytes.is_finite() && bytes < 9e18).then_some(bytes as u64)
}

/// MiB of a number of bytes, rounded up.
pub fn mib(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

/// CPU units of a number of CPUs: 1,024 a CPU, the nearest; one unit becomes two, the least that the kernel has.
pub fn cpu_units(text: &str) -> Option<u64> {
    let cpus: f64 = text.trim().parse().ok()?;
    if !(0.0..=1_000.0).contains(&cpus) {
        return None;
    }
    let units = (cpus * 1024.0).round() as u64;
    Some(if units == 1 { 2 } else { units })
}

/// Seconds of `1h5m30s`, `1.5m`, `200ms`, rounded up. `0` needs no unit.
///
/// ```
/// use taskdef::formats::import::amounts::seconds;
/// assert_eq!((seconds("1m30s"), seconds("200ms"), seconds("0"), seconds("5")), (Some(90), Some(1), Some(0), None));
/// ```
pub fn seconds(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    if rest == "0" {
        return Some(0);
    }
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let number: f64 = rest[..end].parse().ok()?;
        rest = &rest[end..];
        let end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        let unit = match &rest[..end] {
            "ns" => 1e-9,
            "us" | "µs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            _ => return None,
        };
        total += number * unit;
        rest = &rest[end..];
    }
    (total < 1e12).then_some((total - 1e-9).ceil().max(0.0) as u64)
}
