//! The areas of the rule book: one folder each, with its rules and the passes that report them.
//!
//! `mod.rs` of an area declares its rules ([`rules!`](crate::lint::declare)) and lists its passes; each other file is a pass,
//! or a few that read the same values.

pub mod cluster;
pub mod container;
pub mod dependencies;
pub mod ec2;
pub mod environment;
pub mod ephemeral_storage;
pub mod fargate;
pub mod health_check;
pub mod iam;
pub mod image;
pub mod limits;
pub mod linux;
pub mod logging;
pub mod network;
pub mod port;
pub mod proxy;
pub mod region;
pub mod resources;
pub mod runtime_platform;
pub mod secrets;
pub mod service;
pub mod service_connect;
pub mod sizing;
pub mod tags;
pub mod task;
pub mod timeouts;
pub mod volumes;
pub mod windows;
pub mod wizard;

use super::{Area, Pass, Rule};

/// What an area has.
pub struct Contents {
    /// Which area.
    pub area: Area,
    /// Its rules, in the order of the rule book.
    pub rules: &'static [&'static Rule],
    /// What finds their findings, in a task definition.
    pub passes: &'static [Pass],
}

const fn area(area: Area, rules: &'static [&'static Rule], passes: &'static [Pass]) -> Contents {
    Contents { area, rules, passes }
}

/// All areas, in the order in which they are evaluated and listed.
pub static ALL: [Contents; Area::COUNT] = [
    area(Area::Task, task::RULES, task::PASSES),
    area(Area::Wizard, wizard::RULES, wizard::PASSES),
    area(Area::Cluster, cluster::RULES, cluster::PASSES),
    area(Area::Region, region::RULES, region::PASSES),
    area(Area::Sizing, sizing::RULES, sizing::PASSES),
    area(Area::Container, container::RULES, container::PASSES),
    area(Area::Image, image::RULES, image::PASSES),
    area(Area::Port, port::RULES, port::PASSES),
    area(Area::Resources, resources::RULES, resources::PASSES),
    area(Area::HealthCheck, health_check::RULES, health_check::PASSES),
    area(Area::Environment, environment::RULES, environment::PASSES),
    area(Area::Secrets, secrets::RULES, secrets::PASSES),
    area(Area::Logging, logging::RULES, logging::PASSES),
    area(Area::Dependencies, dependencies::RULES, dependencies::PASSES),
    area(Area::Timeouts, timeouts::RULES, timeouts::PASSES),
    area(Area::Volumes, volumes::RULES, volumes::PASSES),
    area(Area::Network, network::RULES, network::PASSES),
    area(Area::Iam, iam::RULES, iam::PASSES),
    area(Area::Fargate, fargate::RULES, fargate::PASSES),
    area(Area::Linux, linux::RULES, linux::PASSES),
    area(Area::Windows, windows::RULES, windows::PASSES),
    area(Area::Ec2, ec2::RULES, ec2::PASSES),
    area(Area::EphemeralStorage, ephemeral_storage::RULES, ephemeral_storage::PASSES),
    area(Area::RuntimePlatform, runtime_platform::RULES, runtime_platform::PASSES),
    area(Area::Tags, tags::RULES, tags::PASSES),
    area(Area::Limits, limits::RULES, limits::PASSES),
    area(Area::ServiceConnect, service_connect::RULES, &[]),
    area(Area::Proxy, proxy::RULES, proxy::PASSES),
    area(Area::Service, service::RULES, &[]),
];
