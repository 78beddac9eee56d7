//! Terraform: the resource `aws_ecs_task_definition` in configuration, in a plan or in a state.
//!
//! | file | what |
//! |---|---|
//! | `expression.rs` | what expressions are where they are constant, else a placeholder |
//! | `shape.rs` | blocks and arguments as the API's fields |
//! | `state.rs` | `terraform show -json`, plans and state files |

mod expression;
mod shape;
mod state;

pub(in crate::formats) use expression::references;
pub use state::read as read_state;

use super::{
    Expression, Import, Input, Refusal,
    along::Along,
    definition,
    tree::{DEEPEST, Key, Kind, Node},
};
use crate::{
    document::bounds,
    formats::{
        Format,
        report::{Ledger, Place, Said},
    },
    messages::all,
};
use expression::Module;
use hcl_edit::{
    parser::parse_body,
    structure::{Body, Structure},
};

/// The resource's type.
const TYPE: &str = "aws_ecs_task_definition";

/// Reads configuration, with files of variables beside it.
///
/// # Errors
/// It is no Terraform, or has no task definition.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let mut bodies = Vec::new();
    for (file, source) in input.files.iter().enumerate() {
        if bounds::look(&source.text, DEEPEST).is_err() || is_deep(&source.text) {
            return Err(Refusal::new(&all::IMPORT_TOO_DEEP));
        }
        let body = parse_body(&source.text).map_err(|error| {
            let line = error.location().line();
            let place = Place { file, line, column: 1 };
            Refusal::at(place, Said::of(&all::IMPORT_NOT_HCL).number("line", line as u64)).in_text(&source.text)
        })?;
        bodies.push((file, source.text.as_str(), body));
    }
    let mut module = Module::new(&bodies, &input.answers);
    let mut ledger = Ledger::default();
    let (mut resources, mut others) = (Vec::new(), Vec::new());
    for (file, text, body) in &bodies {
        for structure in body {
            let mut node = one(*file, text, structure, &mut module);
            let path = path_of(structure);
            ledger.add(&path, &mut node);
            if module.is_sensitive(path.strip_prefix("variable.").unwrap_or(&path)) {
                ledger.hide(node.get("default").unwrap_or(&node));
            }
            if path.starts_with(&format!("resource.{TYPE}.")) { resources.push((path, node)) } else { others.push(node) }
        }
    }
    if resources.is_empty() {
        return Err(Refusal::new(&all::IMPORT_NONE));
    }
    let (mut definitions, mut expressions) = (Vec::new(), Vec::new());
    for (path, node) in &resources {
        ledger.turn_to(definitions.len());
        let shaped = shape::definition(node, &mut ledger);
        let (value, found) = Along::new(&mut module, &mut ledger).definition(&shaped);
        expressions.push(found);
        // What no argument or block of the resource takes.
        ledger.breaks(node, Said::of(&all::IMPORT_NO_PLACE).text("key", TYPE));
        definitions.push((path.rsplit('.').next().unwrap_or("").to_owned(), value));
    }
    others.iter().for_each(|node| ledger.elsewhere(node, &all::IMPORT_OTHER_RESOURCE));
    let texts = expressions.iter().flatten().map(|e: &Expression| e.text.as_str());
    let origins: Vec<String> = module.origins();
    let declared = module.declared(&bodies, texts.chain(origins.iter().map(String::as_str)));
    let mut import = definition::finish(Format::Terraform, definitions, ledger, Vec::new(), &input.answers).with_expressions(expressions, declared);
    import.placeholders = module.placeholders();
    Ok(import)
}

/// Brackets inside one another, those of templates in texts too: the parser goes down with each of them.
fn is_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|b| {
        match b {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 2 * DEEPEST
    })
}

fn path_of(structure: &Structure) -> String {
    match structure {
        Structure::Attribute(attribute) => attribute.key.as_str().to_owned(),
        Structure::Block(block) => std::iter::once(block.ident.as_str()).chain(block.labels.iter().map(|label| label.as_str())).collect::<Vec<_>>().join("."),
    }
}

fn one(file: usize, text: &str, structure: &Structure, module: &mut Module<'_>) -> Node {
    match structure {
        Structure::Attribute(attribute) => module.node(file, text, &attribute.value, 0),
        Structure::Block(block) => {
            let is_task = block.labels.first().is_some_and(|label| label.as_str() == TYPE);
            self::body(file, text, &block.body, module, is_task, 0)
        }
    }
}

/// A body as a map: arguments by their names, blocks as lists.
fn body(file: usize, text: &str, body: &Body, module: &mut Module<'_>, is_task: bool, depth: usize) -> Node {
    let at = Place { file, line: 1, column: 1 };
    let mut pairs: Vec<(Key, Node)> = Vec::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let name = attribute.key.as_str();
                let mut node = module.node(file, text, &attribute.value, 0);
                if is_task && name == "container_definitions" {
                    node = shape::containers(node);
                }
                pairs.push((Key { text: name.to_owned(), at: node.at }, node));
            }
            Structure::Block(block) if depth < DEEPEST => {
                let node = self::body(file, text, &block.body, module, false, depth + 1);
                let name = block.ident.as_str();
                match pairs.iter_mut().find(|(key, _)| key.text == name) {
                    Some((_, Node { kind: Kind::List(items), .. })) => items.push(node),
                    _ => pairs.push((Key { text: name.to_owned(), at: node.at }, Node::new(node.at, Kind::List(vec![node])))),
                }
            }
            Structure::Block(_) => {}
        }
    }
    let at = pairs.first().map_or(at, |(key, _)| key.at);
    Node::new(at, Kind::Map(pairs))
}
