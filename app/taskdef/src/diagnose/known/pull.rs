//! What stands between the task and its image.

use super::{Known, outside, rule, start};
use crate::{lint::areas::*, messages::all::*};

/// The cause that the address of an image shows by itself.
pub(in crate::diagnose) const UPPERCASE: &str = "pull-uppercase";

/// The nearest to the cause first.
pub(super) static TEXTS: &[Known] = &[
    outside(
        &DOCTOR_PULL_DIGEST,
        &["failed to resolve ref*@sha256:*: not found", "이미지 버전 안정성", "enforces image version stability", "image version stability"],
        &["pull-tag", "pull-missing", "pull-any"],
    ),
    start(&DOCTOR_DISK_WINDOWS, &["there is not enough space on the disk"], &[&windows::WINDOWS_IMAGE_SIZE], &["pull-any"]),
    // Also found by the address itself, whatever is said of it.
    Known {
        hides: &["pull-reference", "pull-digest", "pull-denied", "pull-tag", "pull-repository", "pull-missing", "pull-any"],
        ..rule(UPPERCASE, &["repository name must be lowercase", "repository name (*) must be lowercase"], &[&image::IMAGE_UPPERCASE])
    },
    Known { hides: &["pull-any"], ..rule("pull-reference", &["invalid reference format"], &[&image::IMAGE_REFERENCE_GRAMMAR]) },
    outside(&DOCTOR_PULL_CERTIFICATE, &["x509: certificate signed by unknown authority"], &["pull-any"]),
    start(
        &DOCTOR_PULL_PLATFORM,
        &["the requested image's platform", "does not contain descriptor matching platform", "no matching manifest for"],
        &[&image::IMAGE_ARCH_MISMATCH, &runtime_platform::PLATFORM_APPLE_SILICON],
        &["pull-missing", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_DENIED,
        &["pull access denied", "requested access to the resource is denied", "insufficient_scope: authorization failed"],
        &[&wizard::WIZARD_HUB_ID_REQUIRED, &image::IMAGE_OFFICIAL_TYPO, &image::IMAGE_ECR_FORM, &container::CONTAINER_REPOSITORY_CREDENTIALS],
        &["pull-missing", "pull-role", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_TAG,
        &["manifest for*not found", "failed to resolve ref*: not found", "manifest unknown"],
        &[&image::IMAGE_LATEST_TAG, &image::IMAGE_EMPTY_TAG],
        &["pull-missing", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_REPOSITORY,
        &["name unknown: the repository with name", "api error (404): repository*not found"],
        &[&image::IMAGE_ECR_FORM, &image::IMAGE_ECR_REGION_DIFFERS, &image::IMAGE_ECR_PLACEHOLDER],
        &["pull-missing", "pull-any"],
    ),
    start(
        &DOCTOR_PULL_BLOCKED,
        &["request canceled while waiting for connection", "the task can't pull the image. check your network configuration", "dial tcp*i/o timeout"],
        &[&image::IMAGE_HUB_NEEDS_INTERNET],
        &["pull-any"],
    ),
    outside(&DOCTOR_PULL_LAYERS, &["httpreaderseeker: failed open: unexpected status code"], &["pull-any"]),
    start(&DOCTOR_PULL_RATE, &["you have reached your pull rate limit", "toomanyrequests"], &[&image::IMAGE_DOCKER_HUB_RATE_LIMIT], &["pull-any"]),
    start(
        &DOCTOR_PULL_ROLE,
        &["is not authorized to perform: ecr:", "check that the role has the permissions to pull images from the registry"],
        &[&image::IMAGE_ECR_NEEDS_EXECUTION_ROLE, &iam::IAM_ROLES_SWAPPED],
        &["pull-any"],
    ),
    start(
        &DOCTOR_PULL_MISSING,
        &["the task can't pull the image. check whether the image exists"],
        &[&wizard::WIZARD_HUB_ID_REQUIRED, &image::IMAGE_OFFICIAL_TYPO, &image::IMAGE_ECR_FORM],
        &["pull-any"],
    ),
    start(&DOCTOR_DISK_FULL, &["no space left on device"], &[&ephemeral_storage::EPHEMERAL_IMAGE_SIZE, &logging::LOG_JSON_FILE_SIZE], &["pull-any"]),
    outside(&DOCTOR_DISK_POOL, &["devmapper: thin pool has"], &[]),
];
