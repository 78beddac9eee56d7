//! How often one client may look: one look at a time, and ten new images an hour.

use crate::Error;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

const HOUR: Duration = Duration::from_secs(3600);
const NEW_IMAGES: usize = 10;
const MOST: usize = 10_000;

#[derive(Default)]
struct Client {
    busy: bool,
    new: VecDeque<Instant>,
}

/// All clients of the last hour, each by a name that is the caller's: an address, or a network of IPv6.
#[derive(Default)]
pub(crate) struct Clients(Mutex<HashMap<String, Client>>);

/// A client's turn; dropping it gives it back.
pub(crate) struct Turn<'a> {
    clients: &'a Clients,
    name: Option<String>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(name) = &self.name
            && let Some(client) = self.clients.all().get_mut(name)
        {
            client.busy = false;
        }
    }
}

impl Turn<'_> {
    /// Takes a new image from the client's budget.
    pub fn spend(&self) -> Result<(), Error> {
        let Some(name) = &self.name else { return Ok(()) };
        let mut clients = self.clients.all();
        let client = clients.entry(name.clone()).or_default();
        client.new.retain(|at| at.elapsed() < HOUR);
        if client.new.len() >= NEW_IMAGES {
            return Err(Error::Budget);
        }
        client.new.push_back(Instant::now());
        Ok(())
    }
}

impl Clients {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Client>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn of a client; without a name there is no limit.
    pub fn turn(&self, name: Option<&str>) -> Result<Turn<'_>, Error> {
        let Some(name) = name else { return Ok(Turn { clients: self, name: None }) };
        let mut clients = self.all();
        if clients.len() >= MOST && !clients.contains_key(name) {
            clients.retain(|_, client| client.busy || client.new.back().is_some_and(|at| at.elapsed() < HOUR));
            if clients.len() >= MOST {
                return Err(Error::Busy);
            }
        }
        let client = clients.entry(name.to_owned()).or_default();
        if std::mem::replace(&mut client.busy, true) { Err(Error::Busy) } else { Ok(Turn { clients: self, name: Some(name.to_owned()) }) }
    }
}
