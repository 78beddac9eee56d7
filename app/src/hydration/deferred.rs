//! The view that waits, as the framework sees it.

use super::pending;
use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr, any_view::AnyViewState},
    },
};
use wasm_bindgen::JsCast;

/// All children of an element.
pub struct Deferred {
    is_as_rendered: Box<dyn Fn() -> bool + Send>,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Deferred {
    /// Erased, since each type of a view costs kilobytes of the program.
    pub fn erased(is_as_rendered: impl Fn() -> bool + Send + 'static, view: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
        Deferred { is_as_rendered: Box::new(is_as_rendered), view: Box::new(view) }.into_any()
    }
}

impl Render for Deferred {
    type State = Option<AnyViewState>;

    fn build(self) -> Self::State {
        Some((self.view)().build())
    }

    fn rebuild(self, state: &mut Self::State) {
        match state {
            Some(state) => (self.view)().rebuild(state),
            None => *state = self.build(),
        }
    }
}

impl AddAnyAttr for Deferred {
    type Output<NewAttr: Attribute> = Deferred;

    // The children of an element have none to add.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

impl RenderHtml for Deferred {
    type AsyncOutput = Deferred;
    type Owned = Deferred;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Deferred {
        self
    }

    // The browser writes no markup.
    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        // Children are looked for from their element on, and behind the last of them the comment that ends a list of them.
        let element: web_sys::Element = cursor.current().unchecked_into();
        if let Some(last) = element.last_child().and_then(|end| end.previous_sibling()) {
            cursor.set(last);
            position.set(Position::NextChild);
        }
        let owner = Owner::current().unwrap_or_default();
        let Deferred { is_as_rendered, view } = self;
        pending::push(move || {
            let state = owner.with(|| {
                if is_as_rendered() {
                    return view().hydrate::<true>(&Cursor::new(element), &PositionState::default());
                }
                // Something was typed or pressed meanwhile: the markup shows a draft that is no more.
                element.set_inner_html("");
                let mut state = view().build();
                state.mount(&element, None);
                state
            });
            // It lives as long as the page.
            std::mem::forget(state);
        });
        None
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
