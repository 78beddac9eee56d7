//! “More settings”: the controls that are made from the schema. Pure text, so that a field is data and no code.

use super::cells::{ask, escape, icon};
use crate::{
    texts::{Told, told},
    wizard::widgets::Scope,
};
use serde_json::Value;
use std::fmt::Write;
use taskdef::{
    Draft, Lang, Launch,
    document::{pointer::field_id, view},
    questions::{
        Action, Field, List, Part,
        fields::{Kind, MOST_ROWS, Spec, specs},
    },
};

fn shows(scope: Scope, spec: &Spec) -> bool {
    spec.step == scope.step && spec.of_container() == scope.container.is_some()
}

/// The groups of a scope, folded where nothing of them is set. `messages` gives what is said at a field.
pub fn settings(lang: Lang, d: &Draft, scope: Scope, messages: &dyn Fn(Field) -> String) -> String {
    let mut page = Page { lang, d, messages, at: scope.container.into_iter().collect(), html: String::new() };
    let names = |names: Vec<&str>, id: &str| {
        let options: String =
            names.into_iter().filter(|n| !n.is_empty()).take(MOST_ROWS).map(|n| format!("<option value=\"{}\"></option>", escape(n))).collect();
        format!("<datalist id=\"{id}\">{options}</datalist>")
    };
    let volumes = d.definition().get("volumes").and_then(Value::as_array).into_iter().flatten();
    page.html += &names(volumes.filter_map(|v| v.get("name")?.as_str()).collect(), "dl-volumes");
    page.html += &names(view::containers(d.definition()).iter().map(|c| c.name()).collect(), "dl-containers");
    let mut i = 0;
    while i < specs().len() {
        let end = (i + 1..specs().len()).find(|n| specs()[*n].kind == Kind::Group).unwrap_or(specs().len());
        if shows(scope, &specs()[i]) {
            page.group(i, end);
        }
        i = end;
    }
    page.html
}

/// Whether a value is worth showing at once: what every definition has, or what another question of the page shows, is not.
fn is_loud(d: &Draft, field: Field) -> bool {
    let text = |usual: &[&str]| field.found(d).and_then(Value::as_str).is_some_and(|now| usual.contains(&now));
    let path = field.spec().path.as_str();
    field.is_set(d)
        && match path.strip_prefix("containerDefinitions[].logConfiguration.").map_or(path, |_| "log") {
            "requiresCompatibilities" => field.rows(d) > 1 || !matches!(d.launch(), Some(Launch::Fargate | Launch::Ec2)),
            "runtimePlatform.operatingSystemFamily" => !text(&["LINUX"]),
            "runtimePlatform.cpuArchitecture" => false,
            "log" => field.container().and_then(|i| view::containers(d.definition()).get(i).map(|c| c.log_driver() != "awslogs")).unwrap_or(false),
            "containerDefinitions[].portMappings" => (0..field.rows(d)).any(|row| field.members(row).any(|member| member.is_set(d))),
            _ => true,
        }
}

struct Page<'a> {
    lang: Lang,
    d: &'a Draft,
    messages: &'a dyn Fn(Field) -> String,
    /// Container and row.
    at: Vec<usize>,
    html: String,
}

impl Page<'_> {
    fn field(&self, i: usize) -> Field {
        Field::new(i, &self.at)
    }

    /// The index behind what belongs to the field at `i`.
    fn after(i: usize, end: usize) -> usize {
        let path = specs()[i].path.as_str();
        (i + 1..end).find(|n| !specs()[*n].path.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']))).unwrap_or(end)
    }

    fn group(&mut self, i: usize, end: usize) {
        let Told { label, hint, .. } = told(self.lang, i);
        let (mut count, mut open) = (0, false);
        let mut n = i + 1;
        while n < end {
            let below = Page::after(n, end);
            let members = || (n..below).map(|m| self.field(m));
            let set = if specs()[n].kind == Kind::Object { members().any(|m| m.is_set(self.d)) } else { is_loud(self.d, self.field(n)) };
            count += usize::from(set);
            open |= set;
            n = below;
        }
        let tag = if count > 0 {
            format!(" <span class=\"c-tag\" data-variant=\"accent\">{}</span>", tr!(self.lang, settings.is_set, n = count))
        } else {
            String::new()
        };
        let id = format!("g-{}{}", specs()[i].path.replace('#', "-"), self.at.iter().map(|c| format!("-{c}")).collect::<String>());
        let open = if open { " open" } else { "" };
        let _ = write!(
            self.html,
            "<details class=\"c-more c-settings\" id=\"{id}\"{open}><summary>{}<span>{label}</span>{tag}</summary><div class=\"c-more__body\"><p>{hint}</p>",
            icon("right", 16)
        );
        self.fields(i + 1, end);
        self.html += "</div></details>";
    }

    fn fields(&mut self, mut i: usize, end: usize) {
        while i < end {
            let below = Page::after(i, end);
            match specs()[i].kind {
                Kind::Group => {}
                Kind::Object => self.object(i, below),
                Kind::List | Kind::Rows => self.list(i, below),
                Kind::Map => self.map(i),
                Kind::OneOfs => self.boxes(i),
                Kind::Words => self.words(i),
                Kind::Text | Kind::Integer | Kind::Boolean | Kind::OneOf | Kind::Integers => self.one(i),
            }
            i = below;
        }
    }

    /// An object that is there is shown; one that is not is folded.
    fn object(&mut self, i: usize, end: usize) {
        let Told { label, hint, .. } = told(self.lang, i);
        let field = self.field(i);
        let open = if field.found(self.d).is_some_and(|v| !v.is_null()) { " open" } else { "" };
        let (id, sign) = (field_id(&field.to_string()), icon("right", 16));
        let _ = write!(
            self.html,
            "<details class=\"c-more\" id=\"{id}\"{open}><summary>{sign}<span>{label}</span></summary><div class=\"c-more__body\"><p>{hint}</p>{}",
            self.slot(field)
        );
        self.fields(i + 1, end);
        self.html += "</div></details>";
    }

    fn slot(&self, field: Field) -> String {
        format!("<div data-told=\"{field}\">{}</div>", (self.messages)(field))
    }

    /// Opens a fieldset with its legend, hint and messages.
    fn set(&mut self, i: usize, field: Field) {
        let Told { label, hint, breaks } = told(self.lang, i);
        let (id, key, ask) = (field_id(&field.to_string()), field.spec().key(), self.ask(label, breaks));
        let _ = write!(
            self.html,
            "<fieldset class=\"c-field__set\" id=\"{id}\" aria-describedby=\"{id}-hint\"><legend class=\"c-field__label\">{label} <code class=\"c-field__key\" translate=\"no\" lang=\"en\">{key}</code></legend>{ask}<p class=\"c-field__hint\" id=\"{id}-hint\">{hint}</p>{}",
            self.slot(field)
        );
    }

    fn rows(&self, field: Field) -> usize {
        field.rows(self.d).min(MOST_ROWS)
    }

    /// The button that adds, and what is not shown; closes the fieldset.
    fn end(&mut self, i: usize, field: Field) {
        let label = told(self.lang, i).label;
        let rest = field.rows(self.d).saturating_sub(MOST_ROWS);
        if rest > 0 {
            let _ = write!(self.html, "<p class=\"c-field__hint\">{}</p>", tr!(self.lang, settings.rest, n = rest));
        }
        if field.spec().kind.has_rows() {
            let op = Action::Add(List::Field(field)).to_string();
            let (short, whole) = (tr!(self.lang, settings.add_short), tr!(self.lang, settings.add, label = label));
            let _ = write!(
                self.html,
                "<div class=\"l-row\"><button class=\"c-btn\" data-size=\"small\" id=\"{}\" name=\"op\" value=\"{op}\" formnovalidate aria-label=\"{whole}\">{}{short}</button></div>",
                field_id(&op),
                icon("plus", 16)
            );
        }
        self.html += "</fieldset>";
    }

    /// What breaks, behind the label.
    fn ask(&self, label: &str, breaks: &str) -> String {
        if breaks.is_empty() { String::new() } else { format!("<div>{}</div>", ask(self.lang, label, &format!("<p>{breaks}</p>"))) }
    }

    fn list(&mut self, i: usize, end: usize) {
        let field = self.field(i);
        self.set(i, field);
        let label = told(self.lang, i).label;
        for row in 0..self.rows(field) {
            let title = match field.spec().kind {
                Kind::Rows => self.port(field, row),
                _ => tr!(self.lang, common.row, label = label, n = row + 1),
            };
            let _ = write!(self.html, "<fieldset class=\"c-settings__row\"><legend>{title}</legend>");
            self.at.push(row);
            self.fields(i + 1, end);
            self.at.pop();
            if field.spec().kind == Kind::List {
                self.remove(field, row, &title);
            }
            self.html += "</fieldset>";
        }
        self.end(i, field);
    }

    /// A port mapping is called by its port.
    fn port(&self, field: Field, row: usize) -> String {
        let port = field.found(self.d).and_then(|list| list.get(row)?.get("containerPort").map(taskdef::document::value::text_of)).unwrap_or_default();
        format!("{} {}", tr!(self.lang, ports.port), escape(if port.is_empty() { "–" } else { &port }))
    }

    fn remove(&mut self, field: Field, row: usize, title: &str) {
        let op = Action::Remove(List::Field(field), row).to_string();
        let words = format!("{} {title}", tr!(self.lang, common.remove));
        let _ = write!(self.html, "<button class=\"c-icon\" name=\"op\" value=\"{op}\" formnovalidate aria-label=\"{words}\">{}</button>", icon("x", 20));
    }

    fn map(&mut self, i: usize) {
        let field = self.field(i);
        self.set(i, field);
        for row in 0..self.rows(field) {
            self.html += "<div class=\"c-settings__pair\">";
            let at = u16::try_from(row).unwrap_or(u16::MAX);
            for (part, words) in [(Part::Key(at), tr!(self.lang, settings.key)), (Part::Value(at), tr!(self.lang, settings.value))] {
                self.html += &self.input(field.part(part), &format!("aria-label=\"{words} {}\"", row + 1));
            }
            self.remove(field, row, &format!("{} {}", tr!(self.lang, settings.key), row + 1));
            let _ = write!(self.html, "</div>{}", self.slot(field.part(Part::Value(at))));
        }
        self.end(i, field);
    }

    fn boxes(&mut self, i: usize) {
        let field = self.field(i);
        self.set(i, field);
        for (n, word) in field.spec().words.iter().enumerate() {
            let has = field.part(Part::Has(u16::try_from(n).unwrap_or(u16::MAX)));
            let (name, checked) = (has.to_string(), if has.rendered(self.d) == "true" { " checked" } else { "" });
            let _ = write!(
                self.html,
                "<input type=\"hidden\" name=\"{name}\" value=\"false\"><label class=\"c-check\"><input type=\"checkbox\" id=\"{}\" name=\"{name}\" value=\"true\" data-field=\"{}\"{checked}><span translate=\"no\" lang=\"en\">{word}</span></label>",
                field_id(&name),
                field.place()
            );
        }
        self.end(i, field);
    }

    /// A list of words: all on one line, and each by itself.
    fn words(&mut self, i: usize) {
        let field = self.field(i);
        self.set_of_words(i, field);
        let count = self.rows(field);
        let label = told(self.lang, i).label;
        let (sign, words) = (icon("right", 16), tr!(self.lang, settings.words));
        let id = field_id(&format!("{field}~words"));
        let _ = write!(
            self.html,
            "<details class=\"c-more\" id=\"{id}\"><summary>{sign}{words}<span class=\"u-vh\"> {label}</span></summary><div class=\"c-more__body\">"
        );
        for n in 0..count {
            let part = field.part(Part::Item(u16::try_from(n).unwrap_or(u16::MAX)));
            let title = tr!(self.lang, settings.word, n = n + 1);
            let area = self.area(part, &format!("aria-label=\"{label}, {title}\""));
            let _ = write!(self.html, "<div class=\"c-settings__pair\">{area}");
            self.remove(field, n, &format!("{label}, {title}"));
            let _ = write!(self.html, "</div>{}", self.slot(part));
        }
        let op = Action::Add(List::Field(field)).to_string();
        let (short, whole) = (tr!(self.lang, settings.add_short), tr!(self.lang, settings.add, label = label));
        let _ = write!(
            self.html,
            "<div class=\"l-row\"><button class=\"c-btn\" data-size=\"small\" id=\"{}\" name=\"op\" value=\"{op}\" formnovalidate aria-label=\"{whole}\">{}{short}</button></div></div></details>",
            field_id(&op),
            icon("plus", 16)
        );
        self.html += "</div>";
    }

    fn set_of_words(&mut self, i: usize, field: Field) {
        self.head(i, field, tr!(self.lang, settings.line));
        let area = self.area(field, &format!("aria-describedby=\"{}-hint\"", field_id(&field.to_string())));
        self.html += &area;
    }

    /// Opens a field with label, hint and messages.
    fn head(&mut self, i: usize, field: Field, form: &str) {
        let Told { label, hint, breaks } = told(self.lang, i);
        let (id, key, ask) = (field_id(&field.to_string()), field.spec().key(), self.ask(label, breaks));
        let form = if form.is_empty() { String::new() } else { format!(". {form}") };
        let _ = write!(
            self.html,
            "<div class=\"c-field\"><label for=\"{id}\">{label} <code class=\"c-field__key\" translate=\"no\" lang=\"en\">{key}</code></label>{ask}<p class=\"c-field__hint\" id=\"{id}-hint\">{hint}{form}</p>{}",
            self.slot(field)
        );
    }

    fn one(&mut self, i: usize) {
        let field = self.field(i);
        self.head(i, field, "");
        let id = field_id(&field.to_string());
        let described = format!("aria-describedby=\"{id}-hint\"");
        let control = match field.spec().kind {
            Kind::Boolean => self.select(field, [("true", tr!(self.lang, settings.yes)), ("false", tr!(self.lang, settings.no))].into_iter(), &described),
            Kind::OneOf => self.select(field, field.spec().words.iter().map(|w| (w.as_str(), w.as_str())), &described),
            _ => self.input(field, &described),
        };
        self.html += &control;
        self.html += "</div>";
    }

    fn input(&self, field: Field, more: &str) -> String {
        let name = field.to_string();
        let list = match field.spec().key() {
            "sourceVolume" => " list=\"dl-volumes\"",
            "sourceContainer" | "containerName" => " list=\"dl-containers\"",
            _ => "",
        };
        let form = if field.spec().kind == Kind::Integer { " inputmode=\"numeric\" data-w=\"10\"" } else { " data-code data-w=\"full\"" };
        format!(
            "<input id=\"{}\" name=\"{name}\" value=\"{}\" data-field=\"{}\" {more}{form}{list} autocomplete=\"off\" spellcheck=\"false\" autocapitalize=\"none\">",
            field_id(&name),
            escape(&field.rendered(self.d)),
            field.place()
        )
    }

    fn area(&self, field: Field, more: &str) -> String {
        let name = field.to_string();
        let shown = field.rendered(self.d);
        let rows = shown.lines().count().clamp(1, 8);
        // A line break at the very beginning of a text area is not part of its text.
        format!(
            "<textarea id=\"{}\" name=\"{name}\" rows=\"{rows}\" data-field=\"{}\" {more} data-code autocomplete=\"off\" spellcheck=\"false\" autocapitalize=\"none\">\n{}</textarea>",
            field_id(&name),
            field.place(),
            escape(&shown)
        )
    }

    fn select<'s>(&self, field: Field, options: impl Iterator<Item = (&'s str, &'s str)>, more: &str) -> String {
        let (name, now) = (field.to_string(), field.rendered(self.d));
        let mut known = now.is_empty();
        let mut html = format!("<option value=\"\">{}</option>", tr!(self.lang, settings.unset));
        for (value, words) in options {
            let here = value == now;
            known |= here;
            let _ = write!(html, "<option value=\"{value}\"{}>{words}</option>", if here { " selected" } else { "" });
        }
        if !known {
            let words = tr!(self.lang, common.current_value, value = now.as_str());
            let _ = write!(html, "<option value=\"{}\" selected>{}</option>", escape(&now), escape(&words));
        }
        format!(
            "<div class=\"c-select\"><select id=\"{}\" name=\"{name}\" data-field=\"{}\" data-w=\"20\" {more}>{html}</select>{}</div>",
            field_id(&name),
            field.place(),
            icon("down", 20)
        )
    }
}
