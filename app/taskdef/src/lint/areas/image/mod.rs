//! Image references.

mod execution_role;
mod looked;
mod reference;

use crate::lint::prelude::*;

rules! { Image;
    pub static IMAGE_REFERENCE_GRAMMAR: Rule =
        error("image-reference-grammar", "distribution reference grammar");
    pub static IMAGE_HUB_FORM: Rule = error("image-hub-form", "Docker Hub: repository names");
    pub static IMAGE_NO_SCHEME: Rule = error("image-no-scheme", "distribution reference grammar");
    pub static IMAGE_UPPERCASE: Rule = error("image-uppercase", "distribution reference grammar");
    pub static IMAGE_WHITESPACE: Rule = error("image-whitespace", "distribution reference grammar");
    pub static IMAGE_EMPTY_TAG: Rule = error("image-empty-tag", "distribution reference grammar");
    pub static IMAGE_TAG_LENGTH: Rule = error("image-tag-length", "distribution reference grammar");
    pub static IMAGE_DIGEST_FORM: Rule =
        error("image-digest-form", "API reference: ContainerDefinition.image");
    pub static IMAGE_LENGTH: Rule =
        error("image-length", "API reference: ContainerDefinition.image");
    pub static IMAGE_LATEST_TAG: Rule =
        warning("image-latest-tag", "Developer Guide: task definition parameters, image");
    pub static IMAGE_DIGEST_AND_TAG: Rule =
        advice("image-digest-and-tag", "distribution reference grammar");
    pub static IMAGE_ECR_FORM: Rule =
        error("image-ecr-form", "API reference: ECR RepositoryName; Developer Guide: CannotPullContainer task errors");
    pub static IMAGE_ECR_REGION_DIFFERS: Rule =
        warning("image-ecr-region-differs", "Amazon ECR: data transfer between Regions");
    pub static IMAGE_ECR_PLACEHOLDER: Rule =
        warning("image-ecr-placeholder", "Account numbers of AWS's own examples");
    pub static IMAGE_ECR_NEEDS_EXECUTION_ROLE: Rule =
        error("image-ecr-needs-execution-role", "API reference: RegisterTaskDefinition.executionRoleArn");
    pub static IMAGE_PUBLIC_ECR_FORM: Rule =
        warning("image-public-ecr-form", "Amazon ECR Public: repository names");
    pub static IMAGE_DOCKER_HUB_RATE_LIMIT: Rule =
        advice("image-docker-hub-rate-limit", "Developer Guide: CannotPullContainer task errors");
    pub static IMAGE_HUB_NEEDS_INTERNET: Rule =
        advice("image-hub-needs-internet", "Developer Guide: CannotPullContainer task errors");
    pub static IMAGE_OFFICIAL_TYPO: Rule =
        warning("image-official-typo", "Docker Hub's official images");
    pub static IMAGE_ARCH_MISMATCH: Rule =
        warning("image-arch-mismatch", "Names of tags and repositories");
    pub static IMAGE_WINDOWS_LINUX_MISMATCH: Rule =
        warning("image-windows-linux-mismatch", "Developer Guide: Windows containers on Fargate");
    pub static IMAGE_SAME_FOR_ALL: Rule =
        advice("image-same-for-all", "API reference: ContainerDefinition.image");
    pub static IMAGE_ARN: Rule =
        error("image-arn", "API reference: ContainerDefinition.image");
    pub static IMAGE_BARE_DIGEST: Rule =
        error("image-bare-digest", "Container registry specification: image references");
    pub static IMAGE_EXISTS: Rule =
        error("image-exists", "Container registry specification: manifests").waits(NeedsRegistry);
    pub static IMAGE_NGINX_HOST: Rule =
        warning("image-nginx-host", "nginx: ngx_http_proxy_module; Developer Guide: awsvpc network mode").waits(NeedsRegistry);
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &IMAGE_REFERENCE_GRAMMAR,
            &IMAGE_HUB_FORM,
            &IMAGE_ARN,
            &IMAGE_BARE_DIGEST,
            &IMAGE_NO_SCHEME,
            &IMAGE_UPPERCASE,
            &IMAGE_WHITESPACE,
            &IMAGE_EMPTY_TAG,
            &IMAGE_TAG_LENGTH,
            &IMAGE_DIGEST_FORM,
            &IMAGE_LENGTH,
            &IMAGE_ECR_FORM,
        ],
        run: reference::form,
    },
    Pass { reports: &[&IMAGE_LATEST_TAG, &IMAGE_DIGEST_AND_TAG], run: reference::version },
    Pass { reports: &[&IMAGE_ECR_REGION_DIFFERS, &IMAGE_ECR_PLACEHOLDER, &IMAGE_PUBLIC_ECR_FORM], run: reference::ecr },
    Pass { reports: &[&IMAGE_DOCKER_HUB_RATE_LIMIT, &IMAGE_HUB_NEEDS_INTERNET], run: reference::internet },
    Pass { reports: &[&IMAGE_OFFICIAL_TYPO], run: reference::typo },
    Pass { reports: &[&IMAGE_ARCH_MISMATCH], run: reference::arch },
    Pass { reports: &[&IMAGE_WINDOWS_LINUX_MISMATCH], run: reference::windows },
    Pass { reports: &[&IMAGE_SAME_FOR_ALL], run: reference::same },
    Pass { reports: &[&IMAGE_EXISTS], run: looked::missing },
    Pass { reports: &[&IMAGE_NGINX_HOST], run: looked::nginx },
    Pass { reports: &[&IMAGE_ECR_NEEDS_EXECUTION_ROLE], run: execution_role::missing },
];
