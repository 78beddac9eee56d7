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

/// `mi_option_purge_delay`, for which the binding has no name: milliseconds until a free page goes back.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// From now on a page goes back as soon as it is free.
///
/// Otherwise it waits for the next work of the thread that freed it. A thread that has nothing to do after a burst keeps what
/// it freed, 10 to 30 MiB of a server's.
pub fn keep_no_free_pages() {
    // SAFETY: it sets a number that the allocator reads, at any time and from any thread.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) }
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

    const BYTES: usize = 64 << 20;

    /// Takes memory and frees it.
    fn burst() {
        let (layout, before) = (Layout::from_size_align(BYTES, 16).unwrap(), resident());
        // SAFETY: memory of the size that was asked for, written whole and freed once.
        unsafe {
            let memory = MiMalloc.alloc(layout);
            memory.write_bytes(1, BYTES);
            assert!(resident() > before + BYTES / 2, "the pages are in use");
            MiMalloc.dealloc(memory, layout);
        }
    }

    /// One test: the delay is one number of the whole process.
    #[test]
    fn what_was_freed_goes_back_without_another_large_request() {
        let before = resident();
        burst();
        let late = Instant::now() + Duration::from_secs(20);
        while resident() > before + BYTES / 4 {
            assert!(Instant::now() < late, "{} MiB before, {} after", before >> 20, resident() >> 20);
            give_back();
            std::thread::yield_now();
        }
        // SAFETY: it reads a number.
        let delay = || unsafe { libmimalloc_sys::mi_option_get(PURGE_DELAY) };
        assert_eq!(delay(), 1000, "the option's number is that of this version of the allocator, and so is the delay");
        keep_no_free_pages();
        assert_eq!(delay(), 0);
        burst();
        assert!(resident() < before + BYTES / 4, "{} MiB before, {} after", before >> 20, resident() >> 20);
    }
}
