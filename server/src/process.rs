//! What the system is asked for at the start of the program.

#[cfg(target_os = "linux")]
use rustix::thread::disable_transparent_huge_pages;
use rustix::{
    fs::Mode,
    process::{Resource, Rlimit, getrlimit, setrlimit, umask},
};

/// Descriptors that are not for connections: the store's files, the log, calls to AWS, files of the site.
const OTHERS: u64 = 128;

/// Files that are made from now on are this user's alone.
pub fn keep_files_private() {
    umask(Mode::from_raw_mode(0o077));
}

/// Memory in pages of the ordinary size. In huge ones, 2 MiB stay resident for as long as one text in them is in use: after
/// hostile requests of all kinds the allocator held four times as much.
pub fn keep_pages_small() {
    #[cfg(target_os = "linux")]
    let _ = disable_transparent_huge_pages(true);
}

/// Asks for as many descriptors as the system allows, and says how many connections they are enough for.
pub fn room_for_connections(wanted: usize) -> usize {
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    let Some(descriptors) = getrlimit(Resource::Nofile).current else { return wanted };
    let room = usize::try_from(descriptors.saturating_sub(OTHERS.min(descriptors / 2))).unwrap_or(usize::MAX);
    if room < wanted {
        tracing::warn!(descriptors, connections = room, "the limit of open files allows fewer connections than --most-connections");
    }
    room.min(wanted)
}

/// No core dumps, and no other program of the same user may read this one's memory: it holds credentials for a while.
pub fn keep_memory_private() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
