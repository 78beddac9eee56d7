//! Numbers as people type them: with thousands marks, in full width, and with the unit that they think in.

/// A whole number (`1,024`, `１０２４`, spaces), if it is one.
pub fn typed_number(text: &str) -> Option<u64> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            ',' | '，' | '_' => {}
            c if c.is_whitespace() => {}
            c => digits.push(digit(c)?),
        }
    }
    (!digits.is_empty() && digits.len() <= 15).then(|| digits.parse().ok()).flatten()
}

/// The same for the member `key`, in the unit that AWS counts it in: `512 MB` and `1.5 GB` of a container's memory in MiB,
/// `0.5 vCPU` of its CPU in units of 1,024, `1 min` of a health check's timing in seconds. `None` for what is no whole
/// number of these.
pub fn typed_amount(key: &str, text: &str) -> Option<u64> {
    if let Some(n) = typed_number(text) {
        return Some(n);
    }
    let text = text.trim();
    let end = text.find(|c: char| digit(c).is_none() && !matches!(c, '.' | ',' | '_')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    scaled(number, factor(key, &unit.trim().to_ascii_lowercase())?)
}

/// How many of AWS's units of `key` one of `unit` is.
fn factor(key: &str, unit: &str) -> Option<u64> {
    Some(match (key, unit) {
        // A part of something can only be a part of a processor.
        ("cpu", "" | "vcpu" | "vcpus" | "cpu" | "cpus" | "core" | "cores" | "코어") => 1024,
        ("cpu", "unit" | "units" | "유닛" | "단위") => 1,
        ("memory" | "memoryReservation", "m" | "mb" | "mi" | "mib") => 1,
        ("memory" | "memoryReservation", "g" | "gb" | "gi" | "gib") => 1024,
        ("interval" | "timeout" | "startPeriod", "s" | "sec" | "secs" | "second" | "seconds" | "초") => 1,
        ("interval" | "timeout" | "startPeriod", "m" | "min" | "mins" | "minute" | "minutes" | "분") => 60,
        ("retries", "x" | "time" | "times" | "회" | "번") => 1,
        _ => return None,
    })
}

/// A decimal times a factor, where that is whole. A comma may only part thousands: `1,5` is no 15.
fn scaled(number: &str, factor: u64) -> Option<u64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let thousands = whole.split(',').skip(1).all(|group| group.chars().count() == 3);
    let decimals = u32::try_from(part.chars().count()).ok().filter(|n| *n <= 6 && !number.is_empty() && thousands && !part.contains([',', '_']))?;
    let whole = if whole.is_empty() { 0 } else { typed_number(whole).filter(|n| *n < 1_000_000_000)? };
    let one = 10_u64.pow(decimals);
    let amount = (whole * one + typed_number(part)?) * factor;
    amount.is_multiple_of(one).then_some(amount / one)
}

/// A digit, also of full width, as ASCII.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}
