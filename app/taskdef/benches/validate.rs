//! How long all rules take on one core: the tutorial's definition, ten full containers, the largest legal one.
//!
//! `cargo xtask bench`. Goals: 30 µs, 150 µs and 1 ms; each beside the time that reading the same JSON takes.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/support/full.rs"]
mod full;
#[path = "../tests/support/heavy.rs"]
mod heavy;

use divan::{Bencher, black_box};
use serde_json::Value;
use taskdef::{
    Draft,
    lint::{self, Wizard},
};

#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const CASES: [&str; 3] = ["tutorial", "ten containers", "64 KB"];

fn definition(case: &str) -> Value {
    match case {
        "tutorial" => Draft::tutorial().definition().clone(),
        "ten containers" => full::ten_containers(),
        _ => full::largest(),
    }
}

fn wizard() -> Wizard {
    Wizard { region: Some("ap-northeast-2".into()), ..Wizard::default() }
}

/// Reading alone, for the ratio.
#[divan::bench(args = CASES)]
fn read(bencher: Bencher<'_, '_>, case: &str) {
    let text = definition(case).to_string();
    bencher.bench_local(|| serde_json::from_str::<Value>(black_box(&text)).unwrap());
}

/// All rules over a definition.
#[divan::bench(args = CASES)]
fn check(bencher: Bencher<'_, '_>, case: &str) {
    let (definition, wizard) = (definition(case), wizard());
    bencher.bench_local(|| lint::check(black_box(&definition), &wizard));
}

/// Text in, findings out, as the API does it.
#[divan::bench(args = CASES)]
fn check_text(bencher: Bencher<'_, '_>, case: &str) {
    let text = definition(case).to_string();
    bencher.bench_local(|| lint::check_text(black_box(&text), Some("ap-northeast-2".into()), None));
}

/// The heaviest documents that the bounds let through, at both sizes of `tests/work.rs`.
#[divan::bench(args = heavy::CASES.map(|(case, _)| case))]
fn hostile(bencher: Bencher<'_, '_>, case: &str) {
    let n = heavy::CASES.iter().find(|(name, _)| *name == case).map_or(0, |(_, n)| 2 * n);
    let (definition, wizard) = (heavy::definition(case, n), wizard());
    bencher.bench_local(|| lint::check(black_box(&definition), &wizard));
}

/// What the bounds refuse.
#[divan::bench(args = 0..heavy::beyond().len())]
fn refused(bencher: Bencher<'_, '_>, case: usize) {
    let ([.., (_, definition)], wizard) = (&heavy::beyond()[..=case], wizard()) else { return };
    bencher.bench_local(|| lint::check(black_box(definition), &wizard));
}
