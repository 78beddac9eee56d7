//! The flags of `docker run`, and the Compose key that each is. Source: docker/cli `cli/command/container/opts.go`, 2026-08.

/// What a flag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// A key with one value; the last one counts.
    Key(&'static str),
    /// An item of a list.
    List(&'static str),
    /// A member of a map.
    Member(&'static str, &'static str),
    /// A switch that is a key.
    Switch(&'static str),
    /// No setting of ECS, and an application may miss it.
    Nowhere,
    /// Only for the terminal.
    Terminal,
    /// Part of the service, or of how the task is run.
    Service,
    /// Has code.
    Own,
}

/// A flag.
pub struct Flag {
    /// Its long name.
    pub long: &'static str,
    /// Its letter.
    pub short: Option<char>,
    /// Whether it takes no value.
    pub switch: bool,
    /// What it is.
    pub means: Means,
}

const fn takes(long: &'static str, means: Means) -> Flag {
    Flag { long, short: None, switch: false, means }
}

const fn short(letter: char, long: &'static str, means: Means) -> Flag {
    Flag { long, short: Some(letter), switch: false, means }
}

const fn switch(long: &'static str, means: Means) -> Flag {
    Flag { long, short: None, switch: true, means }
}

use Means::{Key, List, Member, Nowhere, Own, Service, Switch, Terminal};

/// All of them, with podman's.
pub static FLAGS: &[Flag] = &[
    takes("name", Own),
    takes("entrypoint", Own),
    short('e', "env", List("environment")),
    takes("env-file", List("env_file")),
    short('p', "publish", Own),
    Flag { long: "publish-all", short: Some('P'), switch: true, means: Own },
    takes("expose", List("expose")),
    short('v', "volume", List("volumes")),
    takes("mount", Own),
    takes("tmpfs", List("tmpfs")),
    takes("volumes-from", List("volumes_from")),
    takes("volume-driver", Nowhere),
    takes("link", List("links")),
    takes("network", Own),
    takes("net", Own),
    takes("network-alias", Own),
    takes("net-alias", Own),
    takes("ip", Nowhere),
    takes("ip6", Nowhere),
    takes("link-local-ip", Nowhere),
    takes("mac-address", Key("mac_address")),
    short('h', "hostname", Key("hostname")),
    takes("domainname", Key("domainname")),
    takes("add-host", List("extra_hosts")),
    takes("dns", List("dns")),
    takes("dns-search", List("dns_search")),
    takes("dns-opt", List("dns_opt")),
    takes("dns-option", List("dns_opt")),
    short('m', "memory", Key("mem_limit")),
    takes("memory-reservation", Key("mem_reservation")),
    takes("memory-swap", Key("memswap_limit")),
    takes("memory-swappiness", Key("mem_swappiness")),
    takes("kernel-memory", Nowhere),
    switch("oom-kill-disable", Switch("oom_kill_disable")),
    takes("oom-score-adj", Key("oom_score_adj")),
    takes("cpus", Key("cpus")),
    takes("cpu-quota", Key("cpu_quota")),
    takes("cpu-period", Key("cpu_period")),
    short('c', "cpu-shares", Key("cpu_shares")),
    takes("cpu-count", Key("cpu_count")),
    takes("cpu-percent", Key("cpu_percent")),
    takes("cpu-rt-period", Key("cpu_rt_period")),
    takes("cpu-rt-runtime", Key("cpu_rt_runtime")),
    takes("cpuset-cpus", Key("cpuset")),
    takes("cpuset-mems", Nowhere),
    takes("blkio-weight", Nowhere),
    takes("blkio-weight-device", Nowhere),
    takes("device-read-bps", Nowhere),
    takes("device-read-iops", Nowhere),
    takes("device-write-bps", Nowhere),
    takes("device-write-iops", Nowhere),
    takes("io-maxbandwidth", Nowhere),
    takes("io-maxiops", Nowhere),
    takes("shm-size", Key("shm_size")),
    takes("gpus", Own),
    takes("device", List("devices")),
    takes("device-cgroup-rule", List("device_cgroup_rules")),
    takes("cap-add", List("cap_add")),
    takes("cap-drop", List("cap_drop")),
    switch("privileged", Switch("privileged")),
    takes("security-opt", List("security_opt")),
    switch("read-only", Switch("read_only")),
    switch("init", Switch("init")),
    Flag { long: "interactive", short: Some('i'), switch: true, means: Own },
    Flag { long: "tty", short: Some('t'), switch: true, means: Own },
    short('u', "user", Key("user")),
    short('w', "workdir", Key("working_dir")),
    takes("group-add", List("group_add")),
    takes("ulimit", Own),
    takes("sysctl", List("sysctls")),
    short('l', "label", List("labels")),
    takes("label-file", List("label_file")),
    takes("annotation", List("annotations")),
    takes("log-driver", Member("logging", "driver")),
    takes("log-opt", Own),
    takes("health-cmd", Member("healthcheck", "test")),
    takes("health-interval", Member("healthcheck", "interval")),
    takes("health-timeout", Member("healthcheck", "timeout")),
    takes("health-retries", Member("healthcheck", "retries")),
    takes("health-start-period", Member("healthcheck", "start_period")),
    takes("health-start-interval", Member("healthcheck", "start_interval")),
    switch("no-healthcheck", Member("healthcheck", "disable")),
    takes("restart", Key("restart")),
    switch("rm", Service),
    Flag { long: "detach", short: Some('d'), switch: true, means: Terminal },
    takes("stop-timeout", Own),
    takes("stop-signal", Key("stop_signal")),
    takes("pid", Own),
    takes("ipc", Own),
    takes("userns", Key("userns_mode")),
    takes("uts", Key("uts")),
    takes("cgroupns", Key("cgroup")),
    takes("cgroup-parent", Key("cgroup_parent")),
    takes("isolation", Key("isolation")),
    takes("runtime", Key("runtime")),
    takes("pids-limit", Key("pids_limit")),
    takes("storage-opt", Own),
    takes("platform", Key("platform")),
    takes("pull", Key("pull_policy")),
    short('a', "attach", Terminal),
    takes("detach-keys", Terminal),
    switch("sig-proxy", Terminal),
    Flag { long: "quiet", short: Some('q'), switch: true, means: Terminal },
    takes("cidfile", Terminal),
    switch("help", Terminal),
    switch("disable-content-trust", Terminal),
    switch("use-api-socket", Switch("use_api_socket")),
    takes("pod", Service),
    switch("replace", Terminal),
    takes("systemd", Nowhere),
    takes("secret", Own),
    takes("tz", Own),
];

/// A flag by its long name.
pub fn long(name: &str) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| flag.long == name)
}

/// A flag by its letter.
pub fn letter(letter: char) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| flag.short == Some(letter))
}

/// What a slip was meant to be.
pub fn near(name: &str) -> Option<String> {
    match name {
        "port" | "ports" | "expose-port" => return Some("--publish".into()),
        "volumes" | "vol" => return Some("--volume".into()),
        "envs" | "environment" | "nv" => return Some("--env".into()),
        _ => {}
    }
    if name.len() > 40 {
        return None;
    }
    let nearest = FLAGS.iter().map(|flag| (strsim::damerau_levenshtein(flag.long, name), flag.long)).min()?;
    (nearest.0 <= 2.max(name.len() / 4)).then(|| format!("--{}", nearest.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flag_and_no_letter_stands_twice() {
        let mut names: Vec<&str> = FLAGS.iter().map(|flag| flag.long).collect();
        let mut letters: Vec<char> = FLAGS.iter().filter_map(|flag| flag.short).collect();
        let counts = (names.len(), letters.len());
        names.sort_unstable();
        names.dedup();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!((names.len(), letters.len()), counts);
        assert_eq!(near("port").as_deref(), Some("--publish"));
        assert_eq!(near("nmae").as_deref(), Some("--name"));
        assert_eq!(near("xyzzy"), None);
    }
}
