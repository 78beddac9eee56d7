//! Expressions of HCL: computed where they are constant, else a placeholder that remembers its source.

use crate::{
    formats::{
        import::{
            Answers, LARGEST, Placeholder,
            along::{Dialect, Resolved},
            tree::{Key, Kind, Node},
        },
        report::Place,
    },
    lint::schema,
};
use hcl_edit::{
    Span,
    expr::{Expression, ObjectKey, TraversalOperator},
    structure::{Body, Structure},
    template::{Element, Template},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most levels, and most steps of a whole module.
const DEEPEST: usize = 32;
const MOST: usize = 100_000;

/// Variables and locals of all files.
pub struct Module<'a> {
    variables: HashMap<String, (usize, &'a str, &'a Expression)>,
    /// Names of variables whose values the module hides, wherever they are set.
    sensitive: HashSet<String>,
    locals: HashMap<String, (usize, &'a str, &'a Expression)>,
    literals: HashMap<String, String>,
    given: BTreeMap<String, String>,
    marks: BTreeMap<String, Placeholder>,
    /// Sources of what was computed, by where they start.
    sources: HashMap<Place, String>,
    starts: HashMap<usize, Vec<usize>>,
    work: usize,
    /// Bytes that templates made.
    grown: usize,
}

impl<'a> Module<'a> {
    /// Of these files. Top-level arguments are those of a file of variables.
    pub fn new(bodies: &'a [(usize, &'a str, Body)], answers: &Answers) -> Module<'a> {
        let mut module = Module {
            variables: HashMap::new(),
            sensitive: HashSet::new(),
            locals: HashMap::new(),
            literals: HashMap::new(),
            given: answers.starting_with("var:").map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            marks: BTreeMap::new(),
            sources: HashMap::new(),
            starts: HashMap::new(),
            work: 0,
            grown: 0,
        };
        for (file, text, body) in bodies {
            module.starts.insert(*file, std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect());
            for structure in body {
                match structure {
                    Structure::Attribute(attribute) => {
                        module.variables.insert(attribute.key.as_str().to_owned(), (*file, text, &attribute.value));
                    }
                    Structure::Block(block) => {
                        let label = |i: usize| block.labels.get(i).map(|l| l.as_str()).unwrap_or("");
                        match block.ident.as_str() {
                            "variable" => {
                                if block.body.get_attribute("sensitive").is_some_and(|a| a.value.as_bool() == Some(true)) {
                                    module.sensitive.insert(label(0).to_owned());
                                }
                                if let Some(default) = block.body.get_attribute("default") {
                                    module.variables.entry(label(0).to_owned()).or_insert((*file, text, &default.value));
                                }
                            }
                            "locals" => {
                                for attribute in block.body.attributes() {
                                    module.locals.insert(attribute.key.as_str().to_owned(), (*file, text, &attribute.value));
                                }
                            }
                            "resource" => {
                                if let Some(name) = block.body.get_attribute("name").and_then(|a| a.value.as_str()) {
                                    module.literals.insert(format!("{}.{}.name", label(0), label(1)), name.to_owned());
                                }
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
        module
    }

    /// Whether the module hides the values of a variable.
    pub fn is_sensitive(&self, name: &str) -> bool {
        self.sensitive.contains(name)
    }

    /// The expressions of all placeholders.
    pub fn origins(&self) -> Vec<String> {
        self.marks.values().map(|mark| mark.origin.clone()).collect()
    }

    /// The placeholders of all drafts.
    pub fn placeholders(self) -> Vec<Placeholder> {
        self.marks.into_values().collect()
    }

    /// The declarations that expressions need: variables, locals and data, each as it is written.
    pub fn declared<'e>(&self, bodies: &[(usize, &str, Body)], expressions: impl Iterator<Item = &'e str>) -> BTreeMap<String, String> {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (_, text, body) in bodies {
            let source = |span: Option<std::ops::Range<usize>>| span.and_then(|span| text.get(span)).map(|source| source.trim().to_owned());
            for block in body.blocks() {
                let label = |i: usize| block.labels.get(i).map(|l| l.as_str()).unwrap_or("");
                match block.ident.as_str() {
                    "variable" if self.is_sensitive(label(0)) => {
                        all.insert(format!("var.{}", label(0)), format!("variable \"{}\" {{\n  sensitive = true\n}}", label(0)));
                    }
                    "variable" => all.extend(source(block.span()).map(|source| (format!("var.{}", label(0)), source))),
                    "data" => all.extend(source(block.span()).map(|source| (format!("data.{}.{}", label(0), label(1)), source))),
                    "locals" => {
                        let local = |a: &hcl_edit::structure::Attribute| {
                            Some((format!("local.{}", a.key.as_str()), format!("{} = {}", a.key.as_str(), source(a.value.span())?)))
                        };
                        all.extend(block.body.attributes().filter_map(local));
                    }
                    _ => {}
                }
            }
        }
        let (mut found, mut open) = (BTreeMap::new(), expressions.map(str::to_owned).collect::<Vec<_>>());
        while let Some(text) = open.pop() {
            for name in references(&text) {
                if let Some(source) = all.remove(&name) {
                    open.push(source.clone());
                    found.insert(name, source);
                }
            }
        }
        found
    }

    fn place(&self, file: usize, expression: &Expression) -> Place {
        let start = expression.span().map_or(0, |span| span.start);
        let starts = self.starts.get(&file).map_or(&[][..], Vec::as_slice);
        let line = starts.partition_point(|s| *s <= start);
        Place { file, line: line.max(1), column: start - starts.get(line.saturating_sub(1)).copied().unwrap_or(0).min(start) + 1 }
    }

    /// An expression as a value; what is computed is remembered by its place.
    pub fn node(&mut self, file: usize, text: &str, expression: &Expression, depth: usize) -> Node {
        let node = self.computed(file, text, expression, depth);
        let is_literal = match expression {
            Expression::FuncCall(call) => call.name.name.as_str() == "jsonencode",
            Expression::StringTemplate(_) | Expression::Traversal(_) | Expression::Conditional(_) => false,
            _ => true,
        };
        if !is_literal && let Some(source) = expression.span().and_then(|span| text.get(span)).filter(|source| !source.contains("<<")) {
            self.sources.insert(self.place(file, expression), source.trim().to_owned());
        }
        node
    }

    fn computed(&mut self, file: usize, text: &str, expression: &Expression, depth: usize) -> Node {
        let at = self.place(file, expression);
        self.work += 1;
        let scalar = |text: String, plain| Node::new(at, Kind::Scalar { text, plain });
        if depth > DEEPEST || self.work > MOST || self.grown > LARGEST {
            return scalar(self.unknown(text, expression), false);
        }
        match expression {
            Expression::Null(_) => scalar("null".into(), true),
            Expression::Bool(value) => scalar(value.value().to_string(), true),
            Expression::Number(number) => scalar(number.value().to_string(), true),
            Expression::String(value) => scalar(value.value().clone(), false),
            Expression::Array(array) => Node::new(at, Kind::List(array.iter().map(|item| self.node(file, text, item, depth + 1)).collect())),
            Expression::Object(object) => {
                let mut pairs: Vec<(Key, Node)> = Vec::new();
                for (key, value) in object {
                    let name = match key {
                        ObjectKey::Ident(ident) => ident.as_str().to_owned(),
                        ObjectKey::Expression(key) => self.node(file, text, key, depth + 1).text().unwrap_or("").to_owned(),
                    };
                    let value = self.node(file, text, value.expr(), depth + 1);
                    pairs.retain(|(known, _)| known.text != name);
                    pairs.push((Key { text: name, at: value.at }, value));
                }
                Node::new(at, Kind::Map(pairs))
            }
            Expression::StringTemplate(template) => {
                let parts: Vec<&Element> = template.iter().collect();
                scalar(self.template(file, text, &parts, depth), false)
            }
            Expression::HeredocTemplate(heredoc) => {
                let parts = elements(&heredoc.template);
                // Its text starts on the line below.
                let at = Place { line: at.line + 1, column: 1, ..at };
                Node::new(at, Kind::Scalar { text: self.template(file, text, &parts, depth), plain: false })
            }
            Expression::Parenthesis(inner) => self.node(file, text, inner.inner(), depth + 1),
            Expression::Conditional(conditional) => match self.node(file, text, &conditional.cond_expr, depth + 1).text() {
                Some("true") => self.node(file, text, &conditional.true_expr, depth + 1),
                Some("false") => self.node(file, text, &conditional.false_expr, depth + 1),
                _ => scalar(self.unknown(text, expression), false),
            },
            Expression::Traversal(traversal) => {
                let mut path = match &traversal.expr {
                    Expression::Variable(name) => vec![name.as_str().to_owned()],
                    _ => return scalar(self.unknown(text, expression), false),
                };
                for operator in &traversal.operators {
                    match operator.value() {
                        TraversalOperator::GetAttr(name) => path.push(name.as_str().to_owned()),
                        TraversalOperator::Index(index) => path.push(self.node(file, text, index, depth + 1).text().unwrap_or("*").to_owned()),
                        TraversalOperator::LegacyIndex(index) => path.push(index.value().to_string()),
                        _ => return scalar(self.unknown(text, expression), false),
                    }
                }
                let mut found = self.reference(&path, depth).unwrap_or_else(|| scalar(self.mark(&path.join("."), text, expression), false));
                found.at = at;
                found
            }
            Expression::FuncCall(call) => {
                let args: Vec<Node> = call.args.iter().map(|arg| self.node(file, text, arg, depth + 1)).collect();
                let mut found = self.function(call.name.name.as_str(), args).unwrap_or_else(|| scalar(self.unknown(text, expression), false));
                found.at = at;
                found
            }
            _ => scalar(self.unknown(text, expression), false),
        }
    }

    fn template(&mut self, file: usize, text: &str, parts: &[&Element], depth: usize) -> String {
        let mut out = String::new();
        for part in parts {
            match part {
                Element::Literal(literal) => out.push_str(literal.value()),
                Element::Interpolation(inner) => match self.node(file, text, &inner.expr, depth + 1).kind {
                    Kind::Scalar { text, .. } => out.push_str(&text),
                    Kind::List(_) | Kind::Map(_) => out += &self.mark("expression", text, &inner.expr),
                },
                Element::Directive(_) => out += "${expression}",
            }
            if out.len() + self.grown > LARGEST {
                break;
            }
        }
        self.grown += out.len();
        out
    }

    /// `var.x`, `local.x` and names of resources in the same files.
    fn reference(&mut self, path: &[String], depth: usize) -> Option<Node> {
        let name = path.get(1)?;
        let (found, used) = match path[0].as_str() {
            "var" => {
                if let Some(given) = self.given.get(name) {
                    return Some(Node::new(Place::default(), Kind::Scalar { text: given.clone(), plain: false }));
                }
                if self.is_sensitive(name) {
                    return None;
                }
                let (file, text, expression) = self.variables.get(name).copied()?;
                (self.node(file, text, expression, depth + 1), 2)
            }
            "local" => {
                let (file, text, expression) = self.locals.get(name).copied()?;
                (self.node(file, text, expression, depth + 1), 2)
            }
            _ => {
                let literal = self.literals.get(&path.join("."))?.clone();
                return Some(Node::new(Place::default(), Kind::Scalar { text: literal, plain: false }));
            }
        };
        let mut at = found;
        for key in &path[used..] {
            let next = match key.parse::<usize>() {
                Ok(i) => at.items().get(i).cloned(),
                Err(_) => None,
            };
            at = next.or_else(|| at.get(key).cloned())?;
        }
        Some(at)
    }

    fn function(&mut self, name: &str, args: Vec<Node>) -> Option<Node> {
        let known = |node: &Node| node.text().is_none_or(|text| !text.contains("${"));
        let text = |i: usize| args.get(i).and_then(Node::text).map(str::to_owned);
        let scalar = |text: String| Some(Node::new(Place::default(), Kind::Scalar { text, plain: false }));
        match name {
            "jsonencode" | "tolist" | "toset" | "tomap" | "try" | "sensitive" | "nonsensitive" => args.into_iter().next(),
            "tostring" => scalar(text(0)?),
            "tonumber" => Some(Node::new(Place::default(), Kind::Scalar { text: text(0)?, plain: true })),
            "lower" => scalar(text(0).filter(|_| known(&args[0]))?.to_lowercase()),
            "upper" => scalar(text(0).filter(|_| known(&args[0]))?.to_uppercase()),
            "coalesce" => args.into_iter().find(|arg| !arg.is_null() && arg.text() != Some("")),
            "join" => {
                let list: Option<Vec<&str>> = args.get(1)?.items().iter().map(Node::text).collect();
                scalar(list?.join(&text(0)?))
            }
            "concat" | "flatten" | "compact" => {
                let mut items = Vec::new();
                for arg in args {
                    match arg.kind {
                        Kind::List(list) => list.into_iter().for_each(|item| match item.kind {
                            Kind::List(inner) if name == "flatten" => items.extend(inner),
                            _ => items.push(item),
                        }),
                        _ => return None,
                    }
                }
                items.retain(|item| name != "compact" || !(item.is_null() || item.text() == Some("")));
                Some(Node::new(Place::default(), Kind::List(items)))
            }
            "merge" => {
                let mut all: Vec<(Key, Node)> = Vec::new();
                for arg in args {
                    let Kind::Map(pairs) = arg.kind else { return None };
                    for (key, value) in pairs {
                        all.retain(|(known, _)| known.text != key.text);
                        all.push((key, value));
                    }
                }
                Some(Node::new(Place::default(), Kind::Map(all)))
            }
            "lookup" => args.first()?.get(&text(1)?).cloned().or_else(|| args.get(2).cloned()),
            "format" => {
                let (mut out, mut rest, mut next) = (String::new(), text(0)?, 1);
                while let Some(at) = rest.find('%') {
                    out.push_str(&rest[..at]);
                    match rest[at + 1..].chars().next()? {
                        '%' => out.push('%'),
                        's' | 'd' | 'v' => {
                            out.push_str(&text(next)?);
                            next += 1;
                        }
                        _ => return None,
                    }
                    rest = rest[at + 2..].to_owned();
                }
                scalar(out + &rest)
            }
            _ => None,
        }
    }

    /// The mark for an expression that has no name.
    fn unknown(&mut self, text: &str, expression: &Expression) -> String {
        let source = expression.span().and_then(|span| text.get(span)).unwrap_or("expression");
        let name: String = source.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') { c } else { '_' }).take(40).collect();
        self.mark(name.trim_matches('_'), text, expression)
    }

    fn mark(&mut self, name: &str, text: &str, expression: &Expression) -> String {
        let name: String = name.strip_prefix("var.").unwrap_or(name).chars().filter(|c| !matches!(c, '{' | '}' | '$')).collect();
        let name = if name.is_empty() { "expression".to_owned() } else { name };
        let origin = expression.span().and_then(|span| text.get(span)).unwrap_or("").trim().to_owned();
        self.marks.entry(name.clone()).or_insert(Placeholder { name: name.clone(), origin });
        format!("${{{name}}}")
    }
}

impl Dialect for Module<'_> {
    fn key(&self, _: &str, written: &str, _: &schema::Node) -> Option<String> {
        Some(written.to_owned())
    }

    /// Everything is computed already.
    fn resolve(&mut self, _: &Node) -> Resolved {
        Resolved::Same
    }

    fn expression(&self, node: &Node) -> Option<String> {
        self.sources.get(&node.at).cloned()
    }
}

/// Names of the form `var.x`, `local.x`, `data.type.x` in a text.
pub(in crate::formats) fn references(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')));
    let name = |word: &str| {
        let parts: Vec<&str> = word.split('.').collect();
        match parts.as_slice() {
            [kind @ ("var" | "local"), name, ..] => Some(format!("{kind}.{name}")),
            ["data", kind, name, ..] => Some(format!("data.{kind}.{name}")),
            [kind, name, _, ..] if kind.contains('_') => Some(format!("{kind}.{name}")),
            _ => None,
        }
    };
    words.filter_map(name).collect()
}

fn elements(template: &Template) -> Vec<&Element> {
    template.iter().collect()
}
