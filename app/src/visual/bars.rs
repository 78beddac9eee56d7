//! The resource bars: CPU and memory of the task, shared among its containers.

use super::cells::{colour, escape, grouped};
use taskdef::{Draft, Lang, view};

/// Both bars as markup.
pub fn bars(lang: Lang, draft: &Draft) -> String {
    let (cpu, memory) = view::shares(draft.definition());
    let units = tr!(lang, common.units);
    format!(
        "<div class=\"c-budget\">{}{}</div>",
        bar(lang, draft, tr!(lang, common.cpu), &cpu, units),
        bar(lang, draft, tr!(lang, common.memory), &memory, "MiB")
    )
}

fn bar(lang: Lang, draft: &Draft, name: &str, share: &view::Share, unit: &str) -> String {
    let used = share.used();
    let total = share.total.unwrap_or(used);
    let scale = total.max(used).max(1) as f64;
    let percent = |n: u64| n as f64 / scale * 100.0;
    let mut svg = String::from("<rect class=\"c-budget__free\" width=\"100%\" height=\"100%\"/>");
    let mut list = String::new();
    let mut x = 0.0;
    for (index, label, amount) in &share.parts {
        let (number, width) = (draft.container_number(*index), percent(*amount));
        let colour = colour(number);
        let middle = (x + (x + width).min(percent(total))) / 2.0;
        svg.push_str(&format!(
            "<rect class=\"c-budget__seg\" data-c=\"{colour}\" x=\"{x:.2}%\" width=\"{width:.2}%\" height=\"100%\"/><text data-c=\"{colour}\" x=\"{middle:.2}%\" y=\"52%\">{number}</text>"
        ));
        x += width;
        if x < 99.5 {
            svg.push_str(&format!("<line class=\"c-budget__gap\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y2=\"100%\"/>"));
        }
        let label = if label.is_empty() { tr!(lang, common.unnamed, n = number) } else { label.clone() };
        list.push_str(&format!("<div data-c=\"{colour}\"><dt>{}</dt><dd>{}</dd></div>", escape(&label), grouped(*amount)));
    }
    let over = share.over();
    let right = if over > 0 {
        let cut = percent(total);
        svg.push_str(&format!(
            "<rect class=\"c-budget__over\" x=\"{cut:.2}%\" width=\"{:.2}%\" height=\"100%\"/><text class=\"c-budget__plus\" x=\"{:.2}%\" y=\"52%\">+{}</text>",
            100.0 - cut,
            (100.0 + cut) / 2.0,
            grouped(over)
        ));
        format!("<span data-state=\"over\">{}</span>", tr!(lang, common.over, n = grouped(over), unit = unit))
    } else if share.total.is_some() {
        list.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", tr!(lang, common.free), grouped(total - used)));
        format!("<span>{}</span>", tr!(lang, common.used_of, used = grouped(used), total = grouped(total), unit = unit))
    } else {
        format!("<span>{}</span>", tr!(lang, common.used, used = grouped(used), unit = unit))
    };
    let list = if list.is_empty() { String::new() } else { format!("<dl>{list}</dl>") };
    format!(
        "<div><div class=\"c-budget__head\"><b>{name}</b>{right}</div><svg class=\"c-budget__bar\" aria-hidden=\"true\" focusable=\"false\">{svg}</svg>{list}</div>"
    )
}
