//! Whether a folder lies on a network file system, where SQLite's locks and its shared memory do not hold.

use std::path::Path;

/// File systems that other machines may write too, as Linux names them.
const NETWORK: [&str; 17] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "lustre",
    "gpfs",
    "glusterfs",
    "ocfs2",
    "gfs2",
    "fuse.sshfs",
    "fuse.s3fs",
    "fuse.glusterfs",
    "fuse.rclone",
];

/// The network file system that an absolute path lies on. Where the system does not tell, none.
pub(crate) fn network(path: &Path) -> Option<String> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let kind = kind_of(&table, path)?;
    NETWORK.contains(&kind).then(|| kind.to_owned())
}

/// The type of the innermost mount, from the lines of `/proc/self/mountinfo`: the fifth word is the place,
/// the first one after a lone `-` the type. A later line covers an earlier one.
fn kind_of<'t>(table: &'t str, path: &Path) -> Option<&'t str> {
    let mounts = table.lines().filter_map(|line| {
        let place = line.split(' ').nth(4)?.replace("\\040", " ");
        let kind = line.split_once(" - ")?.1.split(' ').next()?;
        path.starts_with(&place).then_some((place.len(), kind))
    });
    mounts.fold(None, |best: Option<(usize, &str)>, next| if best.is_none_or(|b| next.0 >= b.0) { Some(next) } else { best }).map(|m| m.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_counts() {
        let table = "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                     30 21 0:40 / /home rw,relatime shared:9 - nfs4 server:/home rw\n\
                     31 30 8:2 / /home/local\\040disk rw - xfs /dev/sdb rw\n";
        for (path, kind) in [("/var/x", "ext4"), ("/home/me", "nfs4"), ("/home/local disk/x", "xfs"), ("/homes", "ext4")] {
            assert_eq!(kind_of(table, Path::new(path)), Some(kind), "{path}");
        }
        assert!(network(&std::env::temp_dir().canonicalize().unwrap()).is_none(), "tests need a local disk");
    }
}
