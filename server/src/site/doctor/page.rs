//! The page, for everyone or for a draft. Nothing of what was pasted is stored or logged.

use super::view::{DoctorModel, doctor};
use crate::http::page::Page;
use app::tr;
use taskdef::Lang;

/// Search engines may list the page without a draft and without a text.
pub fn page(lang: Lang, model: DoctorModel) -> Page {
    let index = model.draft.is_none() && model.pasted.is_none();
    Page::new(lang, tr!(lang, doctor.title), move |head| doctor(head, model.clone())).index(index)
}
