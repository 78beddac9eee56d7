//! The resource bars: CPU and memory of the task, shared among its containers.

use super::cells::{colour, escape, grouped};
use taskdef::{Draft, Lang, document::view};

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

/// `n / scale` as `12.34%`.
fn percent(n: u64, scale: u64) -> String {
    let hundredths = (u128::from(n) * 10_000 / u128::from(scale)) as u64;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// The memory that a container may not exceed.
fn hard_limit(draft: &Draft, index: usize) -> Option<u64> {
    view::containers(draft.definition()).get(index)?.number("memory")
}

fn bar(lang: Lang, draft: &Draft, name: &str, share: &view::Share, unit: &str) -> String {
    let used = share.used();
    let total = share.total.unwrap_or(used);
    let scale = total.max(used).max(1);
    let place = |n: u64| percent(n, scale);
    let mut svg = String::from("<rect class=\"c-budget__free\" width=\"100%\" height=\"100%\"/>");
    let mut list = String::new();
    let mut x = 0;
    for (index, label, amount) in &share.parts {
        let number = draft.container_number(*index);
        let colour = colour(number);
        let (from, width, middle) = (place(x), place(*amount), place((x + (x + amount).min(total).max(x)) / 2));
        svg.push_str(&format!(
            "<rect class=\"c-budget__seg\" data-c=\"{colour}\" x=\"{from}\" width=\"{width}\" height=\"100%\"/><text data-c=\"{colour}\" x=\"{middle}\" y=\"52%\">{number}</text>"
        ));
        x += amount;
        if x < scale {
            let end = place(x);
            svg.push_str(&format!("<line class=\"c-budget__gap\" x1=\"{end}\" x2=\"{end}\" y2=\"100%\"/>"));
        }
        let label = if label.is_empty() { tr!(lang, common.unnamed, n = number) } else { label.clone() };
        let hard = hard_limit(draft, *index).filter(|hard| unit == "MiB" && hard != amount);
        let figure = hard.map_or_else(|| grouped(*amount), |hard| tr!(lang, common.at_most, n = grouped(*amount), most = grouped(hard)));
        // What it may take beyond its reserve, drawn as a line over the parts of the others.
        if let Some(hard) = hard.filter(|hard| *hard > *amount) {
            let end = (x - amount + hard).min(scale);
            svg.push_str(&format!("<line class=\"c-budget__hard\" data-c=\"{colour}\" x1=\"{from}\" x2=\"{}\" y1=\"94%\" y2=\"94%\"/>", place(end)));
        }
        list.push_str(&format!("<div data-c=\"{colour}\"><dt>{}</dt><dd>{figure}</dd></div>", escape(&label)));
    }
    let over = share.over();
    let right = if over > 0 {
        let cut = place(total);
        svg.push_str(&format!(
            "<rect class=\"c-budget__over\" x=\"{cut}\" width=\"{}\" height=\"100%\"/><text class=\"c-budget__plus\" x=\"{}\" y=\"52%\">+{}</text>",
            place(over),
            place(total + over / 2),
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
