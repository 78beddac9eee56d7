//! What the browser does for us: focus, announcements, the clipboard. On the server nothing happens.

#[cfg(feature = "hydrate")]
mod on {
    use leptos::{
        prelude::*,
        tachys::view::{Mountable, Render, any_view::AnyViewState},
    };
    use taskdef::Severity;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

    /// Moves the focus to an element, once the page is drawn.
    pub fn focus(id: String) {
        request_animation_frame(move || {
            if let Some(element) = document().get_element_by_id(&id) {
                unfold(&element);
                let control = element.query_selector("input,select,textarea,button").ok().flatten().filter(|_| element.tag_name() == "FIELDSET");
                if let Ok(element) = control.unwrap_or(element).dyn_into::<HtmlElement>() {
                    let _ = element.focus();
                }
            }
        });
    }

    /// Opens whatever an element is folded into.
    fn unfold(element: &Element) {
        let mut at = element.parent_element();
        while let Some(part) = at.and_then(|e| e.closest("details").ok().flatten()) {
            let _ = part.set_attribute("open", "");
            at = part.parent_element();
        }
    }

    fn all(inside: &Element, which: &str) -> Vec<Element> {
        let nodes = inside.query_selector_all(which).ok();
        nodes.map(|list| (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()).unwrap_or_default()
    }

    /// Puts other markup into a part; what was unfolded and what had the focus stays so.
    pub fn replace(part: &Element, html: &str) {
        let focused = document().active_element().map(|e| e.id()).filter(|id| !id.is_empty());
        let open: Vec<String> = all(part, "details[id][open]").iter().map(Element::id).collect();
        part.set_inner_html(html);
        for part in open.iter().filter_map(|id| document().get_element_by_id(id)) {
            let _ = part.set_attribute("open", "");
        }
        let lost = document().active_element().is_none_or(|e| e.tag_name() == "BODY");
        focused.filter(|_| lost).into_iter().for_each(focus);
    }

    /// Whether the focus is inside an element.
    fn has_focus(element: &Element) -> bool {
        document().active_element().is_some_and(|active| element.contains(Some(&active)))
    }

    /// Another message is about to be drawn at the control of this id: a focus that stands in the old one goes to the control.
    pub fn keep_focus(id: &str) {
        let control = document().get_element_by_id(id);
        let field = control.as_ref().and_then(|control| control.closest(".c-field, fieldset").ok().flatten());
        let (Some(control), Some(field)) = (control, field) else { return };
        if has_focus(&field) && !has_focus(&control) {
            refocus(id.to_owned());
        }
    }

    /// Moves the focus to the control of this id if it was lost when the page is drawn.
    fn refocus(id: String) {
        request_animation_frame(move || {
            if document().active_element().is_none_or(|e| e.tag_name() == "BODY") {
                focus(id);
            }
        });
    }

    /// Puts a message into each place for one, and marks its control. `message` says of a control's name: its id, how bad what is
    /// said is, and what is said. Advice opens nothing: what nobody has to change stays folded.
    pub fn fill(part: &str, message: impl Fn(&str) -> Option<(String, Severity, AnyView)>) -> Vec<AnyViewState> {
        let mut states = Vec::new();
        let part = document().get_element_by_id(part);
        for place in part.iter().flat_map(|part| all(part, "[data-told]")) {
            let name = place.get_attribute("data-told").unwrap_or_default();
            let told = message(&name);
            if told.is_none() && !place.has_child_nodes() {
                continue;
            }
            let id = taskdef::document::pointer::field_id(&name);
            if has_focus(&place) {
                refocus(id.clone());
            }
            place.set_inner_html("");
            let control = document().get_element_by_id(&id);
            let Some((id, severity, view)) = told else {
                control.inspect(|c| drop(c.remove_attribute("aria-invalid")));
                continue;
            };
            let mut state = view.build();
            state.mount(&place, None);
            states.push(state);
            if severity != Severity::Advice {
                unfold(&place);
            }
            if let Some(control) = control {
                let wrong = severity == Severity::Error;
                let _ = control.set_attribute("aria-describedby", &format!("{id}-hint {id}-{}", if wrong { "error" } else { "warning" }));
                let _ = if wrong { control.set_attribute("aria-invalid", "true") } else { control.remove_attribute("aria-invalid") };
            }
        }
        states
    }

    /// Scrolls the box around some lines so far that the first of those in focus is seen; the page stays where it is.
    pub fn reveal(lines: &Element) {
        let line = lines.query_selector("[data-on]").ok().flatten().and_then(|line| line.dyn_into::<HtmlElement>().ok());
        let (Some(line), Some(pane)) = (line, lines.parent_element()) else { return };
        let (top, from, height) = (line.offset_top(), pane.scroll_top(), pane.client_height());
        if top < from || top + line.offset_height() > from + height {
            pane.set_scroll_top(top - height / 3);
        }
    }

    /// Does something once the next picture of the page is there, so that the picture does not wait for it.
    pub fn after_paint(task: impl FnOnce() + 'static) {
        request_animation_frame(move || set_timeout(task, std::time::Duration::ZERO));
    }

    /// Says something once, politely.
    pub fn announce(text: &str) {
        if let Some(live) = document().get_element_by_id("live") {
            live.set_text_content(Some(text));
        }
    }

    /// Says something about a control that has not the focus: its label, and the text.
    pub fn announce_of(id: &str, text: &str) {
        let Some(control) = document().get_element_by_id(id) else { return };
        if document().active_element().is_some_and(|e| e == control) {
            return;
        }
        let label = document()
            .query_selector(&format!("label[for=\"{id}\"]"))
            .ok()
            .flatten()
            .or_else(|| control.closest("fieldset").ok().flatten()?.query_selector("legend").ok()?);
        let label = label.and_then(|l| l.text_content()).or_else(|| control.get_attribute("aria-label")).unwrap_or_default();
        announce(&format!("{}: {text}", label.trim()));
    }

    /// Name and value of a form control; an unticked radio has none.
    pub fn control(element: &Element) -> Option<(String, String)> {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            let value = match input.type_().as_str() {
                "radio" if !input.checked() => return None,
                "checkbox" => input.checked().to_string(),
                "hidden" | "file" | "submit" => return None,
                _ => input.value(),
            };
            return Some((input.name(), value));
        }
        if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            return Some((select.name(), select.value()));
        }
        let area = element.dyn_ref::<HtmlTextAreaElement>()?;
        Some((area.name(), area.value()))
    }

    /// Makes a control show `value`; `typing` when the person is typing in it just now.
    pub fn show(element: &Element, value: &str, typing: bool) {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "radio" => input.set_checked(input.value() == value),
                "checkbox" => input.set_checked(value == "true"),
                "hidden" | "file" | "submit" => {}
                _ if !typing && input.value() != value => input.set_value(value),
                _ => {}
            }
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            if select.value() != value {
                select.set_value(value);
            }
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>()
            && !typing
            && area.value() != value
        {
            area.set_value(value);
        }
    }

    /// All named controls of the step's form.
    pub fn controls() -> Vec<Element> {
        document().document_element().map(|page| all(&page, "#step [name]")).unwrap_or_default()
    }

    /// Copies a text; whether that worked.
    pub async fn copy(text: &str) -> bool {
        let promise = window().navigator().clipboard().write_text(text);
        wasm_bindgen_futures::JsFuture::from(promise).await.is_ok()
    }

    /// Asks the server for something whose answer does not matter here.
    pub fn fetch(href: &str) {
        let _ = window().fetch_with_str(href);
    }

    /// Opens or closes a dialog; whatever had the focus before has it again afterwards.
    pub fn dialog(id: &str, open: bool) {
        match document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
            Some(dialog) if !open => dialog.close(),
            Some(dialog) if !dialog.open() => {
                let _ = dialog.show_modal();
            }
            _ => {}
        }
    }

    /// The inside of an element of another page of ours, as markup.
    pub async fn part(href: &str, id: &str) -> Option<String> {
        let answer: web_sys::Response = wasm_bindgen_futures::JsFuture::from(window().fetch_with_str(href)).await.ok()?.dyn_into().ok()?;
        if !answer.ok() {
            return None;
        }
        let text = wasm_bindgen_futures::JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
        let page = web_sys::DomParser::new().ok()?.parse_from_string(&text, web_sys::SupportedType::TextHtml).ok()?;
        Some(page.get_element_by_id(id)?.inner_html())
    }

    /// Presses the button of this id.
    pub fn press(id: &str) {
        if let Some(button) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
            button.click();
        }
    }

    /// Loads another page.
    pub fn load(href: &str) {
        let _ = window().location().set_href(href);
    }

    fn storage() -> Option<web_sys::Storage> {
        window().local_storage().ok().flatten()
    }

    /// Keeps a text under a key; where there is no room, or none is allowed, it is not kept.
    pub fn stash(key: &str, text: &str) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(key, text);
        }
    }

    /// What was kept.
    pub fn stashed(key: &str) -> Option<String> {
        storage()?.get_item(key).ok().flatten()
    }

    /// Where tabs tell each other of a save.
    const SAVED: &str = "saved";

    /// Tells the other tabs of this browser that a draft was saved. It is not kept: the event alone counts.
    pub fn tell_others(token: &str, revision: i64) {
        stash(SAVED, &format!("{token} {revision}"));
        unstash(SAVED);
    }

    /// The draft and the revision that another tab tells of.
    pub fn told_by_other(event: &web_sys::Event) -> Option<(String, i64)> {
        let event = event.dyn_ref::<web_sys::StorageEvent>().filter(|event| event.key().as_deref() == Some(SAVED))?;
        let told = event.new_value()?;
        let (token, revision) = told.split_once(' ')?;
        Some((token.to_owned(), revision.parse().ok()?))
    }

    /// Forgets it.
    pub fn unstash(key: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(key);
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod on {
    /// Nothing has a focus on the server.
    pub fn focus(_: String) {}

    /// The server paints nothing.
    pub fn after_paint(_: impl FnOnce() + 'static) {}

    /// Nothing has a focus on the server.
    pub fn keep_focus(_: &str) {}

    /// Nobody listens on the server.
    pub fn announce(_: &str) {}

    /// There is no button on the server.
    pub fn press(_: &str) {}

    /// Nobody listens on the server.
    pub fn announce_of(_: &str, _: &str) {}

    /// There are no dialogs on the server.
    pub fn dialog(_: &str, _: bool) {}

    /// The server has its pages itself.
    pub async fn part(_: &str, _: &str) -> Option<String> {
        None
    }

    /// There is no location on the server.
    pub fn load(_: &str) {}

    /// Nothing is kept on the server.
    pub fn stash(_: &str, _: &str) {}

    /// Nothing was kept.
    pub fn stashed(_: &str) -> Option<String> {
        None
    }

    /// Nothing to forget.
    pub fn unstash(_: &str) {}

    /// There are no tabs on the server.
    pub fn tell_others(_: &str, _: i64) {}
}

pub use on::*;
