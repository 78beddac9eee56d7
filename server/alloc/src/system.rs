//! Freed memory back to the system.
#![allow(unsafe_code)]

/// Gives the system all pages that are free, of all threads.
///
/// mimalloc does so by itself only when memory is taken or freed in large pieces: after a burst of large requests a server
/// that answers small ones would keep all of it.
pub fn give_back() {
    // SAFETY: it takes no memory of ours and has no precondition; it collects for the calling thread and for the program.
    unsafe { libmimalloc_sys::mi_collect(true) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimalloc::MiMalloc;
    use std::{
        alloc::{GlobalAlloc, Layout},
        time::{Duration, Instant},
    };

    /// Resident bytes of this process: the second number of `/proc/self/statm`, in pages of 4 KiB.
    fn resident() -> usize {
        let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
        statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
    }

    #[test]
    fn what_was_freed_goes_back_without_another_large_request() {
        const BYTES: usize = 64 << 20;
        let layout = Layout::from_size_align(BYTES, 16).unwrap();
        let before = resident();
        // SAFETY: memory of the size that was asked for, written whole and freed once.
        unsafe {
            let memory = MiMalloc.alloc(layout);
            memory.write_bytes(1, BYTES);
            assert!(resident() > before + BYTES / 2, "the pages are in use");
            MiMalloc.dealloc(memory, layout);
        }
        let late = Instant::now() + Duration::from_secs(20);
        while resident() > before + BYTES / 4 {
            assert!(Instant::now() < late, "{} MiB before, {} after", before >> 20, resident() >> 20);
            give_back();
            std::thread::yield_now();
        }
    }
}
