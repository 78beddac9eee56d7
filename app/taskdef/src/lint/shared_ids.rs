//! Ids that the browser's program names too: it has no rules, only what the server found.
//!
//! Each rule here is declared with its constant, so that both sides have one spelling.

macro_rules! ids {
    ($($name:ident = $id:literal;)+) => {
        $(
            #[doc = concat!("`", $id, "`")]
            pub const $name: &str = $id;
        )+
    };
}

ids! {
    CONTAINER_CPU_SUM = "container-cpu-sum";
    CONTAINER_NAME_UNIQUE = "container-name-unique";
    HEALTH_TIMEOUT_VS_INTERVAL = "health-timeout-vs-interval";
    LOG_AWSLOGS_EXECUTION_ROLE = "log-awslogs-execution-role";
    PORT_CONFLICT_ACROSS_CONTAINERS = "port-conflict-across-containers";
    PORT_DUPLICATE_IN_CONTAINER = "port-duplicate-in-container";
    PORT_NAME_UNIQUE = "port-name-unique";
    RESOURCES_HARD_SUM = "resources-hard-sum";
    RESOURCES_MEMORY_OVER_TASK = "resources-memory-over-task";
    RESOURCES_RESERVATION_OVER_MEMORY = "resources-reservation-over-memory";
    RESOURCES_RESERVED_SUM = "resources-reserved-sum";
    SECRET_NEEDS_EXECUTION_ROLE = "secret-needs-execution-role";
    SIZING_EC2_FITS_INSTANCE = "sizing-ec2-fits-instance";
    SIZING_FARGATE_PAIR = "sizing-fargate-pair";
    TASK_TEMPLATE_PLACEHOLDER = "task-template-placeholder";
    WIZARD_HUB_ID_REQUIRED = "wizard-hub-id-required";
}
