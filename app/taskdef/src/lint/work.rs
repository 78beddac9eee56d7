//! How much work one evaluation has done. The unit is one look at a value, about ten nanoseconds.
//!
//! The bounds of [`super::areas::limits`] keep every rule linear; the budget is what holds should one of them not be.
//! It counts work and not seconds, so the same document always gets the same answer.

use std::cell::Cell;

/// Most work of one evaluation. The largest definition that AWS takes needs about a twentieth of it.
pub const BUDGET: u64 = 4_000_000;

thread_local! {
    static SPENT: Cell<u64> = const { Cell::new(0) };
}

/// Starts a new evaluation on this thread.
pub(in crate::lint) fn begin() {
    SPENT.set(0);
}

/// Takes `units` off the budget.
pub(in crate::lint) fn spend(units: usize) {
    SPENT.with(|spent| spent.set(spent.get().saturating_add(units as u64)));
}

/// Whether the budget is used up.
pub(in crate::lint) fn is_over() -> bool {
    SPENT.get() > BUDGET
}

/// What this thread's newest evaluation spent, for tests and benches.
pub fn spent() -> u64 {
    SPENT.get()
}
