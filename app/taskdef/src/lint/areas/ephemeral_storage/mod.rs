//! Fargate's disk.

mod size;

use crate::lint::prelude::*;

rules! { EphemeralStorage;
    pub static EPHEMERAL_RANGE: Rule =
        error("ephemeral-range", "API reference: EphemeralStorage.sizeInGiB");
    pub static EPHEMERAL_REQUIRED: Rule =
        error("ephemeral-required", "API reference: EphemeralStorage.sizeInGiB");
    pub static EPHEMERAL_COST: Rule =
        advice("ephemeral-cost", "AWS Price List: Fargate ephemeral storage");
    pub static EPHEMERAL_IMAGE_SIZE: Rule =
        advice("ephemeral-image-size", "Developer Guide: Fargate task ephemeral storage").waits(NeedsRegistry);
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&EPHEMERAL_RANGE, &EPHEMERAL_REQUIRED, &EPHEMERAL_COST], run: size::size },
    Pass { reports: &[&EPHEMERAL_IMAGE_SIZE], run: size::images },
];
