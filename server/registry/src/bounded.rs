//! Facts that are kept in a draft are small: the person's own image cannot fill it.

use taskdef::facts::ImageFacts;

/// Platforms, and items of each list, that are kept.
pub(crate) const MOST: usize = 64;
/// Bytes of one item: longer ones are left away.
pub(crate) const ITEM: usize = 512;

/// The facts without what is too much or too long.
pub(crate) fn bounded(mut facts: ImageFacts) -> ImageFacts {
    facts.platforms.truncate(MOST);
    let lists = [&mut facts.ports, &mut facts.entry_point, &mut facts.command, &mut facts.variables, &mut facts.volumes];
    for list in lists {
        list.retain(|item| item.len() <= ITEM);
        list.truncate(MOST);
    }
    facts.healthcheck = facts.healthcheck.filter(|check| check.test.len() <= MOST && check.test.iter().map(String::len).sum::<usize>() <= 4 * ITEM);
    for text in [&mut facts.user, &mut facts.working_directory, &mut facts.stop_signal] {
        if text.len() > ITEM {
            text.clear();
        }
    }
    if let Some(hosts) = facts.layers.as_mut().and_then(|layers| layers.nginx.as_mut()) {
        hosts.retain(|host| [&host.file, &host.directive, &host.target, &host.host].into_iter().all(|text| text.len() <= ITEM));
        hosts.truncate(MOST);
    }
    facts
}
