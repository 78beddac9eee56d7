//! Facts with source and date, compiled in. A number that no source gives is `None`, never a guess.

pub mod cost;
mod image_facts;
mod images;
pub mod secret;
#[cfg(feature = "server")]
pub mod upstream;
pub mod won;

pub use image_facts::{ImageFacts, ImageHealthcheck, Images, LayerFacts, Looked, NginxHost, PROGRAMS, Platform};
pub use images::{Has, IMAGES_AS_OF, Tools, curl_lines, declares_volume, default_port, is_official, probe, protocol, tools};

use serde::Deserialize;
use std::sync::LazyLock;

/// A Region of Amazon ECS.
#[derive(Debug, Deserialize)]
pub struct Region {
    /// Code, such as `ap-northeast-2`.
    pub id: String,
    /// Partition (`aws`, `aws-cn`, …).
    pub partition: String,
    /// English name.
    pub en: String,
    /// Korean name.
    pub ko: String,
    /// Whether Fargate runs there; `None` when the sources do not say.
    pub fargate: Option<bool>,
    /// The same for Arm.
    pub arm: Option<bool>,
    /// The same for Windows.
    pub windows: Option<bool>,
    /// Ids of the only zones that run Fargate, where not all do.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Ids of the only zones that run Windows on Fargate, where not all do.
    #[serde(default)]
    pub windows_zones: Vec<String>,
    /// Ids of the zones that run neither Arm nor Windows on Fargate.
    #[serde(default)]
    pub excluded: Vec<String>,
    /// Whether the wizard offers it: isolated partitions are known, not offered.
    #[serde(default = "yes")]
    pub listed: bool,
}

/// Hourly price of one vCPU and one GB.
pub type Rate = (f64, f64);

/// Prices of Fargate in a Region, US dollars an hour, on demand, Linux.
#[derive(Debug, Deserialize)]
pub struct Price {
    /// Region code.
    pub region: String,
    /// x86.
    pub x86: Option<Rate>,
    /// Arm.
    pub arm: Option<Rate>,
    /// Windows: one vCPU, one GB, the licence for one vCPU.
    pub windows: Option<(f64, f64, f64)>,
    /// One GB of disk above the free 20.
    pub disk: Option<f64>,
    /// Date of the source, ISO 8601.
    pub date: Option<String>,
}

/// An EC2 instance type.
#[derive(Debug, Deserialize)]
pub struct Instance {
    /// Name, such as `t3.micro`.
    #[serde(rename = "type")]
    pub name: String,
    /// vCPUs.
    pub vcpu: u64,
    /// MiB of the whole instance; ECS registers somewhat less.
    pub memory: u64,
    /// `X86_64` or `ARM64`.
    pub arch: String,
    /// Tasks with an interface of their own that it holds (awsvpc).
    pub tasks: Option<u64>,
    /// The same with ENI trunking; `None` where the list does not have the type.
    pub trunked: Option<u64>,
    /// Whether the wizard offers it.
    pub listed: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct Regions {
    regions: Vec<Region>,
}

#[derive(Deserialize)]
struct Prices {
    retrieved: String,
    regions: Vec<Price>,
}

#[derive(Deserialize)]
struct Instances {
    instances: Vec<Instance>,
}

// The three files are part of the program; `tests::the_files_are_read` reads each of them.
#[allow(clippy::expect_used)]
fn read<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    serde_json::from_str(text).expect("a compiled-in catalogue is valid")
}

static REGIONS: LazyLock<Regions> = LazyLock::new(|| read(include_str!("regions.json")));
static PRICES: LazyLock<Prices> = LazyLock::new(|| read(include_str!("prices.json")));
static INSTANCES: LazyLock<Instances> = LazyLock::new(|| read(include_str!("instances.json")));

/// All Regions, by code.
pub fn regions() -> &'static [Region] {
    &REGIONS.regions
}

/// A Region by its code.
pub fn region(id: &str) -> Option<&'static Region> {
    regions().iter().find(|r| r.id == id)
}

/// Prices of a Region, and the date they are from.
pub fn price(region: &str) -> Option<(&'static Price, &'static str)> {
    let price = PRICES.regions.iter().find(|p| p.region == region)?;
    Some((price, price.date.as_deref().unwrap_or(&PRICES.retrieved)))
}

/// All instance types, smallest families first.
pub fn instances() -> &'static [Instance] {
    &INSTANCES.instances
}

/// An instance type by its name.
pub fn instance(name: &str) -> Option<&'static Instance> {
    instances().iter().find(|i| i.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_read() {
        assert!(regions().len() > 30 && instances().len() > 150 && PRICES.regions.len() == 7);
        assert_eq!(region("ap-northeast-2").map(|r| r.ko.as_str()), Some("아시아 태평양(서울)"));
        assert_eq!(instance("t3.micro").map(|i| i.memory), Some(1024));
        for p in &PRICES.regions {
            assert!(region(&p.region).is_some());
        }
    }
}
