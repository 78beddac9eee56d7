//! The draft drawn top to bottom, 360 units wide at every width, and the same in sentences. Parts of the picture carry
//! their place, so that a press leads to the field. Who cannot see it has the links of the sentences.

use super::cells::{colour, escape, fit};
use crate::{address::Page, wire::FindingView};
use serde_json::Value;
use taskdef::{
    Draft, Lang, Severity,
    document::{pointer, view},
    grammar::{image, size},
};

/// The errors at a place and inside it.
fn errors<'a>(findings: &'a [FindingView], place: &'a str) -> impl Iterator<Item = &'a FindingView> {
    findings.iter().filter(move |f| f.severity == Severity::Error && pointer::contains(place, &f.place))
}

fn arrow(x: u32, from: u32, to: u32) -> String {
    format!("<path class=\"edge\" d=\"M{x} {from}V{}\"/><path class=\"head\" d=\"M{} {}h10L{x} {to}z\"/>", to - 7, x - 5, to - 8)
}

fn pill(place: &str, bad: bool, x: u32, y: u32, width: u32, text: &str) -> String {
    let bad = if bad { " bad" } else { "" };
    format!(
        "<g data-path=\"{place}\"><rect class=\"chip{bad}\" x=\"{}\" y=\"{y}\" width=\"{width}\" height=\"22\" rx=\"11\"/><text class=\"mid\" x=\"{x}\" y=\"{}\">{text}</text></g>",
        x - width / 2,
        y + 15
    )
}

fn node(place: &str, number: u64, name: &str, image: &str, y: u32, checked: bool, faults: usize) -> String {
    let c = colour(number);
    let (bad, badge) = match faults {
        0 => ("", String::new()),
        n => (" bad", format!("<circle class=\"badge\" cx=\"316\" cy=\"{}\" r=\"11\"/><text class=\"on badgen\" x=\"316\" y=\"{}\">{n}</text>", y + 4, y + 9)),
    };
    let heart = if checked { format!("<path class=\"ok\" d=\"M286 {}h6l4-9 6 17 4-8h5\"/>", y + 22) } else { String::new() };
    format!(
        "<g data-path=\"{place}\"><rect class=\"box{bad}\" x=\"40\" y=\"{y}\" width=\"280\" height=\"58\" rx=\"8\"/><path class=\"cc\" data-c=\"{c}\" d=\"M48 {y}h-2a6 6 0 0 0-6 8v42a6 6 0 0 0 6 8h2z\"/>\
         <rect class=\"cc\" data-c=\"{c}\" x=\"60\" y=\"{}\" width=\"20\" height=\"20\" rx=\"4\"/><text class=\"on\" x=\"70\" y=\"{}\">{number}</text>\
         <text class=\"t\" x=\"88\" y=\"{}\">{}</text><text class=\"code\" x=\"60\" y=\"{}\">{}</text>{heart}{badge}</g>",
        y + 11,
        y + 25,
        y + 26,
        fit(name, 22),
        y + 48,
        fit(image, 30)
    )
}

/// The name of an image without Docker Hub's host.
fn short(image: &str) -> &str {
    image.strip_prefix("docker.io/").unwrap_or(image)
}

/// The containers in the order in which a request meets them: the lowest port first.
fn in_order(draft: &Draft) -> Vec<view::ContainerView<'_>> {
    let mut list = view::containers(draft.definition());
    list.sort_by_key(|c| c.ports().into_iter().min().unwrap_or(u64::MAX));
    list
}

/// The name of a role without its ARN.
fn role<'a>(draft: &'a Draft, key: &str) -> Option<&'a str> {
    draft.definition().get(key).and_then(Value::as_str).filter(|r| !r.is_empty()).map(|r| r.rsplit('/').next().unwrap_or(r))
}

/// The picture as an SVG element; `findings` mark the parts that they are about.
pub fn picture(lang: Lang, draft: &Draft, findings: &[FindingView]) -> String {
    let containers = in_order(draft);
    let roles: Vec<(&str, &str)> = ["executionRoleArn", "taskRoleArn"].into_iter().filter_map(|key| Some((key, role(draft, key)?))).collect();
    let (cpu, memory) = view::shares(draft.definition());
    let bottom = 132 + 74 * containers.len().max(1) as u32 + if containers.len() > 1 { 46 } else { 0 } + 24 * roles.len() as u32;
    let height = bottom + 126;
    let mut s = format!("<svg viewBox=\"4 0 352 {height}\" aria-hidden=\"true\" focusable=\"false\">");
    s.push_str(&format!(
        "<rect class=\"chip\" x=\"130\" y=\"4\" width=\"100\" height=\"34\" rx=\"17\"/><text class=\"t mid\" x=\"180\" y=\"26\">{}</text>",
        tr!(lang, picture.pic_internet)
    ));
    s.push_str(&format!("<g data-path=\"/cluster/name\"><rect class=\"zone\" x=\"8\" y=\"64\" width=\"344\" height=\"{}\" rx=\"12\"/></g>", bottom - 44));
    s.push_str(&format!("<text class=\"m end\" x=\"344\" y=\"89\">{} {}</text>", tr!(lang, picture.pic_cluster), fit(draft.cluster_name(), 24)));
    s.push_str(&format!("<g data-path=\"/family\"><rect class=\"task\" x=\"24\" y=\"98\" width=\"312\" height=\"{}\" rx=\"10\"/></g>", bottom - 92));
    s.push_str(&format!("<text class=\"t\" x=\"40\" y=\"120\">{} {}</text>", tr!(lang, picture.pic_task), fit(draft.family(), 20)));
    if let (Some(cpu), Some(memory)) = (cpu.total, memory.total) {
        let gb = size::gb(memory);
        s.push_str(&format!("<text class=\"m end\" x=\"322\" y=\"120\">{}</text>", tr!(lang, size.pair, cpu = size::vcpu(cpu), memory = gb)));
    }
    let mut y = 132;
    for (i, c) in containers.iter().enumerate() {
        let port = c.ports().first().copied();
        let ports = c.at("portMappings/0/containerPort");
        let clash = errors(findings, &c.at("portMappings")).next().is_some();
        if let Some(port) = port {
            if i == 0 {
                s.push_str(&arrow(180, 38, 131));
                s.push_str(&pill(&ports, clash, 180, 53, 56, &port.to_string()));
            } else if i == 1 {
                s.push_str(&arrow(180, y - 62, y - 4));
                s.push_str(&pill(&ports, clash, 180, y - 46, 124, &format!("localhost:{port}")));
            }
        }
        let number = draft.container_number(c.index);
        let name = if c.name().is_empty() { tr!(lang, common.unnamed, n = number) } else { c.name().to_owned() };
        let faults = errors(findings, &c.place()).count();
        s.push_str(&node(&c.place(), number, &name, short(c.image()), y, c.value().get("healthCheck").is_some(), faults));
        y += if i == 0 && containers.len() > 1 { 120 } else { 74 };
    }
    for (i, (key, name)) in roles.iter().rev().enumerate() {
        let y = bottom - 6 - 24 * i as u32;
        let bad = if errors(findings, &format!("/{key}")).next().is_some() { " bad" } else { "" };
        s.push_str(&format!(
            "<g data-path=\"/{key}\"><text class=\"m{bad}\" x=\"40\" y=\"{y}\">{}</text></g>",
            fit(&tr!(lang, picture.roles, role = name), 38)
        ));
    }
    let (top, base) = (bottom + 6, bottom + 60);
    let group = containers.iter().map(|c| c.log_option("awslogs-group")).find(|g| !g.is_empty());
    if let Some(group) = group {
        s.push_str(&format!("<path class=\"soft\" d=\"M90 {top}V{base}\"/><g data-path=\"logs-group\"><rect class=\"box\" x=\"8\" y=\"{base}\" width=\"164\" height=\"56\" rx=\"8\"/><text class=\"t\" x=\"22\" y=\"{}\">CloudWatch Logs</text><text class=\"code\" x=\"22\" y=\"{}\">{}</text></g><text class=\"m\" x=\"100\" y=\"{}\">{}</text>",
            base + 24, base + 44, fit(group, 17), bottom + 40, tr!(lang, picture.pic_logs)));
    }
    if containers.iter().any(|c| image::parse(c.image()).is_ok_and(|r| r.is_hub())) {
        s.push_str(&format!("<path class=\"soft\" d=\"M270 {base}V{top}\"/><rect class=\"box\" x=\"188\" y=\"{base}\" width=\"164\" height=\"56\" rx=\"8\"/><text class=\"t\" x=\"202\" y=\"{}\">Docker Hub</text><text class=\"m\" x=\"202\" y=\"{}\">{}</text><text class=\"m end\" x=\"262\" y=\"{}\">{}</text>",
            base + 24, base + 44, tr!(lang, picture.pic_hub), bottom + 40, tr!(lang, picture.pic_images)));
    }
    s + "</svg>"
}

#[cfg(feature = "ssr")]
/// The tutorial's picture with the five words' numbers.
pub fn five_words(lang: Lang) -> String {
    let draft = Draft::tutorial();
    let drawn = picture(lang, &draft, &[]);
    let mark = |n: u32, x: u32, y: u32| {
        format!("<g data-mark=\"{n}\"><circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"11\"/><text class=\"markn\" x=\"{x}\" y=\"{}\">{n}</text></g>", y + 5)
    };
    let file = "<rect class=\"box\" x=\"6\" y=\"16\" width=\"112\" height=\"28\" rx=\"6\"/><text class=\"code mid\" x=\"62\" y=\"35\">my-task.json</text><path class=\"soft\" d=\"M62 44V97\"/>";
    let marks = [mark(1, 344, 412), mark(2, 320, 132), mark(3, 116, 14), mark(4, 24, 98), mark(5, 343, 66)].concat();
    drawn.replace("</svg>", &format!("{file}{marks}</svg>"))
}

/// The same in sentences, for everybody who does not see the picture, each with a link to what it is about.
pub fn sentences(lang: Lang, draft: &Draft, findings: &[FindingView], link: impl Fn(Page) -> Option<String>) -> Vec<String> {
    let containers = in_order(draft);
    if containers.is_empty() {
        return vec![escape(tr!(lang, picture.nothing)).into_owned()];
    }
    let linked = |page: Page, name: &str| {
        link(page).map_or(String::new(), |href| format!(" <a href=\"{}\">{}</a>", escape(&href), escape(&tr!(lang, picture.open, name = name))))
    };
    let mut out = Vec::new();
    for (i, c) in containers.iter().enumerate() {
        let number = draft.container_number(c.index);
        let name = if c.name().is_empty() { tr!(lang, common.unnamed, n = number) } else { c.name().to_owned() };
        let said = match (i, c.ports().first()) {
            (0, Some(port)) => tr!(lang, picture.internet, name = name, port = port),
            (_, Some(port)) => tr!(lang, picture.listens, name = name, port = port),
            (_, None) => tr!(lang, picture.silent, name = name),
        };
        let place = c.place();
        let faults: String = errors(findings, &place).map(|f| format!(" {}", escape(&tr!(lang, picture.fault, message = f.message)))).collect();
        out.push(format!("{}{faults}{}", escape(&said), linked(Page::Container(c.index), &name)));
    }
    let logs = Page::Step(taskdef::Step::Logs);
    if let Some(group) = containers.iter().map(|c| c.log_option("awslogs-group")).find(|g| !g.is_empty()) {
        out.push(format!("{}{}", escape(&tr!(lang, picture.logs, group = group)), linked(logs, tr!(lang, common.step_logs))));
    }
    out.extend(role(draft, "executionRoleArn").map(|role| escape(&tr!(lang, picture.role, role = role)).into_owned()));
    out.extend(role(draft, "taskRoleArn").map(|role| escape(&tr!(lang, picture.task_role, role = role)).into_owned()));
    out
}
