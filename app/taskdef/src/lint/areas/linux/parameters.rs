//! Linux parameters, kernel settings, namespaces.

use super::*;

/// Source: API reference, KernelCapabilities.
const CAPABILITIES: [&str; 39] = [
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "SYSLOG",
    "WAKE_ALARM",
];
/// Known to the kernel, not to the API's list.
const NEWER: [&str; 3] = ["BPF", "PERFMON", "CHECKPOINT_RESTORE"];

pub(super) fn capabilities(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        for (way, place) in [("add", "linuxParameters/capabilities/add"), ("drop", "linuxParameters/capabilities/drop")] {
            // What Fargate lets add is one word, and it says so itself.
            if way == "add" && task.fargate() {
                continue;
            }
            for (i, text) in texts(c, place).filter(|(_, text)| way == "add" || !CAPABILITIES.contains(text)) {
                let path = c.at(&format!("{place}/{i}"));
                let bare = text.strip_prefix("CAP_").unwrap_or(text);
                if CAPABILITIES.contains(&text) {
                    if matches!(text, "ALL" | "SYS_ADMIN") {
                        report.at(&LINUX_CAPABILITY_ALL, &path).text("value", text).text("name", c.name());
                    }
                } else if NEWER.contains(&bare) {
                    report.at(&LINUX_CAPABILITY_UNLISTED, &path).text("value", text);
                } else if text.starts_with("CAP_") && CAPABILITIES.contains(&bare) {
                    report.at(&LINUX_CAPABILITY_UNLISTED, &path).text("value", text).set(task.definition, &path, bare);
                } else {
                    let finding = report.at(&LINUX_CAPABILITY_ENUM, &path).text("value", text);
                    let right = bare.to_ascii_uppercase().replace('-', "_");
                    let right = right.strip_prefix("CAP_").unwrap_or(&right).to_owned();
                    if CAPABILITIES.contains(&right.as_str()) {
                        finding.set(task.definition, &path, right);
                    } else {
                        finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
                    }
                }
            }
        }
    }
}

/// Mount options of a tmpfs. Source: API reference, Tmpfs.
const MOUNT: &str = " defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime strictatime nostrictatime mode uid gid nr_inodes nr_blocks mpol ";

pub(super) fn parameters(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(linux) = find(c, "linuxParameters") else { continue };
        for (i, t) in list(linux, "tmpfs").iter().enumerate().filter(|(_, t)| t.is_object()) {
            tmpfs(task, &c.at(&format!("linuxParameters/tmpfs/{i}")), t, report);
        }
        for (i, d) in list(linux, "devices").iter().enumerate().filter(|_| !task.fargate()) {
            for (j, text) in texts(d, "permissions").filter(|(_, t)| !["read", "write", "mknod"].contains(t)) {
                let path = c.at(&format!("linuxParameters/devices/{i}/permissions/{j}"));
                let finding = report.at(&LINUX_DEVICE_PERMISSION, &path).text("value", text);
                let right = match text.to_ascii_lowercase().as_str() {
                    "r" | "read" => "read",
                    "w" | "write" => "write",
                    "m" | "mknod" => "mknod",
                    _ => "",
                };
                let letters: Option<Vec<&str>> =
                    text.chars().map(|c| [("r", "read"), ("w", "write"), ("m", "mknod")].into_iter().find(|(k, _)| k.starts_with(c)).map(|(_, v)| v)).collect();
                if !right.is_empty() {
                    finding.set(task.definition, &path, right);
                } else if let Some(words) = letters.filter(|_| texts(d, "permissions").count() == 1) {
                    let list = c.at(&format!("linuxParameters/devices/{i}/permissions"));
                    finding.fix("fix-all", vec![("value", Param::Text(words.join(", ")))], edit::set(task.definition, &list, json!(words)));
                }
            }
        }
        if !task.fargate() {
            swap(task, c, linux, report);
        }
    }
}

fn tmpfs(task: &Task<'_>, path: &str, t: &Value, report: &mut Report) {
    let place = find(t, "containerPath");
    if place.is_none_or(|p| p.as_str().is_some_and(|p| !p.starts_with('/'))) {
        let at = format!("{path}/containerPath");
        let finding = report.at(&LINUX_TMPFS_FIELDS, &at).variant("path");
        let right = place.and_then(Value::as_str).filter(|p| !p.is_empty()).map_or("/tmp".to_owned(), |p| format!("/{}", p.trim_start_matches("./")));
        finding.set(task.definition, &at, right);
    }
    if find(t, "size").is_none_or(|s| s.as_i64().is_some_and(|n| n < 1)) {
        let at = format!("{path}/size");
        report.at(&LINUX_TMPFS_FIELDS, &at).variant("size").set(task.definition, &at, 64);
    }
    for (i, option) in texts(t, "mountOptions") {
        let word = option.split('=').next().unwrap_or(option);
        if word.is_empty() || !MOUNT.contains(&format!(" {word} ")) {
            let at = format!("{path}/mountOptions/{i}");
            report.at(&LINUX_TMPFS_FIELDS, &at).text("value", option).fix("fix-remove", Vec::new(), edit::clear(task.definition, &at));
        }
    }
}

fn swap(task: &Task<'_>, c: ContainerView<'_>, linux: &Value, report: &mut Report) {
    let (swappiness, most) = (c.at("linuxParameters/swappiness"), c.at("linuxParameters/maxSwap"));
    if let Some(n) = integer(linux, "swappiness") {
        if !(0..=100).contains(&n) {
            report.at(&LINUX_SWAPPINESS_RANGE, &swappiness).text("value", n.to_string()).set(task.definition, &swappiness, if n > 100 { 100 } else { 60 });
        } else if find(linux, "maxSwap").is_none() {
            report.at(&LINUX_SWAPPINESS_IGNORED, &swappiness).clear(task.definition, &swappiness);
        }
    }
    if let Some(n) = integer(linux, "maxSwap").filter(|n| *n < 0) {
        report.at(&LINUX_MAX_SWAP_NEGATIVE, &most).text("value", n.to_string()).set(task.definition, &most, 0);
    }
}

/// Programs that neither pass signals on nor bury their children.
pub(super) fn init(task: &Task<'_>, report: &mut Report) {
    let node = |c: &ContainerView<'_>| {
        let official = c.reference().is_some_and(|r| r.official() == Some("node"));
        official || task.environment_of(*c).iter().any(|v| v.name == "NODE_ENV")
    };
    let without = |c: &ContainerView<'_>| find(c, "linuxParameters/initProcessEnabled").is_none_or(|v| v.as_bool() == Some(false));
    if let Some(c) = objects(task).find(|c| !task.windows && node(c) && without(c)) {
        let path = c.at("linuxParameters/initProcessEnabled");
        report.at(&LINUX_INIT, &path).text("name", c.name()).set(task.definition, &path, true);
    }
}

const KERNEL: [&str; 8] = ["msgmax", "msgmnb", "msgmni", "sem", "shmall", "shmmax", "shmmni", "shm_rmid_forced"];

pub(super) fn sysctl(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        for (i, s) in list(c, "systemControls").iter().enumerate() {
            let Some(name) = text(s, "namespace") else { continue };
            let path = c.at(&format!("systemControls/{i}/namespace"));
            let net = name.starts_with("net.");
            let ipc = name.starts_with("fs.mqueue.") || name.strip_prefix("kernel.").is_some_and(|k| KERNEL.contains(&k));
            if !net && !ipc {
                report.at(&LINUX_SYSCTL_NAMESPACE, &path).text("value", name).clear(task.definition, &c.at(&format!("systemControls/{i}")));
            } else if (net && task.network == Network::Host) || (ipc && text(task.definition, "ipcMode") == Some("host") && !task.fargate()) {
                let what = if net { "networkMode" } else { "ipcMode" };
                report.at(&LINUX_SYSCTL_HOST, &path).text("value", name).text("what", what).clear(task.definition, &c.at(&format!("systemControls/{i}")));
            }
        }
    }
}

pub(super) fn namespaces(task: &Task<'_>, report: &mut Report) {
    if task.fargate() {
        return;
    }
    match text(task.definition, "pidMode") {
        Some("host") => report.at(&LINUX_PID_HOST, "/pidMode").clear(task.definition, "/pidMode").done(),
        Some(other) if other != "task" => report.at(&LINUX_PID_ENUM, "/pidMode").text("value", other).clear(task.definition, "/pidMode").done(),
        _ => {}
    }
    if let Some(other) = text(task.definition, "ipcMode").filter(|m| !["host", "task", "none"].contains(m)) {
        report.at(&LINUX_IPC_ENUM, "/ipcMode").text("value", other).clear(task.definition, "/ipcMode");
    }
    for c in objects(task).filter(|c| flag(c, "privileged") && !task.windows) {
        let path = c.at("privileged");
        report.at(&LINUX_PRIVILEGED, &path).text("name", c.name()).clear(task.definition, &path);
    }
}
