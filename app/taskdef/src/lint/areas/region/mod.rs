//! The Region, and what is where.

mod chosen;

use crate::lint::prelude::*;

rules! { Region;
    pub static REGION_UNKNOWN: Rule =
        error("region-unknown", "Regions of Amazon ECS in the SDK's endpoints");
    pub static REGION_FARGATE_UNKNOWN: Rule =
        warning("region-fargate-unknown", "Developer Guide: Supported Regions for Amazon ECS on AWS Fargate");
    pub static REGION_WINDOWS: Rule =
        warning("region-windows", "Developer Guide: Supported Regions for Amazon ECS on AWS Fargate");
    pub static REGION_ZONE_LIMITS: Rule =
        advice("region-zone-limits", "Developer Guide: Supported Regions for Amazon ECS on AWS Fargate");
    pub static REGION_ARN_MIX: Rule = warning("region-arn-mix", "ARNs of the definition");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&REGION_UNKNOWN, &REGION_FARGATE_UNKNOWN, &REGION_WINDOWS, &REGION_ZONE_LIMITS], run: chosen::chosen },
    Pass { reports: &[&REGION_ARN_MIX], run: chosen::arns },
];
