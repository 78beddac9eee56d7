//! The built site.

use app::shell::Assets;
use std::path::Path;

/// Reads the names of the built files.
pub fn read(site: &Path) -> Result<Assets, String> {
    let file = site.join("assets.json");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("cannot read {}: {e}. Build the site first: cargo xtask build --release", file.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{} is damaged: {e}", file.display()))
}
