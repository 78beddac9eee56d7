//! The draft drawn top to bottom, 360 units wide at every width, and the same in sentences.

use super::cells::{colour, escape, fit};
use taskdef::{Draft, Lang, image, size, view};

fn arrow(x: u32, from: u32, to: u32) -> String {
    format!("<path class=\"edge\" d=\"M{x} {from}V{}\"/><path class=\"head\" d=\"M{} {}h10L{x} {to}z\"/>", to - 7, x - 5, to - 8)
}

fn pill(x: u32, y: u32, width: u32, text: &str) -> String {
    format!(
        "<rect class=\"chip\" x=\"{}\" y=\"{y}\" width=\"{width}\" height=\"22\" rx=\"11\"/><text class=\"mid\" x=\"{x}\" y=\"{}\">{text}</text>",
        x - width / 2,
        y + 15
    )
}

fn node(number: u64, name: &str, image: &str, y: u32, checked: bool) -> String {
    let c = colour(number);
    let heart = if checked { format!("<path class=\"ok\" d=\"M286 {}h6l4-9 6 17 4-8h5\"/>", y + 22) } else { String::new() };
    format!(
        "<rect class=\"box\" x=\"40\" y=\"{y}\" width=\"280\" height=\"58\" rx=\"8\"/><path class=\"cc\" data-c=\"{c}\" d=\"M48 {y}h-2a6 6 0 0 0-6 8v42a6 6 0 0 0 6 8h2z\"/>\
         <rect class=\"cc\" data-c=\"{c}\" x=\"60\" y=\"{}\" width=\"20\" height=\"20\" rx=\"4\"/><text class=\"on\" x=\"70\" y=\"{}\">{number}</text>\
         <text class=\"t\" x=\"88\" y=\"{}\">{}</text><text class=\"code\" x=\"60\" y=\"{}\">{}</text>{heart}",
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

/// The picture as an SVG element.
pub fn picture(lang: Lang, draft: &Draft) -> String {
    let containers = in_order(draft);
    let (cpu, memory) = view::shares(draft.definition());
    let bottom = 132 + 74 * containers.len().max(1) as u32 + if containers.len() > 1 { 46 } else { 0 };
    let height = bottom + 126;
    let mut s = format!("<svg viewBox=\"4 0 352 {height}\" aria-hidden=\"true\" focusable=\"false\">");
    s.push_str(&format!(
        "<rect class=\"chip\" x=\"130\" y=\"4\" width=\"100\" height=\"34\" rx=\"17\"/><text class=\"t mid\" x=\"180\" y=\"26\">{}</text>",
        tr!(lang, picture.pic_internet)
    ));
    s.push_str(&format!("<rect class=\"zone\" x=\"8\" y=\"64\" width=\"344\" height=\"{}\" rx=\"12\"/>", bottom - 44));
    s.push_str(&format!("<text class=\"m end\" x=\"344\" y=\"89\">{} {}</text>", tr!(lang, picture.pic_cluster), fit(draft.cluster_name(), 24)));
    s.push_str(&format!("<rect class=\"task\" x=\"24\" y=\"98\" width=\"312\" height=\"{}\" rx=\"10\"/>", bottom - 92));
    s.push_str(&format!("<text class=\"t\" x=\"40\" y=\"120\">{} {}</text>", tr!(lang, picture.pic_task), fit(draft.family(), 20)));
    if let (Some(cpu), Some(memory)) = (cpu.total, memory.total) {
        let gb = size::gb(memory);
        s.push_str(&format!("<text class=\"m end\" x=\"322\" y=\"120\">{}</text>", tr!(lang, size.pair, cpu = size::vcpu(cpu), memory = gb)));
    }
    let mut y = 132;
    for (i, c) in containers.iter().enumerate() {
        let port = c.ports().first().copied();
        if let Some(port) = port {
            if i == 0 {
                s.push_str(&arrow(180, 38, 131));
                s.push_str(&pill(180, 53, 56, &port.to_string()));
            } else if i == 1 {
                s.push_str(&arrow(180, y - 62, y - 4));
                s.push_str(&pill(180, y - 46, 124, &format!("localhost:{port}")));
            }
        }
        let number = draft.container_number(c.index);
        let name = if c.name().is_empty() { tr!(lang, common.unnamed, n = number) } else { c.name().to_owned() };
        s.push_str(&node(number, &name, short(c.image()), y, c.value().get("healthCheck").is_some()));
        y += if i == 0 && containers.len() > 1 { 120 } else { 74 };
    }
    let (top, base) = (bottom + 6, bottom + 60);
    let group = containers.iter().map(|c| c.log_option("awslogs-group")).find(|g| !g.is_empty());
    if let Some(group) = group {
        s.push_str(&format!("<path class=\"soft\" d=\"M90 {top}V{base}\"/><rect class=\"box\" x=\"8\" y=\"{base}\" width=\"164\" height=\"56\" rx=\"8\"/><text class=\"t\" x=\"22\" y=\"{}\">CloudWatch Logs</text><text class=\"code\" x=\"22\" y=\"{}\">{}</text><text class=\"m\" x=\"100\" y=\"{}\">{}</text>",
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
    let drawn = picture(lang, &draft);
    let mark =
        |n: u32, x: u32, y: u32| format!("<circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"11\"/><text class=\"markn\" x=\"{x}\" y=\"{}\">{n}</text>", y + 5);
    let file = "<rect class=\"box\" x=\"6\" y=\"16\" width=\"112\" height=\"28\" rx=\"6\"/><text class=\"code mid\" x=\"62\" y=\"35\">my-task.json</text><path class=\"soft\" d=\"M62 44V97\"/>";
    let marks = [mark(1, 344, 388), mark(2, 320, 132), mark(3, 116, 14), mark(4, 24, 98), mark(5, 343, 66)].concat();
    drawn.replace("</svg>", &format!("{file}{marks}</svg>"))
}

/// The same in sentences, for everybody who does not see the picture.
pub fn sentences(lang: Lang, draft: &Draft) -> Vec<String> {
    let containers = in_order(draft);
    let mut out = Vec::new();
    if containers.is_empty() {
        return vec![tr!(lang, picture.nothing).to_owned()];
    }
    for (i, c) in containers.iter().enumerate() {
        let number = draft.container_number(c.index);
        let name = if c.name().is_empty() { tr!(lang, common.unnamed, n = number) } else { c.name().to_owned() };
        out.push(match (i, c.ports().first()) {
            (0, Some(port)) => tr!(lang, picture.internet, name = name, port = port),
            (_, Some(port)) => tr!(lang, picture.listens, name = name, port = port),
            (_, None) => tr!(lang, picture.silent, name = name),
        });
    }
    if let Some(group) = containers.iter().map(|c| c.log_option("awslogs-group")).find(|g| !g.is_empty()) {
        out.push(tr!(lang, picture.logs, group = group));
    }
    out.iter().map(|s| escape(s)).collect()
}
