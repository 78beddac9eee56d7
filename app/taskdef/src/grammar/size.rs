//! Task CPU and memory: the forms people write them in, and the pairs that Fargate offers.
//!
//! Source of the pairs: Amazon ECS Developer Guide, "Creating an Amazon ECS task definition using
//! the console" (table 256 to 32768), and the CloudFormation linter's rule E3047; read 2026-11-22.

/// CPU units in one vCPU.
pub const UNITS: u64 = 1024;

/// One row of Fargate's table: CPU units, and the memory sizes in MiB that go with them.
pub struct Row {
    /// CPU units.
    pub cpu: u64,
    first: u64,
    last: u64,
    step: u64,
    list: &'static [u64],
}

impl Row {
    const fn range(cpu: u64, first: u64, last: u64, step: u64) -> Row {
        Row { cpu, first, last, step, list: &[] }
    }

    const fn list(cpu: u64, list: &'static [u64]) -> Row {
        Row { cpu, first: 0, last: 0, step: 1, list }
    }

    /// Valid memory sizes in MiB, ascending.
    pub fn memory(&self) -> Vec<u64> {
        if self.list.is_empty() { (self.first..=self.last).step_by(self.step as usize).collect() } else { self.list.to_vec() }
    }
}

/// Every pair that Fargate offers, 77 in all.
pub const FARGATE: [Row; 8] = [
    Row::list(256, &[512, 1024, 2048]),
    Row::range(512, 1024, 4096, 1024),
    Row::range(1024, 2048, 8192, 1024),
    Row::range(2048, 4096, 16384, 1024),
    Row::range(4096, 8192, 30720, 1024),
    Row::range(8192, 16384, 61440, 4096),
    Row::range(16384, 32768, 122_880, 8192),
    Row::list(32768, &[61440, 122_880, 249_856]),
];

/// The presets of the size step: CPU units and MiB.
pub const PRESETS: [(u64, u64); 3] = [(256, 512), (512, 1024), (1024, 2048)];

/// Whether Fargate offers the pair.
pub fn is_pair(cpu: u64, memory: u64) -> bool {
    row(cpu).is_some_and(|r| r.memory().contains(&memory))
}

/// The row of a CPU size.
pub fn row(cpu: u64) -> Option<&'static Row> {
    FARGATE.iter().find(|r| r.cpu == cpu)
}

/// The smallest pair that has at least what was asked for; `None` above the largest.
pub fn nearest_pair(cpu: u64, memory: u64) -> Option<(u64, u64)> {
    FARGATE.iter().filter(|r| r.cpu >= cpu).find_map(|r| r.memory().into_iter().find(|m| *m >= memory).map(|m| (r.cpu, m)))
}

/// CPU units from `1024`, `1 vCPU`, `.25 vcpu`; `None` when AWS would not read it so.
pub fn parse_cpu(text: &str) -> Option<u64> {
    let lower = text.trim().to_ascii_lowercase();
    match lower.strip_suffix("vcpu") {
        Some(number) => scaled(number.trim_end(), UNITS),
        None => whole(&lower),
    }
}

/// MiB from `2048`, `2 GB`, `0.5gb`; `None` when AWS would not read it so.
pub fn parse_memory(text: &str) -> Option<u64> {
    let lower = text.trim().to_ascii_lowercase();
    match lower.strip_suffix("gb") {
        Some(number) => scaled(number.trim_end(), 1024),
        None => whole(&lower),
    }
}

fn whole(text: &str) -> Option<u64> {
    let ok = !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit());
    ok.then(|| text.parse().ok()).flatten().filter(|n| *n > 0)
}

/// `number` times `unit`, exactly; no result when that is not a whole number.
fn scaled(number: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |t: &str| t.len() <= 6 && t.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && !number.contains('.')) || !digits(whole) || !digits(fraction) || fraction.is_empty() {
        return None;
    }
    let scale = 10u64.pow(fraction.len() as u32);
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let total = (whole * scale + fraction.parse::<u64>().ok()?) * unit;
    total.is_multiple_of(scale).then_some(total / scale).filter(|n| *n > 0)
}

/// `0.25`, `1`, `16`: vCPU without its unit.
pub fn vcpu(units: u64) -> String {
    decimal(units, UNITS)
}

/// `0.5`, `2`, `244`: GB without its unit.
pub fn gb(mib: u64) -> String {
    decimal(mib, 1024)
}

/// `n / unit` with at most three decimals. Whole numbers only: the browser's program has no use for
/// the machinery that prints floats.
fn decimal(n: u64, unit: u64) -> String {
    let thousandths = (n % unit * 1000 + unit / 2) / unit;
    let (whole, thousandths) = (n / unit + thousandths / 1000, thousandths % 1000);
    if thousandths == 0 { whole.to_string() } else { format!("{whole}.{thousandths:03}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_aws_reads() {
        for (text, units) in [("256", 256), ("0.25 vCPU", 256), (".25 vcpu", 256), ("1vCPU", 1024), ("1 vCPU", 1024), ("16 VCPU", 16384)] {
            assert_eq!(parse_cpu(text), Some(units), "{text}");
        }
        for text in ["", "0", "1.5", "vCPU", "one", "-256", "0.3 vCPU", "1. vCPU", "99999999999999"] {
            assert_eq!(parse_cpu(text), None, "{text}");
        }
        for (text, mib) in [("512", 512), ("0.5 GB", 512), (".5 gb", 512), ("2GB", 2048)] {
            assert_eq!(parse_memory(text), Some(mib), "{text}");
        }
        for text in ["2G", "2048MB", "2Gi", "0 GB"] {
            assert_eq!(parse_memory(text), None, "{text}");
        }
    }

    #[test]
    fn offers_77_pairs_and_never_less_than_asked() {
        let pairs: Vec<(u64, u64)> = FARGATE.iter().flat_map(|r| r.memory().into_iter().map(|m| (r.cpu, m))).collect();
        assert_eq!(pairs.len(), 77);
        assert_eq!(nearest_pair(1024, 1024), Some((1024, 2048)));
        assert_eq!(nearest_pair(512, 512), Some((512, 1024)));
        assert_eq!(nearest_pair(256, 4096), Some((512, 4096)));
        assert_eq!(nearest_pair(32768, 250_000), None);
        for (cpu, memory) in pairs {
            assert_eq!(nearest_pair(cpu, memory), Some((cpu, memory)));
        }
    }

    #[test]
    fn labels_have_no_tail_of_zeros() {
        assert_eq!((vcpu(256), vcpu(1024), gb(512), gb(249_856)), ("0.25".into(), "1".into(), "0.5".into(), "244".into()));
    }
}
