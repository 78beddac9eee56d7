//! Secrets, logs, volumes and the first instruction of the program.

use super::{Known, general, outside, rule, start};
use crate::{lint::areas::*, messages::all::*};

/// The nearest to the cause first.
pub(super) static TEXTS: &[Known] = &[
    start(
        &DOCTOR_SECRET_NOT_JSON,
        &["unable to retrieve secret from asm*invalid character"],
        &[&secrets::SECRET_VALUE_FROM_FORM],
        &["secret-any", "secret-missing"],
    ),
    start(&DOCTOR_SECRET_KEY, &["did not contain json key"], &[&secrets::SECRET_VALUE_FROM_FORM], &["secret-any"]),
    start(
        &DOCTOR_SECRET_MISSING,
        &[
            "secrets manager can't find the specified secret",
            "unable to retrieve secrets from ssm*invalid parameters",
            "fetching secret data from ssm parameter store*invalid parameters",
            "invalid ssm parameters",
        ],
        &[&secrets::SECRET_VALUE_FROM_FORM, &secrets::SECRET_REGION_DIFFERS],
        &["secret-any"],
    ),
    Known {
        hides: &["secret-any"],
        ..rule(
            "secret-form",
            &["unexpected arn format with parameters when trying to retrieve asm secret"],
            &[&secrets::SECRET_VALUE_FROM_FORM, &secrets::SECRET_JSON_KEY_COLONS],
        )
    },
    outside(&DOCTOR_ENI_TIMEOUT, &["timeout waiting for network interface provisioning", "timed out waiting for network interface provisioning"], &[]),
    outside(
        &DOCTOR_STORAGE_TIMEOUT,
        &["timeout waiting for ephemeral storage provisioning", "timeout waiting for ebs volume attachment", "timed out waiting for ebs"],
        &[],
    ),
    outside(
        &DOCTOR_EFS_BLOCKED,
        &[
            "failed to invoke efs utils commands*connection timed out",
            "failed to invoke efs utils commands*mount.nfs4: connection reset by peer",
            "failed to invoke efs utils commands*timeout",
        ],
        &["efs-any"],
    ),
    start(
        &DOCTOR_EFS_PATH,
        &["failed to invoke efs utils commands*reason given by server: no such file or directory"],
        &[&volumes::VOLUME_EFS_ID],
        &["efs-any"],
    ),
    start(&DOCTOR_VOLUME_CHOWN, &["failed to chown /var/lib/ecs/volumes", "failed to copy file info for"], &[&volumes::VOLUME_EFS_ID], &["start-any"]),
    start(&DOCTOR_NOT_EXECUTABLE, &["permission denied: unknown"], &[&container::CONTAINER_COMMAND_ONE_ITEM], &["start-any"]),
    start(&DOCTOR_SCRIPT_LINE_ENDS, &["exec /*: no such file or directory"], &[&container::CONTAINER_ENTRYPOINT_CLEARS_CMD], &[]),
    Known {
        hides: &["start-any"],
        ..rule("windows-host", &["the container operating system does not match the host operating system"], &[&windows::WINDOWS_VERSION_MATCH])
    },
    Known { hides: &["exited", "exit-1"], ..rule("readonly-file-system", &["read-only file system"], &[&container::CONTAINER_READONLY_ROOT_BREAKS]) },
    start(
        &DOCTOR_LOG_GROUP_MISSING,
        &["the specified log group does not exist"],
        &[&logging::LOG_CREATE_GROUP_MISSING, &logging::LOG_AWSLOGS_REGION_DIFFERS, &logging::LOG_AWSLOGS_REGION],
        &["log-any"],
    ),
    start(
        &DOCTOR_LOG_DENIED,
        &["failed to validate logger args*accessdenied", "is not authorized to perform: logs:"],
        &[&logging::LOG_CREATE_GROUP_PERMISSION, &logging::LOG_AWSLOGS_EXECUTION_ROLE],
        &["log-any"],
    ),
    outside(&DOCTOR_LOG_BLOCKED, &["the task cannot find the amazon cloudwatch log group defined in the task definition"], &["log-any"]),
    general(&DOCTOR_LOG_ANY, &["failed to validate logger args"], &[&logging::LOG_AWSLOGS_GROUP, &logging::LOG_AWSLOGS_REGION], &[]),
    start(&DOCTOR_LOG_AGENT, &["failed to initialize logging driver: credentialsendpointerror"], &[&logging::LOG_AWSLOGS_EXECUTION_ROLE], &["start-any"]),
    start(
        &DOCTOR_SECRET_DENIED,
        &[
            "unable to pull secrets or registry auth*accessdenied",
            "is not authorized to perform: secretsmanager:getsecretvalue",
            "is not authorized to perform: ssm:getparameters",
            "is not authorized to perform: kms:decrypt",
        ],
        &[&secrets::SECRET_ROLE_PERMISSIONS, &secrets::SECRET_NEEDS_EXECUTION_ROLE, &iam::IAM_ROLES_SWAPPED],
        &["secret-any"],
    ),
    outside(
        &DOCTOR_SECRET_BLOCKED,
        &[
            "there is a connection issue between the task and secrets manager",
            "there is a connection issue between the task and aws secrets manager",
            "there is a connection issue between the task and amazon ecr",
            "there is a connection issue between the task and aws systems manager",
            "unable to pull secrets or registry auth*context deadline",
            "unable to pull secrets or registry auth*requestcanceled",
            "unable to pull secrets or registry auth*connection issue",
        ],
        &["secret-any"],
    ),
    general(&DOCTOR_SECRET_ANY, &["unable to pull secrets or registry auth"], &[&secrets::SECRET_VALUE_FROM_FORM, &secrets::SECRET_REGION_DIFFERS], &[]),
    start(&DOCTOR_EFS_TARGET, &["failed to invoke efs utils commands*failed to resolve"], &[&volumes::VOLUME_EFS_ID], &["efs-any"]),
    start(
        &DOCTOR_EFS_DENIED,
        &["failed to invoke efs utils commands*access denied by server while mounting"],
        &[&volumes::VOLUME_EFS_IAM_TASK_ROLE, &volumes::VOLUME_EFS_IAM_TLS],
        &["efs-any"],
    ),
    general(&DOCTOR_EFS_ANY, &["failed to invoke efs utils commands"], &[&volumes::VOLUME_EFS_ID], &[]),
    start(&DOCTOR_EXEC_FORMAT, &["exec format error"], &[&image::IMAGE_ARCH_MISMATCH, &runtime_platform::PLATFORM_APPLE_SILICON], &["exit-1", "start-any"]),
    start(&DOCTOR_MOUNT_FILE, &["error mounting*not a directory"], &[&volumes::VOLUME_MOUNT_FILE_PATH], &["start-any"]),
    start(
        &DOCTOR_NO_SUCH_COMMAND,
        &["executable file not found in $path", "exec:*no such file or directory: unknown"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM, &container::CONTAINER_COMMAND_SHELL_OPERATORS, &container::CONTAINER_ENTRYPOINT_CLEARS_CMD],
        &["start-any"],
    ),
    start(&DOCTOR_DEVICE_MISSING, &["error gathering device information while adding custom device"], &[], &["start-any"]),
];
