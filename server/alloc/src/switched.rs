//! A choice between two allocators over the same memory.
#![allow(unsafe_code)]

use crate::is_on;
use mimalloc::MiMalloc;
use std::alloc::{GlobalAlloc, Layout};
use zeroizing_alloc::ZeroAlloc;

/// The program's allocator, and the same one behind a wrapper that overwrites what it frees.
pub struct Switched<A: GlobalAlloc = MiMalloc> {
    plain: A,
    wiping: ZeroAlloc<A>,
}

impl Switched {
    /// Over mimalloc, of which every value is the same allocator.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a static cannot have a default")]
    pub const fn new() -> Switched {
        Switched { plain: MiMalloc, wiping: ZeroAlloc(MiMalloc) }
    }
}

// SAFETY: every call goes unchanged to `A`, or to `ZeroAlloc<A>`, which itself takes and gives memory of `A`. Both values
// of `A` are one allocator (only `new` makes this type), so what one gave the other may resize and free.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Switched<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc`, which is passed on as it is.
        unsafe { self.plain.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe { self.plain.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: `memory` was given for `layout` by `A`; see above.
        unsafe { if is_on() { self.overwrite_and_free(memory, layout) } else { self.plain.dealloc(memory, layout) } }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        unsafe { if is_on() { self.move_and_overwrite(memory, layout, size) } else { self.plain.realloc(memory, layout, size) } }
    }
}

// Never inlined: with their loops beside each of the program's frees a review page took 1.5 % more instructions than without
// the switch, and takes 1.1 % so.
impl<A: GlobalAlloc> Switched<A> {
    #[cold]
    #[inline(never)]
    unsafe fn overwrite_and_free(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's memory was given for `layout` by `A`.
        unsafe { self.wiping.dealloc(memory, layout) }
    }

    /// Allocates, copies and frees, so nothing stays behind in the old place.
    #[cold]
    #[inline(never)]
    unsafe fn move_and_overwrite(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's memory was given for `layout` by `A`.
        unsafe { self.wiping.realloc(memory, layout, size) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Held;
    use std::{
        alloc::System,
        sync::atomic::{AtomicUsize, Ordering},
    };

    /// Counts, at the moment when memory goes back, bytes of it that are not zero.
    struct Watching;

    static LEFT: AtomicUsize = AtomicUsize::new(0);

    // SAFETY: the system's allocator; what is read is still the caller's until it is freed.
    unsafe impl GlobalAlloc for Watching {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
            let left = unsafe { std::slice::from_raw_parts(memory, layout.size()) }.iter().filter(|b| **b != 0).count();
            LEFT.store(left, Ordering::Relaxed);
            unsafe { System.dealloc(memory, layout) }
        }
    }

    /// Bytes left behind when 64 bytes of a secret are freed, and when they grow.
    fn left_behind() -> (usize, usize) {
        let allocator = Switched { plain: Watching, wiping: ZeroAlloc(Watching) };
        let (small, large) = (Layout::from_size_align(64, 8).unwrap(), Layout::from_size_align(128, 8).unwrap());
        unsafe {
            let secret = allocator.alloc(small);
            secret.write_bytes(7, 64);
            let grown = allocator.realloc(secret, small, 128);
            let moved = LEFT.load(Ordering::Relaxed);
            assert!((0..64).all(|i| *grown.add(i) == 7), "what grows keeps its bytes");
            grown.add(64).write_bytes(7, 64);
            allocator.dealloc(grown, large);
            (LEFT.load(Ordering::Relaxed), moved)
        }
    }

    #[test]
    fn memory_is_overwritten_while_a_credential_is_held_and_not_otherwise() {
        assert_eq!(left_behind(), (128, 64));
        let held = [Held::new(), Held::new()];
        assert_eq!(left_behind(), (0, 0));
        let [first, second] = held;
        drop(first);
        assert_eq!(left_behind(), (0, 0), "somebody else still holds one");
        drop(second);
        assert_eq!(left_behind(), (128, 64));
    }
}
