//! Takes out of the program where in the source a panic would have been raised.
//!
//! Each place that may panic keeps a file, a line and a column: numbers that hardly compress, and the paths of the machine
//! that built the program. A page shows none of it. All places become the same one; what a panic says
//! stays.

use std::collections::BTreeSet;
use walrus::{ConstExpr, DataId, DataKind, Module, ir::Value};

/// Largest line and column that a place may have: what is larger is no place.
const LARGEST: (u32, u32) = (200_000, 2_000);

/// The memory that the program starts with.
struct Memory(Vec<(DataId, usize, Vec<u8>)>);

impl Memory {
    fn of(module: &Module) -> Memory {
        let active = |data: &walrus::Data| match &data.kind {
            DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } => Some((data.id(), *start as usize, data.value.clone())),
            _ => None,
        };
        Memory(module.data.iter().filter_map(active).collect())
    }

    fn read(&self, address: usize, length: usize) -> Option<&[u8]> {
        let (_, start, bytes) = self.0.iter().find(|(_, start, bytes)| (*start..start + bytes.len()).contains(&address))?;
        bytes.get(address - start..)?.get(..length)
    }

    fn word(&self, address: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.read(address, 4)?.try_into().ok()?))
    }

    /// Address and length of the file's name, where an address holds a place. `core::panic::Location` is four words: these
    /// two, line and column.
    fn place(&self, address: usize) -> Option<(usize, usize)> {
        let word = |n: usize| self.word(address + 4 * n);
        let (name, length) = (word(0)? as usize, word(1)? as usize);
        let plausible = (1..=LARGEST.0).contains(&word(2)?) && (1..=LARGEST.1).contains(&word(3)?) && (5..512).contains(&length);
        let file = plausible.then(|| self.read(name, length)).flatten()?;
        // Names end with a zero, for C.
        let path = file.strip_suffix(b".rs\0").or_else(|| file.strip_suffix(b".rs"))?;
        path.iter().all(u8::is_ascii_graphic).then_some((name, length))
    }
}

/// Makes all places the same one. How many there were; an error when there were none.
pub fn forget(module: &mut Module) -> Result<usize, String> {
    let memory = Memory::of(module);
    let starts = memory.0.iter().flat_map(|(_, start, bytes)| (start.next_multiple_of(4)..start + bytes.len()).step_by(4));
    let places: Vec<(usize, (usize, usize))> = starts.filter_map(|address| Some((address, memory.place(address)?))).collect();
    let names: BTreeSet<(usize, usize)> = places.iter().map(|(_, name)| *name).collect();
    let Some(kept) = names.iter().min_by_key(|(_, length)| *length) else {
        return Err("no place of a panic was found; has their shape changed?".into());
    };
    let one = [kept.0 as u32, kept.1 as u32, 1, 1].map(u32::to_le_bytes).concat();
    let kept_bytes = kept.0..kept.0 + kept.1;
    for (id, start, _) in &memory.0 {
        let bytes = &mut module.data.get_mut(*id).value;
        for (name, length) in &names {
            for address in (*name..name + length).filter(|address| !kept_bytes.contains(address)) {
                if let Some(byte) = address.checked_sub(*start).and_then(|at| bytes.get_mut(at)) {
                    *byte = 0;
                }
            }
        }
        for (address, _) in &places {
            if let Some(place) = address.checked_sub(*start).and_then(|at| bytes.get_mut(at..at + one.len())) {
                place.copy_from_slice(&one);
            }
        }
    }
    Ok(places.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::ModuleConfig;

    /// Two places in one segment, a word that only looks like one, and a text that no place names.
    #[test]
    fn places_become_one_and_everything_else_stays() {
        let mut data = vec![0; 128];
        let put = |data: &mut Vec<u8>, at: usize, bytes: &[u8]| data[at..at + bytes.len()].copy_from_slice(bytes);
        let place = |name: u32, length: u32, line: u32, column: u32| [name, length, line, column].map(u32::to_le_bytes).concat();
        put(&mut data, 0, b"/home/me/src/a.rs\0");
        put(&mut data, 20, b"b.rs\0");
        put(&mut data, 28, b"said.rs\0");
        put(&mut data, 40, &place(1024, 18, 12, 5));
        put(&mut data, 56, &place(1044, 5, 700, 9));
        // A line of zero is no line.
        put(&mut data, 72, &place(1052, 8, 0, 9));
        let mut module = Module::with_config(ModuleConfig::new());
        let memory = module.memories.add_local(false, false, 1, None, None);
        let offset = ConstExpr::Value(Value::I32(1024));
        let id = module.data.add(DataKind::Active { memory, offset }, data.clone());

        assert_eq!(forget(&mut module), Ok(2));

        let after = &module.data.get(id).value;
        put(&mut data, 0, &[0; 18]);
        put(&mut data, 40, &place(1044, 5, 1, 1));
        put(&mut data, 56, &place(1044, 5, 1, 1));
        assert_eq!(after, &data);
    }

    /// A shape that changed must be noticed, not passed over.
    #[test]
    fn a_program_without_places_is_an_error() {
        assert!(forget(&mut Module::with_config(ModuleConfig::new())).is_err());
    }
}
