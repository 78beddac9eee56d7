//! service_connect

use crate::lint::prelude::*;

rules! { ServiceConnect;
    pub static SC_PORT_NAME: Rule =
        warning("sc-port-name", "API reference: ServiceConnectService.portName").waits(NeedsAccount);
    pub static SC_DNS_NAME: Rule =
        error("sc-dns-name", "API reference: ServiceConnectClientAlias").waits(NeedsAccount);
    pub static SC_ONE_ALIAS: Rule =
        error("sc-one-alias", "API reference: ServiceConnectService").waits(NeedsAccount);
    pub static SC_DISCOVERY_NAME: Rule =
        error("sc-discovery-name", "API reference: ServiceConnectService").waits(NeedsAccount);
    pub static SC_TASK_MEMORY: Rule =
        error("sc-task-memory", "Developer Guide: Service Connect").waits(NeedsAccount);
    pub static SC_APP_PROTOCOL_IMMUTABLE: Rule =
        advice("sc-app-protocol-immutable", "API reference: PortMapping").waits(NeedsAccount);
}
