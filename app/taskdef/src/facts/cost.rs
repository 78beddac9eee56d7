//! What a task costs while it runs.

use crate::{Draft, Launch, document::view, facts, grammar::size};
use serde::{Deserialize, Serialize};

/// Hours that AWS counts as a month.
pub const MONTH: f64 = 730.0;

/// The cost of one running task, US dollars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// An hour.
    pub hour: f64,
    /// Region code of the price.
    pub region: String,
    /// Date of the price, ISO 8601.
    pub date: String,
    /// Whether the price is Arm's.
    pub arm: bool,
}

/// Price of a pair (CPU units, MiB) on Linux; `None` when it is not known.
///
/// ```
/// let cost = taskdef::facts::cost::of_pair("ap-northeast-2", false, 1024, 2048).unwrap();
/// assert_eq!(format!("{:.5}", cost.hour), "0.05678");
/// ```
pub fn of_pair(region: &str, arm: bool, cpu: u64, memory: u64) -> Option<Cost> {
    let (price, date) = facts::price(region)?;
    let (vcpu, gb) = if arm { price.arm? } else { price.x86? };
    let hour = vcpu * cpu as f64 / size::UNITS as f64 + gb * memory as f64 / 1024.0;
    Some(Cost { hour, region: region.to_owned(), date: date.to_owned(), arm })
}

/// Price of a pair on Windows, its licence included; `None` when it is not known.
pub fn of_windows(region: &str, cpu: u64, memory: u64) -> Option<Cost> {
    let (price, date) = facts::price(region)?;
    let (vcpu, gb, licence) = price.windows?;
    let hour = (vcpu + licence) * cpu as f64 / size::UNITS as f64 + gb * memory as f64 / 1024.0;
    Some(Cost { hour, region: region.to_owned(), date: date.to_owned(), arm: false })
}

/// Cost of a draft's task on Fargate; `None` on EC2, without a size, or without a price.
pub fn of_draft(draft: &Draft) -> Option<Cost> {
    if draft.launch() != Some(Launch::Fargate) {
        return None;
    }
    let platform = |key: &str| draft.definition().pointer(&format!("/runtimePlatform/{key}")).and_then(|v| v.as_str());
    let windows = platform("operatingSystemFamily").is_some_and(|os| os.starts_with("WINDOWS_"));
    let (cpu, memory) = view::shares(draft.definition());
    let (cpu, memory) = (cpu.total?, memory.total?);
    if !size::is_pair(cpu, memory) {
        return None;
    }
    if windows {
        return of_windows(draft.region(), cpu, memory);
    }
    of_pair(draft.region(), platform("cpuArchitecture") == Some("ARM64"), cpu, memory)
}
