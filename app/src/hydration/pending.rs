//! The parts of the page that are not hydrated yet.

use std::{cell::RefCell, future::Future};

/// Hydrates one part.
type Part = Box<dyn FnOnce()>;

thread_local! {
    static PENDING: RefCell<Vec<Part>> = const { RefCell::new(Vec::new()) };
}

/// Adds a part behind those that wait.
pub fn push(part: impl FnOnce() + 'static) {
    PENDING.with_borrow_mut(|all| all.push(Box::new(part)));
}

/// Hydrates what waits, in order, and yields before each part; then what waits inside of them, until nothing does.
pub async fn run<F: Future<Output = ()>>(yield_now: impl Fn() -> F) {
    loop {
        let parts = PENDING.take();
        if parts.is_empty() {
            return;
        }
        for part in parts {
            yield_now().await;
            part();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        pin::pin,
        rc::Rc,
        task::{Context, Waker},
    };

    /// What happened, in order.
    type Log = Rc<RefCell<Vec<&'static str>>>;

    fn part(log: &Log, name: &'static str) -> impl FnOnce() + 'static {
        let log = log.clone();
        move || log.borrow_mut().push(name)
    }

    /// Runs until nothing waits; a yield is written down and is over at once.
    fn run_all(log: &Log) {
        let run = pin!(run(|| {
            log.borrow_mut().push("turn");
            std::future::ready(())
        }));
        assert!(run.poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }

    #[test]
    fn parts_run_in_the_order_of_the_page_with_a_turn_before_each() {
        let log = Log::default();
        push(part(&log, "head"));
        push(part(&log, "form"));
        run_all(&log);
        assert_eq!(*log.borrow(), ["turn", "head", "turn", "form"]);
    }

    #[test]
    fn what_waits_inside_of_a_part_is_hydrated_too() {
        let log = Log::default();
        let (outer, inner) = (part(&log, "frame"), part(&log, "form"));
        push(move || {
            outer();
            push(inner);
        });
        push(part(&log, "dialog"));
        run_all(&log);
        assert_eq!(*log.borrow(), ["turn", "frame", "turn", "dialog", "turn", "form"]);
    }
}
