//! Undo and Redo of what is saved: without JavaScript, after a reload, and in the JSON editor.

mod post;

pub use post::post;
