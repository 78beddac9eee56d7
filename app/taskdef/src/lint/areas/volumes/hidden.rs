//! Mounts over what the program or the system needs at that place.

use super::{volume::by_name, *};
use std::cell::LazyCell;

/// Images by the last word of their name, the directory of their program, and where in it the data is.
/// Source: the Dockerfiles of the images.
const HOMES: &[(&str, &str, &str)] = &[
    ("sonarqube", "/opt/sonarqube", "/opt/sonarqube/data"),
    ("nexus3", "/opt/sonatype", "/nexus-data"),
    ("keycloak", "/opt/keycloak", "/opt/keycloak/data"),
    ("elasticsearch", "/usr/share/elasticsearch", "/usr/share/elasticsearch/data"),
    ("opensearch", "/usr/share/opensearch", "/usr/share/opensearch/data"),
    ("kibana", "/usr/share/kibana", "/usr/share/kibana/data"),
    ("logstash", "/usr/share/logstash", "/usr/share/logstash/data"),
    ("grafana", "/usr/share/grafana", "/var/lib/grafana"),
    ("tomcat", "/usr/local/tomcat", "/usr/local/tomcat/webapps"),
    ("solr", "/opt/solr", "/var/solr"),
];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    if task.windows {
        return;
    }
    let volumes = LazyCell::new(|| by_name(task));
    for c in objects(task) {
        let name = c.reference().map_or("", |r| r.path.rsplit('/').next().unwrap_or(r.path));
        for (i, m) in list(c, "mountPoints").iter().enumerate() {
            let Some(place) = text(m, "containerPath").map(|p| p.trim_end_matches('/')) else { continue };
            let at = || c.at(&format!("mountPoints/{i}/containerPath"));
            if place == "/dev/shm" {
                let row = c.at(&format!("mountPoints/{i}"));
                report.at(&VOLUME_MOUNT_DEV_SHM, at()).text("name", c.name()).fix("fix", Vec::new(), shared_memory(task, c, &row));
                continue;
            }
            let Some((_, home, data)) = HOMES.iter().find(|(image, home, _)| *image == name && *home == place) else { continue };
            // Docker copies the image’s files into an empty volume. A mounted file system hides them.
            let volume = text(m, "sourceVolume").and_then(|name| volumes.get(name).copied());
            if volume.is_some_and(|v| find(v, "efsVolumeConfiguration").is_some() || find(v, "s3filesVolumeConfiguration").is_some()) {
                report.at(&VOLUME_MOUNT_HIDES_PROGRAM, at()).text("value", *home).text("name", c.name()).set(task.definition, &at(), *data);
            }
        }
    }
}

/// A tmpfs in the place of a mount.
fn shared_memory(task: &Task<'_>, c: ContainerView<'_>, row: &str) -> Edit {
    let tmpfs = json!({ "containerPath": "/dev/shm", "size": 256 });
    let list = c.at("linuxParameters/tmpfs");
    let mut fix = edit::clear(task.definition, row);
    match find(c, "linuxParameters/tmpfs") {
        Some(Value::Array(_)) => fix.0.push(Op::Add { path: format!("{list}/-"), value: tmpfs, at: None }),
        Some(_) => return Edit::default(),
        None if find(c, "linuxParameters").is_none_or(Value::is_object) => fix.0.extend(edit::set(task.definition, &list, json!([tmpfs])).0),
        None => return Edit::default(),
    }
    fix
}
