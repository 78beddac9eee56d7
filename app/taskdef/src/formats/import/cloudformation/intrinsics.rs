//! Intrinsic functions: computed where they are constant, else a placeholder that remembers its expression.

use super::keys;
use crate::{
    formats::{
        import::{
            Answers, LARGEST, Placeholder,
            along::{Dialect, Resolved},
            tree::{Kind, Node},
        },
        report::Said,
    },
    lint::schema,
    messages::all,
};
use std::collections::{BTreeMap, BTreeSet};

/// Most levels and most nodes of expressions.
const DEEPEST: usize = 32;
const MOST: usize = 20_000;

/// A template with what its expressions need.
pub struct Template {
    root: Node,
    region: Option<String>,
    given: BTreeMap<String, String>,
    work: usize,
    /// Bytes that substitutions made.
    grown: usize,
    marks: BTreeMap<String, Placeholder>,
    /// Parameters whose value is in a draft.
    pub used: BTreeSet<String>,
}

impl Template {
    /// Of this tree.
    pub fn new(root: &Node, answers: &Answers) -> Template {
        let given = answers.starting_with("var:").map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let region = answers.get("region").map(str::to_owned);
        Template { root: root.clone(), region, given, work: 0, grown: 0, marks: BTreeMap::new(), used: BTreeSet::new() }
    }

    /// The placeholders that drafts of it have.
    pub fn placeholders(self) -> Vec<Placeholder> {
        self.marks.into_values().collect()
    }

    fn mark(&mut self, name: &str, origin: &Node) -> String {
        let text = format!("${{{name}}}");
        self.marks.entry(name.to_owned()).or_insert_with(|| Placeholder { name: name.to_owned(), origin: origin.to_value().to_string() });
        text
    }

    /// A function and its argument.
    fn function(node: &Node) -> Option<(&str, &Node)> {
        let [(key, argument)] = node.pairs() else { return None };
        (matches!(key.text.as_str(), "Ref" | "Condition") || key.text.starts_with("Fn::")).then_some((key.text.as_str(), argument))
    }

    /// What a node is; none for `AWS::NoValue`.
    fn compute(&mut self, node: &Node, depth: usize) -> Option<Node> {
        self.work += 1;
        let Some((name, argument)) = Template::function(node) else { return Some(node.clone()) };
        if depth > DEEPEST || self.work > MOST || self.grown > LARGEST {
            return Some(node.like(self.mark("expression", node)));
        }
        match name {
            "Ref" => {
                let name = argument.text()?.to_owned();
                if name == "AWS::NoValue" {
                    return None;
                }
                Some(self.reference(&name, node, depth))
            }
            "Fn::GetAtt" => {
                let parts: Vec<&str> = match argument.text() {
                    Some(text) => text.splitn(2, '.').collect(),
                    None => argument.items().iter().filter_map(Node::text).collect(),
                };
                let (resource, attribute) = (parts.first().copied().unwrap_or(""), parts.get(1).copied().unwrap_or(""));
                Some(node.like(self.attribute(resource, attribute, node)))
            }
            "Fn::Sub" => {
                let (text, local) = match argument.items() {
                    [text, local, ..] => (text, Some(local)),
                    _ => (argument, None),
                };
                let template = text.text()?.to_owned();
                let out = self.substitute(&template, local, node, depth);
                Some(Node { leaf: text.leaf, ..text.like(out) })
            }
            "Fn::Join" => {
                let [separator, list] = argument.items() else { return Some(node.like(self.mark("Join", node))) };
                let list = self.compute(list, depth + 1)?;
                let parts: Vec<String> = list.items().iter().filter_map(|item| self.text(item, depth)).collect();
                Some(node.like(parts.join(separator.text().unwrap_or(""))))
            }
            "Fn::Select" => {
                let [index, list] = argument.items() else { return Some(node.like(self.mark("Select", node))) };
                let index = self.text(index, depth)?.parse::<usize>().ok();
                let list = self.compute(list, depth + 1)?;
                match index.and_then(|i| list.items().get(i)) {
                    Some(item) => self.compute(item, depth + 1),
                    None => Some(node.like(self.mark("Select", node))),
                }
            }
            "Fn::Split" => {
                let [separator, text] = argument.items() else { return Some(node.like(self.mark("Split", node))) };
                let text = self.text(text, depth)?;
                let separator = separator.text().unwrap_or(",");
                if separator.is_empty() {
                    return Some(node.like(text));
                }
                Some(Node::new(node.at, Kind::List(text.split(separator).map(|part| node.like(part)).collect())))
            }
            "Fn::FindInMap" => {
                let keys: Vec<String> = argument.items().iter().take(3).filter_map(|item| self.text(item, depth)).collect();
                let found = match keys.as_slice() {
                    [map, top, second] => self.root.get("Mappings").and_then(|m| m.get(map)?.get(top)?.get(second)).cloned(),
                    _ => None,
                };
                Some(found.unwrap_or_else(|| node.like(self.mark(&keys.join(".").replace("${", "").replace('}', ""), node))))
            }
            "Fn::If" => {
                let [condition, yes, no] = argument.items() else { return Some(node.like(self.mark("If", node))) };
                let holds = condition.text().is_none_or(|name| self.condition(name, depth));
                self.compute(if holds { yes } else { no }, depth + 1)
            }
            "Fn::ImportValue" => {
                let name = self.text(argument, depth).unwrap_or_default();
                let name: String = name.chars().filter(|c| !matches!(c, '$' | '{' | '}')).collect();
                Some(node.like(self.mark(&name, node)))
            }
            "Fn::Base64" => Some(argument.clone()).filter(|a| a.text().is_some()).or_else(|| Some(node.like(self.mark("Base64", node)))),
            other => Some(node.like(self.mark(other.trim_start_matches("Fn::"), node))),
        }
    }

    fn text(&mut self, node: &Node, depth: usize) -> Option<String> {
        self.compute(node, depth + 1)?.text().map(str::to_owned)
    }

    fn reference(&mut self, name: &str, node: &Node, depth: usize) -> Node {
        match name {
            "AWS::Region" => {
                let region = self.region.clone();
                return node.like(region.unwrap_or_else(|| self.mark(name, node)));
            }
            "AWS::Partition" => return node.like("aws"),
            "AWS::URLSuffix" => return node.like("amazonaws.com"),
            _ if name.starts_with("AWS::") => return node.like(self.mark(name, node)),
            _ => {}
        }
        if let Some(value) = self.given.get(name) {
            return node.like(value.clone());
        }
        if let Some(parameter) = self.root.get("Parameters").and_then(|p| p.get(name)) {
            let hidden = parameter.get("NoEcho").and_then(Node::text).is_some_and(|t| t.eq_ignore_ascii_case("true"));
            let stored = parameter.get("Type").and_then(Node::text).is_some_and(|t| t.starts_with("AWS::SSM::"));
            let default = parameter.get("Default").filter(|d| !hidden && !stored && d.text().is_some_and(|t| !t.is_empty())).cloned();
            return match default {
                Some(default) => {
                    self.used.insert(name.to_owned());
                    let list = parameter.get("Type").and_then(Node::text).is_some_and(|t| t.starts_with("CommaDelimitedList") || t.starts_with("List<"));
                    match default.text().filter(|_| list).map(str::to_owned) {
                        Some(text) => Node::new(node.at, Kind::List(text.split(',').map(|part| node.like(part.trim())).collect())),
                        None => default,
                    }
                }
                None => node.like(self.mark(name, node)),
            };
        }
        let resource = self.root.get("Resources").and_then(|r| r.get(name)).cloned();
        let property = |key: &str| resource.as_ref().and_then(|r| r.get("Properties")?.get(key)).cloned();
        let literal = match resource.as_ref().and_then(|r| r.get("Type")).and_then(Node::text) {
            Some("AWS::Logs::LogGroup") => property("LogGroupName"),
            Some("AWS::IAM::Role") => property("RoleName"),
            _ => None,
        };
        match literal.and_then(|literal| self.text(&literal, depth + 1)) {
            Some(text) => node.like(text),
            None => node.like(self.mark(name, node)),
        }
    }

    fn attribute(&mut self, resource: &str, attribute: &str, node: &Node) -> String {
        let found = self.root.get("Resources").and_then(|r| r.get(resource)).cloned();
        let is_role = found.as_ref().and_then(|r| r.get("Type")).and_then(Node::text) == Some("AWS::IAM::Role");
        let name = found.as_ref().and_then(|r| r.get("Properties")?.get("RoleName")).cloned();
        match name.filter(|_| is_role && attribute == "Arn").and_then(|name| self.text(&name, 1)) {
            Some(name) => {
                let account = self.mark("AWS::AccountId", &node.like("AWS::AccountId"));
                format!("arn:aws:iam::{account}:role/{name}")
            }
            None => self.mark(&format!("{resource}.{attribute}"), node),
        }
    }

    /// `${A}`, `${A.B}`, `${!literal}`.
    fn substitute(&mut self, template: &str, local: Option<&Node>, node: &Node, depth: usize) -> String {
        let (mut out, mut rest) = (String::new(), template);
        while let Some(start) = rest.find("${") {
            out.push_str(&rest[..start]);
            let Some(end) = rest[start..].find('}') else { break };
            let name = rest[start + 2..start + end].trim();
            rest = &rest[start + end + 1..];
            if out.len() + self.grown > LARGEST {
                break;
            }
            if let Some(literal) = name.strip_prefix('!') {
                out += &format!("${{{literal}}}");
            } else if let Some(value) = local.and_then(|map| map.get(name)).cloned() {
                out += &self.text(&value, depth + 1).unwrap_or_default();
            } else if let Some((resource, attribute)) = name.split_once('.') {
                let origin = node.like(name);
                out += &self.attribute(resource, attribute, &origin);
            } else {
                let origin = node.like(name);
                out += self.reference(name, &origin, depth + 1).text().unwrap_or("");
            }
        }
        out.push_str(rest);
        self.grown += out.len();
        out
    }

    /// Whether a condition holds with the defaults; one that cannot be known holds.
    fn condition(&mut self, name: &str, depth: usize) -> bool {
        let Some(condition) = self.root.get("Conditions").and_then(|c| c.get(name)).cloned() else { return true };
        self.holds(&condition, depth + 1).unwrap_or(true)
    }

    fn holds(&mut self, node: &Node, depth: usize) -> Option<bool> {
        self.work += 1;
        if depth > DEEPEST || self.work > MOST {
            return None;
        }
        let (name, argument) = Template::function(node)?;
        match name {
            "Condition" => {
                let name = argument.text()?.to_owned();
                Some(self.condition(&name, depth + 1))
            }
            "Fn::Equals" => {
                let [a, b] = argument.items() else { return None };
                let (a, b) = (self.text(a, depth)?, self.text(b, depth)?);
                (!a.contains("${") && !b.contains("${")).then(|| a == b)
            }
            "Fn::Not" => argument.items().first().cloned().and_then(|item| self.holds(&item, depth + 1)).map(|holds| !holds),
            "Fn::And" => argument.items().to_vec().iter().map(|item| self.holds(item, depth + 1)).try_fold(true, |all, holds| Some(all && holds?)),
            "Fn::Or" => argument.items().to_vec().iter().map(|item| self.holds(item, depth + 1)).try_fold(false, |any, holds| Some(any || holds?)),
            _ => None,
        }
    }
}

impl Dialect for Template {
    fn key(&self, _: &str, written: &str, field: &schema::Node) -> Option<String> {
        keys::key(written, field)
    }

    fn resolve(&mut self, node: &Node) -> Resolved {
        let Some((name, argument)) = Template::function(node) else { return Resolved::Same };
        let said = match name {
            "Fn::If" => Some(Said::of(&all::IMPORT_BRANCH)),
            "Ref" => argument
                .text()
                .filter(|name| self.root.get("Parameters").is_some_and(|p| p.get(name).is_some()))
                .map(|name| Said::of(&all::IMPORT_PARAMETER).text("name", name)),
            _ => None,
        };
        match self.compute(node, 0) {
            Some(value) => Resolved::Other(value, said),
            None => Resolved::Absent,
        }
    }

    fn expression(&self, node: &Node) -> Option<String> {
        Template::function(node)?;
        Some(node.to_value().to_string())
    }
}
