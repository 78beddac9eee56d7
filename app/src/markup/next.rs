//! What comes after the registration: steps with their commands, as markup. Only the server draws it.

use super::{
    cells::{escape, icon},
    commands::coloured,
};
use crate::address::Page;
use taskdef::{
    Draft, Lang,
    deploy::next::{Next, room::Room},
    questions::Control,
};

/// The steps. `link` gives the address of a page of the draft, where what is missing is filled in. Where the browser's program is not
/// `live`, there is no Copy button: a press selects all commands of a step.
pub fn next(lang: Lang, draft: &Draft, next: &Next, live: bool, link: &dyn Fn(Page) -> String) -> String {
    let mut html = String::new();
    if next.blanks.is_empty() {
        html += &format!("<p class=\"c-field__hint\">{}</p>", tr!(lang, next.order));
    } else {
        let blanks: Vec<String> = next
            .blanks
            .iter()
            .map(|blank| {
                let href = format!("{}#{}", link(Page::of_place(blank.place)), Control::of_place(draft, blank.place).id());
                format!("<a href=\"{href}\"><code class=\"u-code\">{}</code></a>", blank.word)
            })
            .collect();
        html += &format!("<div class=\"c-notice\" data-variant=\"warn\">{}<p>{} {}</p></div>", icon("alert", 20), tr!(lang, next.fill_in), blanks.join(", "));
    }
    for (n, stage) in next.stages.iter().enumerate() {
        let why = stage.message.attribute("why").map_or("", |text| text.plain(lang));
        let room = if stage.id == "instances" { room(lang, draft) } else { String::new() };
        html += &format!(
            "<section class=\"l-stack\" data-gap=\"3\" aria-labelledby=\"next-{0}\"><h3 id=\"next-{0}\">{1}. {2}</h3><p>{why}</p>{room}{3}</section>",
            stage.id,
            n + 1,
            stage.message.text.plain(lang),
            commands(lang, stage.id, &stage.commands, next.blanks.is_empty() && live)
        );
    }
    html
}

/// A block of commands. What is still to be filled in is not offered to be copied.
fn commands(lang: Lang, id: &str, text: &str, copied: bool) -> String {
    if text.is_empty() {
        return String::new();
    }
    let button = if copied {
        format!(
            "<button class=\"c-btn\" type=\"button\" data-variant=\"quiet\" data-size=\"small\" data-script data-copy>{}<span>{}</span></button>",
            icon("copy", 16),
            tr!(lang, common.copy)
        )
    } else {
        String::new()
    };
    format!(
        "<div class=\"c-cmd\"><div class=\"c-cmd__head\"><span>Bash</span>{button}</div><pre tabindex=\"0\" role=\"group\" aria-labelledby=\"next-{id}\" translate=\"no\" lang=\"en\"><code data-all=\"\">{}</code></pre></div>",
        coloured(text)
    )
}

/// How many tasks fit, and what limits them. Empty where it is not EC2, or the instance type is not known.
pub fn room(lang: Lang, draft: &Draft) -> String {
    let Some(room) = Room::of(draft) else { return String::new() };
    let Some((each, all)) = room.each().zip(room.all()) else { return String::new() };
    let limits: Vec<String> = [
        room.interfaces.map(|n| tr!(lang, next.by_interfaces, n = n)),
        room.memory.map(|n| tr!(lang, next.by_memory, n = n)),
        room.cpu.map(|n| tr!(lang, next.by_cpu, n = n)),
        room.ports.map(|n| tr!(lang, next.by_ports, n = n)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let trunked = room.trunked.map(|n| format!(" {}", tr!(lang, next.trunked, n = n))).unwrap_or_default();
    let name = draft.root().pointer("/cluster/instanceType").and_then(|v| v.as_str()).unwrap_or_default();
    let words = tr!(lang, next.room, name = escape(name).as_ref(), count = room.count, each = each, all = all);
    format!("<p>{words} {}.{trunked}</p>", limits.join(" · "))
}
