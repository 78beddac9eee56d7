//! What happens in the form of a step becomes answers: typing, choosing, pressing, and what was typed before the program arrived.

use crate::wizard::state::Wizard;
use leptos::ev;
use taskdef::questions::Action;
#[cfg(feature = "hydrate")]
use {
    super::browser,
    leptos::prelude::*,
    taskdef::questions::{NETWORK_MODE, Port, Question},
};

/// What the pressed button does; without one, Continue.
pub fn pressed(_ev: &ev::SubmitEvent) -> Option<Action> {
    #[cfg(feature = "hydrate")]
    if let Some(button) = _ev.submitter() {
        return button.get_attribute("value").unwrap_or_default().parse().ok();
    }
    Some(Action::GoOn)
}

/// A control changed: `done` when the answer is complete.
pub fn typed<E: AsRef<web_sys::Event>>(_w: Wizard, _ev: &E, _done: bool) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let event = _ev.as_ref();
        let Some(element) = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else { return };
        let Some((question, value)) = answer(&element) else { return };
        _w.typing.set_value((!_done).then_some(question));
        if !_done && event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing) {
            return;
        }
        _w.change(question, &value);
        if _done {
            _w.seal();
            _w.touch_later(question);
            // Its words are shown one by one too; and how many tasks an instance has room for follows the network mode.
            let is_mode = || element.get_attribute("name").is_some_and(|name| name == NETWORK_MODE);
            if matches!(question, Question::Field(_)) && question.is_area() || matches!(question, Question::Port(.., Port::HostPort)) || is_mode() {
                _w.pressed.update(|n| *n += 1);
            }
            browser::show(&element, &untrack(|| _w.rendered(question)), false);
        }
    }
}

/// The focused control's lines are lit.
pub fn light(_w: Wizard, _ev: &ev::FocusEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let Some(element) = _ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else { return };
        let (Some(question), Some(place)) = (question(&element), element.get_attribute("data-field")) else { return };
        // After the field itself is seen in focus.
        browser::after_paint(move || {
            _w.focused.set(place);
            set_timeout(move || _w.rehearse(question), std::time::Duration::ZERO);
        });
    }
}

/// Takes over what was typed before the program arrived; from then on the controls follow the draft.
pub fn listen(_w: Wizard) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        _w.draft.track();
        browser::after_paint(move || {
            let adopted = _w.adopted.get_value();
            _w.adopted.set_value(true);
            let typing = _w.typing.get_value();
            let mut typed = Vec::new();
            for element in browser::controls() {
                let Some(question) = question(&element) else { continue };
                let now = untrack(|| _w.rendered(question));
                if adopted {
                    browser::show(&element, &now, Some(question) == typing);
                } else if let Some((_, value)) = answer(&element)
                    && value.replace('\r', "") != now.replace(['\r', '\n'], "")
                    && value.replace('\r', "") != now.replace('\r', "")
                {
                    typed.push((question, value));
                }
            }
            if !adopted {
                // First what an earlier page could not save, then what was typed into this one.
                _w.replay();
                typed.iter().for_each(|(question, value)| _w.change(*question, value));
            }
        });
    });
}

/// The question of a control. Buttons, the revision and pasted `.env` lines have none: those lines belong to no place until
/// their button is pressed, and must not be shown as empty when they are left.
#[cfg(feature = "hydrate")]
fn question(element: &web_sys::Element) -> Option<Question> {
    element.get_attribute("name")?.parse().ok()
}

/// The question of a control and what it says; an unticked radio says nothing.
#[cfg(feature = "hydrate")]
fn answer(element: &web_sys::Element) -> Option<(Question, String)> {
    let (name, value) = browser::control(element)?;
    Some((name.parse().ok()?, value))
}
