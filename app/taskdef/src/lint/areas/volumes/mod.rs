//! Volumes of the task, by kind.

mod efs;
mod hidden;
mod mounts;
mod owner;
mod volume;

use crate::lint::prelude::*;

rules! { Volumes;
    pub static VOLUME_NAME_REQUIRED: Rule =
        error("volume-name-required", "Amazon ECS agent: volumes; API reference: Volume.name");
    pub static VOLUME_NAME_FORMAT: Rule = error("volume-name-format", "API reference: Volume.name");
    pub static VOLUME_NAME_UNIQUE: Rule = error("volume-name-unique", "API reference: Volume.name");
    pub static VOLUME_ONE_KIND: Rule = error("volume-one-kind", "API reference: Volume");
    pub static VOLUME_MOUNT_UNKNOWN: Rule =
        error("volume-mount-unknown", "API reference: MountPoint.sourceVolume");
    pub static VOLUME_MOUNT_PATH_ABSOLUTE: Rule =
        error("volume-mount-path-absolute", "API reference: MountPoint.containerPath");
    pub static VOLUME_MOUNT_PATH_DUPLICATE: Rule =
        error("volume-mount-path-duplicate", "Docker: mount points");
    pub static VOLUME_MOUNT_SHADOW: Rule =
        warning("volume-mount-shadow", "Directories of the official images");
    pub static VOLUME_MOUNT_FILE_PATH: Rule =
        warning("volume-mount-file-path", "Developer Guide: bind mounts");
    pub static VOLUME_UNUSED: Rule =
        warning("volume-unused", "API reference: RegisterTaskDefinition.volumes");
    pub static VOLUME_LAUNCH_UNUSED: Rule =
        error("volume-launch-unused", "API reference: Volume.configuredAtLaunch");
    pub static VOLUME_VOLUMES_FROM_UNKNOWN: Rule =
        error("volume-volumes-from-unknown", "API reference: VolumeFrom.sourceContainer");
    pub static VOLUME_FARGATE_SOURCE_PATH: Rule =
        error("volume-fargate-source-path", "API reference: HostVolumeProperties.sourcePath");
    pub static VOLUME_FARGATE_DOCKER_VOLUME: Rule =
        error("volume-fargate-docker-volume", "API reference: DockerVolumeConfiguration");
    pub static VOLUME_DOCKER_AUTOPROVISION: Rule =
        error("volume-docker-autoprovision", "API reference: DockerVolumeConfiguration.autoprovision");
    pub static VOLUME_DOCKER_WINDOWS_DRIVER: Rule =
        error("volume-docker-windows-driver", "API reference: DockerVolumeConfiguration.driver");
    pub static VOLUME_DOCKER_SCOPE_ENUM: Rule =
        error("volume-docker-scope-enum", "API reference: Scope");
    pub static VOLUME_EFS_ID: Rule = error("volume-efs-id", "Amazon EFS API: FileSystemId");
    pub static VOLUME_EFS_ENUM: Rule =
        error("volume-efs-enum", "API reference: EFSTransitEncryption");
    pub static VOLUME_EFS_AP_ROOT: Rule =
        error("volume-efs-ap-root", "API reference: EFSVolumeConfiguration.rootDirectory");
    pub static VOLUME_EFS_IAM_TLS: Rule =
        error("volume-efs-iam-tls", "API reference: EFSAuthorizationConfig.iam");
    pub static VOLUME_EFS_AP_TLS: Rule =
        error("volume-efs-ap-tls", "API reference: EFSAuthorizationConfig.accessPointId");
    pub static VOLUME_EFS_PORT_TLS: Rule =
        error("volume-efs-port-tls", "API reference: EFSVolumeConfiguration.transitEncryptionPort");
    pub static VOLUME_EFS_IAM_TASK_ROLE: Rule =
        error("volume-efs-iam-task-role", "API reference: EFSAuthorizationConfig.iam");
    pub static VOLUME_EFS_ENCRYPTION: Rule = advice("volume-efs-encryption", "Security Hub ECS.18");
    pub static VOLUME_EFS_EXTERNAL: Rule =
        error("volume-efs-external", "Developer Guide: Amazon EFS volumes");
    pub static VOLUME_EFS_PLATFORM: Rule =
        advice("volume-efs-platform", "Developer Guide: Amazon EFS volumes");
    pub static VOLUME_S3FILES_ARN: Rule =
        error("volume-s3files-arn", "API reference: S3FilesVolumeConfiguration");
    pub static VOLUME_FSX_FIELDS: Rule =
        error("volume-fsx-fields", "API reference: FSxWindowsFileServerVolumeConfiguration");
    pub static VOLUME_LAUNCH_ONE: Rule =
        error("volume-launch-one", "API reference: Volume.configuredAtLaunch");
    pub static VOLUME_LAUNCH_WINDOWS: Rule =
        error("volume-launch-windows", "Developer Guide: Amazon EBS volumes");
    pub static VOLUME_BIND_NONROOT: Rule =
        warning("volume-bind-nonroot", "Developer Guide: bind mounts");
    pub static VOLUME_BIND_LOST: Rule =
        advice("volume-bind-lost", "API reference: HostVolumeProperties");
    pub static VOLUME_MOUNT_HIDES_PROGRAM: Rule =
        warning("volume-mount-hides-program", "Home directories of well-known images");
    pub static VOLUME_MOUNT_DEV_SHM: Rule =
        warning("volume-mount-dev-shm", "API reference: LinuxParameters.tmpfs");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &VOLUME_NAME_REQUIRED,
            &VOLUME_NAME_FORMAT,
            &VOLUME_NAME_UNIQUE,
            &VOLUME_ONE_KIND,
            &VOLUME_FARGATE_SOURCE_PATH,
            &VOLUME_FARGATE_DOCKER_VOLUME,
            &VOLUME_DOCKER_AUTOPROVISION,
            &VOLUME_DOCKER_WINDOWS_DRIVER,
            &VOLUME_DOCKER_SCOPE_ENUM,
            &VOLUME_LAUNCH_ONE,
            &VOLUME_LAUNCH_WINDOWS,
            &VOLUME_BIND_LOST,
        ],
        run: volume::each,
    },
    Pass {
        reports: &[
            &VOLUME_MOUNT_UNKNOWN,
            &VOLUME_MOUNT_PATH_ABSOLUTE,
            &VOLUME_MOUNT_PATH_DUPLICATE,
            &VOLUME_MOUNT_SHADOW,
            &VOLUME_MOUNT_FILE_PATH,
            &VOLUME_UNUSED,
            &VOLUME_LAUNCH_UNUSED,
            &VOLUME_VOLUMES_FROM_UNKNOWN,
        ],
        run: mounts::check,
    },
    Pass {
        reports: &[
            &VOLUME_EFS_ID,
            &VOLUME_EFS_ENUM,
            &VOLUME_EFS_AP_ROOT,
            &VOLUME_EFS_IAM_TLS,
            &VOLUME_EFS_AP_TLS,
            &VOLUME_EFS_PORT_TLS,
            &VOLUME_EFS_IAM_TASK_ROLE,
            &VOLUME_EFS_ENCRYPTION,
            &VOLUME_EFS_EXTERNAL,
            &VOLUME_EFS_PLATFORM,
            &VOLUME_S3FILES_ARN,
        ],
        run: efs::check,
    },
    Pass { reports: &[&VOLUME_FSX_FIELDS], run: volume::fsx },
    Pass { reports: &[&VOLUME_BIND_NONROOT], run: owner::check },
    Pass { reports: &[&VOLUME_MOUNT_HIDES_PROGRAM, &VOLUME_MOUNT_DEV_SHM], run: hidden::check },
];
