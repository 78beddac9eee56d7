//! The pages: one folder each. `get.rs` reads, `post.rs` takes the page's forms, `view.rs` is its HTML.
//!
//! | folder | address |
//! |---|---|
//! | `home` | `/`, `/{lang}`, `POST /{lang}/d` makes a draft |
//! | `import` | `POST /{lang}/import`, `…/import`: questions before drafts are made, and what became of each part |
//! | `wizard` | `/{lang}/d/{token}/{step}`; its views are those of the browser (`app/src/wizard`) |
//! | `save` | `/live/save`, the wizard's live save |
//! | `share` | `…/share`: links, name, life |
//! | `conflict` | `…/conflict`: two people's answers |
//! | `history` `undo` | `…/history`, `…/undo` |
//! | `editor` | `…/json` |
//! | `export` | `…/export`, by either link |
//! | `fixes` `note` `since` | `…/fixes`, `…/note`, `…/since` |
//! | `inspect` | `…/inspect`: what registries say about the images |
//! | `register` `operation` `unlock` | `…/register`, `…/review/register/{operation}`, `/unlock/{code}` |
//! | `doctor` | `/{lang}/doctor`, `…/doctor` |
//! | `search` | `/{lang}/search`, `…/search` |
//! | `shared` | `/{lang}/s/{token}` |
//! | `rules` `glossary` `mine` | `/{lang}/rules`, `/{lang}/glossary`, `/{lang}/mine` |
//! | `theme` `texts` | `POST /{lang}/theme`, `/texts/{lang}/{version}` |
//!
//! `parts/` is what several pages show.

pub mod conflict;
pub mod doctor;
pub mod editor;
pub mod export;
pub mod fixes;
pub mod glossary;
pub mod history;
pub mod home;
pub mod import;
pub mod inspect;
pub mod mine;
pub mod note;
pub mod operation;
pub mod parts;
pub mod register;
pub mod rules;
pub mod save;
pub mod search;
pub mod share;
pub mod shared;
pub mod since;
pub mod texts;
pub mod theme;
pub mod undo;
pub mod unlock;
pub mod wizard;
