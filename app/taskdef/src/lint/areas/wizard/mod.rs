//! Four questions of the wizard's own: the rule book has rules only about what was answered.

mod questions;

use crate::lint::{prelude::*, shared_ids};

rules! { Wizard;
    pub static WIZARD_REGION_REQUIRED: Rule =
        error("wizard-region-required", "Taskwright's own question");
    pub static WIZARD_LAUNCH_REQUIRED: Rule =
        error("wizard-launch-required", "Taskwright's own question");
    pub static WIZARD_CLUSTER_NAME_REQUIRED: Rule =
        error("wizard-cluster-name-required", "Taskwright's own question");
    pub static WIZARD_HUB_ID_REQUIRED: Rule =
        warning(shared_ids::WIZARD_HUB_ID_REQUIRED, "Taskwright's own question");
}

/// What finds them.
pub static PASSES: &[Pass] =
    &[Pass { reports: &[&WIZARD_REGION_REQUIRED, &WIZARD_LAUNCH_REQUIRED, &WIZARD_CLUSTER_NAME_REQUIRED, &WIZARD_HUB_ID_REQUIRED], run: questions::answered }];
