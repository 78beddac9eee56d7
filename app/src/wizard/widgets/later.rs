//! Parts of a page that come to life one after the other, each in a task of its own, so that a slow machine answers a key
//! or a press in between. Until then the server's markup stands, and links and forms work as they do without a program.

use crate::wizard::state::Wizard;
use leptos::prelude::*;

/// All children of an element, taken over by the browser's program when [`come_to_life`] reaches them.
pub fn later(w: Wizard, view: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    #[cfg(feature = "hydrate")]
    return browser::Later { w, view: Box::new(view) }.into_any();
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = w;
        view()
    }
}

#[cfg(feature = "hydrate")]
pub use browser::{come_to_life, turn};

#[cfg(feature = "hydrate")]
mod browser {
    use super::Wizard;
    use leptos::{
        prelude::*,
        tachys::{
            html::attribute::{Attribute, any_attribute::AnyAttribute},
            hydration::Cursor,
            view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr, any_view::AnyViewState},
        },
    };
    use std::cell::RefCell;
    use wasm_bindgen::JsCast;

    type View = Box<dyn FnOnce() -> AnyView + Send>;

    thread_local! {
        static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
    }

    /// Takes over what waits, in the order of the page, and lets the browser do something else before each; then what
    /// waits inside of them.
    pub async fn come_to_life() {
        loop {
            let parts = WAITING.take();
            if parts.is_empty() {
                return;
            }
            for part in parts {
                turn().await;
                part();
            }
        }
    }

    /// Lets the browser do what waits: a key, a press, a picture of the page.
    pub async fn turn() {
        let mut turn = |resolve: js_sys::Function, _| {
            let _ = window().set_timeout_with_callback(&resolve);
        };
        let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::new(&mut turn)).await;
    }

    pub struct Later {
        pub w: Wizard,
        pub view: View,
    }

    impl Render for Later {
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

    impl AddAnyAttr for Later {
        type Output<NewAttr: Attribute> = Later;

        // The children of an element have none to add.
        fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
            self
        }
    }

    impl RenderHtml for Later {
        type AsyncOutput = Later;
        type Owned = Later;

        const MIN_LENGTH: usize = 0;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> Later {
            self
        }

        // The browser writes no markup.
        fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

        fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
            // Children are looked for from their element on, and behind the last of them the mark that ends a list of them.
            let element: web_sys::Element = cursor.current().unchecked_into();
            if let Some(last) = element.last_child().and_then(|mark| mark.previous_sibling()) {
                cursor.set(last);
                position.set(Position::NextChild);
            }
            let owner = Owner::current().unwrap_or_default();
            let Later { w, view } = self;
            let part = move || {
                let state = owner.with(|| {
                    if w.untouched() {
                        return view().hydrate::<true>(&Cursor::new(element), &PositionState::default());
                    }
                    // Something was typed or pressed meanwhile, so the markup tells of a draft that is no more.
                    element.set_inner_html("");
                    let mut state = view().build();
                    state.mount(&element, None);
                    state
                });
                // It lives as long as the page.
                std::mem::forget(state);
            };
            WAITING.with_borrow_mut(|all| all.push(Box::new(part)));
            None
        }

        fn into_owned(self) -> Self::Owned {
            self
        }
    }
}
