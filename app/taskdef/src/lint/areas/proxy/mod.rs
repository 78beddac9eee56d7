//! The App Mesh proxy.

mod app_mesh;

use crate::lint::prelude::*;

rules! { Proxy;
    pub static PROXY_AWSVPC: Rule = error("proxy-awsvpc", "API reference: ProxyConfiguration");
    pub static PROXY_CONTAINER: Rule =
        error("proxy-container", "API reference: ProxyConfiguration.containerName");
    pub static PROXY_TYPE_ENUM: Rule =
        error("proxy-type-enum", "API reference: ProxyConfigurationType");
    pub static PROXY_PROPERTIES: Rule =
        error("proxy-properties", "API reference: ProxyConfiguration.properties");
    pub static PROXY_EGRESS_IGNORED_IPS: Rule =
        advice("proxy-egress-ignored-ips", "API reference: ProxyConfiguration.properties");
    pub static PROXY_RETIRED: Rule = warning("proxy-retired", "AWS App Mesh: end of support on 30 September 2026");
}

/// What finds them.
pub static PASSES: &[Pass] = &[Pass {
    reports: &[&PROXY_AWSVPC, &PROXY_CONTAINER, &PROXY_TYPE_ENUM, &PROXY_PROPERTIES, &PROXY_EGRESS_IGNORED_IPS, &PROXY_RETIRED],
    run: app_mesh::check,
}];
