//! Takes out of the program what it can never reach, and the linker cannot know.
//!
//! Every erased view carries a pointer to a function that would take a page over bit by bit while it still arrives. The
//! pages of the wizard arrive whole and are taken over at once (`hydrate_body`), so none of them is ever called, but a
//! table points to each. A body that only traps is left in their place; what they alone needed is then taken out by
//! `wasm-opt`. A tenth of the program is saved. Should a later version of the framework call one after all, no page
//! hydrates, and every browser test fails.
//!
//! Leptos 0.9 leaves these functions out of a program without lazy routes: <https://github.com/leptos-rs/leptos/issues/4852>,
//! <https://github.com/leptos-rs/leptos/pull/4438>. This file goes with the step to 0.9.

use walrus::{FunctionBuilder, FunctionKind, Module, ModuleConfig};

/// Part of the names of functions that are never called: the erased view's own, and the steps of its future. What these
/// call may be in use elsewhere, for the compiler folds functions of the same body into one, and is left to `wasm-opt`.
const NEVER: &str = "into_any13hydrate_async";

/// Part of the names of what frees values, which is folded in the same way.
const SHARED: &str = "drop_in_place";

/// The program without them. An error when it cannot be read, or nothing was found to take out.
pub fn snip(program: &[u8]) -> Result<Vec<u8>, String> {
    let mut module: Module = ModuleConfig::new().strict_validate(false).parse(program).map_err(|e| format!("the program cannot be read: {e:#}"))?;
    let never = |name: &Option<String>| name.as_ref().is_some_and(|name| name.contains(NEVER) && !name.contains(SHARED));
    let found: Vec<_> = module.funcs.iter_local().map(|(id, _)| id).filter(|id| never(&module.funcs.get(*id).name)).collect();
    if found.is_empty() {
        return Err("no function to snip was found; has the framework changed its names?".into());
    }
    for id in &found {
        let kind = module.types.get(module.funcs.get(*id).ty());
        let (parameters, results) = (kind.params().to_vec(), kind.results().to_vec());
        let locals = parameters.iter().map(|p| module.locals.add(*p)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
        builder.func_body().unreachable();
        module.funcs.get_mut(*id).kind = FunctionKind::Local(builder.local_func(locals));
    }
    let places = crate::places::forget(&mut module)?;
    eprintln!("  {} functions that are never called were emptied, {places} places of the source forgotten", found.len());
    Ok(module.emit_wasm())
}
