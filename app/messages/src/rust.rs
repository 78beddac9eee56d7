//! The code that shows the texts.

use crate::{Error, File, Text};
use std::fmt::Write;

/// A static for each message, named like its id in capitals, and `MESSAGES`, all of them by id, for binary search. The names
/// `Message` and `Text` are those of the place where the code is included.
///
/// # Errors
/// The same id twice.
pub fn statics(files: &[File]) -> Result<String, Error> {
    let mut messages: Vec<_> = files.iter().flat_map(|file| &file.messages).collect();
    messages.sort_by(|a, b| a.id.cmp(&b.id));
    if let Some([one, other]) = messages.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(other.text.source.error(format!("the same id is in {}", one.text.source.path.display())));
    }
    let mut code = String::new();
    for message in &messages {
        let attributes: String = message.attributes.iter().map(|(name, text)| format!("({name:?}, {}), ", literal(text))).collect();
        let (id, text) = (&message.id, literal(&message.text));
        write(&mut code, format_args!("pub static {}: Message = Message {{ id: {id:?}, text: {text}, attributes: &[{attributes}] }};", capitals(id)));
    }
    let names: String = messages.iter().map(|m| format!("&{}, ", capitals(&m.id))).collect();
    write(&mut code, format_args!("pub static MESSAGES: [&Message; {}] = [{names}];", messages.len()));
    Ok(code)
}

/// A message's static.
fn capitals(id: &str) -> String {
    id.replace('-', "_").to_ascii_uppercase()
}

fn literal(text: &Text) -> String {
    let names = |counts: bool| text.values.iter().filter(|v| !counts || v.is_count).map(|v| v.name.as_str()).collect::<Vec<_>>();
    format!("Text {{ values: &{:?}, counts: &{:?}, by_lang: {:?} }}", names(false), names(true), text.texts)
}

/// A module for a file, with a function for each text without values and a struct for each text with values. The texts are
/// added to one list a language; a text's number is its index there.
///
/// The code calls `crate::texts::{text, filled}` and `taskdef::messages::Value`.
///
/// # Errors
/// A message with attributes.
pub fn functions(file: &File, code: &mut String, lists: &mut [Vec<String>; 2]) -> Result<(), Error> {
    write(code, format_args!("pub mod {} {{", file.name));
    for message in &file.messages {
        if let Some((name, attribute)) = message.attributes.first() {
            return Err(attribute.source.error(format!("a text of the interface has no attributes: make ‘{name}’ a message")));
        }
        function(code, &message.id, &message.text, lists[0].len());
        for (list, text) in lists.iter_mut().zip(&message.text.texts) {
            list.push(text.clone());
        }
    }
    write(code, format_args!("}}"));
    Ok(())
}

fn function(code: &mut String, id: &str, text: &Text, index: usize) {
    if text.values.is_empty() {
        return write(code, format_args!("pub fn {id}(lang: taskdef::Lang) -> &'static str {{ crate::texts::text(lang, {index}) }}"));
    }
    let (mut fields, mut values) = (String::new(), String::new());
    for value in &text.values {
        let (name, kind, from) = match value.is_count {
            true => (&value.name, "taskdef::messages::Count", "count"),
            false => (&value.name, "std::fmt::Display", "text"),
        };
        fields += &format!("pub {name}: &'a dyn {kind}, ");
        values += &format!("taskdef::messages::Value::{from}(self.{name}), ");
    }
    write(code, format_args!("pub struct {id}<'a> {{ {fields}}}"));
    write(code, format_args!("impl {id}<'_> {{ pub fn text(&self, lang: taskdef::Lang) -> String {{ crate::texts::filled(lang, {index}, &[{values}]) }} }}"));
}

fn write(code: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(code, "{line}");
}
