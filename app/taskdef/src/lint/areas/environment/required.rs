//! Variables without which the entry point of an official image stops.

use super::*;

/// An image, any of the variables that it wants, the secret that is usual, and where it keeps its data: what is there already was
/// set up before. Source: docker-entrypoint.sh of postgres, mysql and mariadb; SQL Server's container documentation.
struct Needs {
    image: &'static str,
    any: &'static [&'static str],
    usual: &'static str,
    data: &'static str,
}

const NEEDS: [Needs; 4] = [
    Needs {
        image: "postgres",
        any: &["POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"],
        usual: "POSTGRES_PASSWORD",
        data: "/var/lib/postgresql",
    },
    Needs {
        image: "mysql",
        any: &["MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD"],
        usual: "MYSQL_ROOT_PASSWORD",
        data: "/var/lib/mysql",
    },
    Needs {
        image: "mariadb",
        #[rustfmt::skip]
        any: &[
            "MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_FILE", "MARIADB_ROOT_PASSWORD_HASH", "MARIADB_ROOT_PASSWORD_HASH_FILE",
            "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "MARIADB_RANDOM_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE",
            "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD",
        ],
        usual: "MARIADB_ROOT_PASSWORD",
        data: "/var/lib/mysql",
    },
    Needs { image: MSSQL, any: &["MSSQL_SA_PASSWORD", "SA_PASSWORD"], usual: "MSSQL_SA_PASSWORD", data: "/var/opt/mssql" },
];

const MSSQL: &str = "mssql/server";

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(reference) = c.reference() else { continue };
        let name = match reference.registry {
            Some("mcr.microsoft.com") => reference.path,
            _ => reference.official().unwrap_or(""),
        };
        let Some(needs) = NEEDS.iter().find(|needs| needs.image == name) else { continue };
        // Another program, or a file that is not seen here.
        if says(c, "environmentFiles") || says(c, "command") || says(c, "entryPoint") {
            continue;
        }
        let rows = || list(c, "environment").iter().chain(list(c, "secrets")).filter_map(|row| text(row, "name"));
        let path = c.at("environment");
        let severity = if task.fargate() && !keeps(task, c, needs.data) { Error } else { Warning };
        if !rows().any(|name| needs.any.contains(&name)) {
            let finding = report.at(&ENV_IMAGE_REQUIRED, &path).severity(severity).text("name", c.name()).text("value", needs.usual);
            finding.fix("fix", vec![("value", Param::Text(needs.usual.into()))], ask_secret(c, needs.usual)).done();
        } else if needs.image == MSSQL && !rows().any(|name| name == "ACCEPT_EULA") {
            // Only the person can accept a licence.
            report.at(&ENV_IMAGE_REQUIRED, &path).severity(severity).variant("licence").text("name", c.name());
        }
    }
}

/// Whether an image of these stops without a variable of this name.
pub(in crate::lint) fn is_needed(name: &str) -> bool {
    NEEDS.iter().any(|needs| needs.any.contains(&name))
}

/// Whether the data directory is on a volume that outlives the task.
fn keeps(task: &Task<'_>, c: ContainerView<'_>, data: &str) -> bool {
    const LASTING: [&str; 4] = ["efsVolumeConfiguration", "s3filesVolumeConfiguration", "dockerVolumeConfiguration", "configuredAtLaunch"];
    let at = |m: &&Value| text(*m, "containerPath").is_some_and(|path| path.starts_with(data) || data.starts_with(path));
    list(c, "mountPoints").iter().filter(at).filter_map(|m| text(m, "sourceVolume")).any(|name| {
        let volume = list(task.definition, "volumes").iter().find(|v| text(*v, "name") == Some(name));
        volume.is_some_and(|v| LASTING.iter().any(|kind| says(v, kind)))
    })
}

/// Adds a secret whose place is still to be filled in.
fn ask_secret(c: ContainerView<'_>, name: &str) -> Edit {
    let list = c.at("secrets");
    let mut ops = Vec::new();
    if present(c.value(), "secrets").is_none() {
        ops.push(Op::Add { path: list.clone(), value: json!([]), at: None });
    }
    ops.push(Op::Add { path: format!("{list}/-"), value: json!({ "name": name, "valueFrom": "" }), at: None });
    Edit(ops)
}
