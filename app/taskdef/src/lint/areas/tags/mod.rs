//! Tags.

mod form;

use crate::lint::prelude::*;

rules! { Tags;
    pub static TAG_COUNT: Rule = error("tag-count", "API reference: RegisterTaskDefinition.tags");
    pub static TAG_EMPTY_LIST: Rule =
        warning("tag-empty-list", "Reports of tools that send an empty list");
    pub static TAG_KEY_FORM: Rule = error("tag-key-form", "API reference: TagKey");
    pub static TAG_VALUE_FORM: Rule = error("tag-value-form", "API reference: TagValue");
    pub static TAG_KEY_UNIQUE: Rule =
        error("tag-key-unique", "API reference: RegisterTaskDefinition.tags");
    pub static TAG_AWS_PREFIX: Rule =
        error("tag-aws-prefix", "API reference: RegisterTaskDefinition.tags");
    pub static TAG_MISSING: Rule = advice("tag-missing", "Security Hub ECS.15");
}

/// What finds them.
pub static PASSES: &[Pass] =
    &[Pass { reports: &[&TAG_COUNT, &TAG_EMPTY_LIST, &TAG_KEY_FORM, &TAG_VALUE_FORM, &TAG_KEY_UNIQUE, &TAG_AWS_PREFIX, &TAG_MISSING], run: form::check }];
