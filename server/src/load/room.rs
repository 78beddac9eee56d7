//! Room in memory, in bytes: for bodies until they are answered, and for answers until they are read.
//!
//! Nothing is reserved for what a client only announces. A body that has not arrived whole, and an answer that is not read to
//! its end, is an *open* piece. Where a byte has no room, the address that has most gives up its oldest open piece. So among the
//! bodies of one address only a newer one displaces another: unfinished ones, however many there are and however slowly they
//! grow, keep no new one out. And an address that fills the room loses its own pieces before others lose theirs.
//!
//! A body that has arrived whole is *closed*: it keeps its bytes until it is answered. Closed pieces of one address have at
//! most half of the room.

use super::refusal::Refusal;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Ends whatever holds the bytes of a piece.
type GiveUp = Box<dyn FnOnce() + Send>;

/// Room for so many bytes.
pub struct Room {
    most: usize,
    taken: Mutex<Taken>,
}

/// A piece of the room, of one address; its bytes are free again when this is dropped.
pub struct Piece {
    room: Arc<Room>,
    address: IpAddr,
    /// Among open pieces.
    number: u64,
    /// Bytes, where it is closed.
    closed: usize,
}

impl Room {
    /// For so many bytes.
    pub fn new(most: usize) -> Arc<Room> {
        Arc::new(Room { most, taken: Mutex::default() })
    }

    /// An open piece. Where it has to make room for others, `give_up` is called: its bytes no longer count then, and have to
    /// be dropped.
    ///
    /// # Errors
    /// `Busy`, where it would have to make room itself.
    pub fn piece(self: &Arc<Room>, address: IpAddr, bytes: usize, give_up: impl FnOnce() + Send + 'static) -> Result<Piece, Refusal> {
        let number = self.taken().open(address, Box::new(give_up));
        let mut piece = Piece { room: self.clone(), address, number, closed: 0 };
        piece.grow(bytes)?;
        Ok(piece)
    }

    /// Bytes of all of it.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Bytes that are taken.
    #[cfg(test)]
    pub fn used(&self) -> usize {
        self.taken().bytes
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Piece {
    /// Makes an open piece larger by so many bytes.
    ///
    /// # Errors
    /// `Busy`, where it was given up, or would have to make room itself.
    pub fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let mut given_up = Vec::new();
        let grown = loop {
            let mut taken = self.room.taken();
            if !taken.has(self.address, self.number) {
                break Err(Refusal::Busy);
            }
            if taken.bytes + bytes <= self.room.most {
                taken.add(self.address, self.number, bytes);
                break Ok(());
            }
            match taken.oldest_of_the_largest() {
                Some((address, number)) if number != self.number => given_up.extend(taken.remove(address, number)),
                _ => break Err(Refusal::Busy),
            }
        };
        // Not under the lock: they wake others.
        given_up.into_iter().for_each(|open| (open.give_up)());
        grown
    }

    /// Keeps an open piece from being asked for.
    ///
    /// # Errors
    /// `Busy`, where it was given up, or its address would have more than half of the room in closed pieces.
    pub fn close(&mut self) -> Result<(), Refusal> {
        self.closed = self.room.taken().close(self.address, self.number, self.room.most / 2)?;
        Ok(())
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let mut taken = self.room.taken();
        taken.remove(self.address, self.number);
        taken.free(self.address, self.closed);
    }
}

/// What is taken.
#[derive(Default)]
struct Taken {
    bytes: usize,
    /// Number of the next open piece.
    next: u64,
    of: HashMap<IpAddr, Share>,
}

/// What one address has.
#[derive(Default)]
struct Share {
    /// Of all its pieces.
    bytes: usize,
    /// Of closed pieces.
    closed: usize,
    /// By number, so the oldest comes first.
    open: BTreeMap<u64, Open>,
}

struct Open {
    bytes: usize,
    give_up: GiveUp,
}

impl Taken {
    fn open(&mut self, address: IpAddr, give_up: GiveUp) -> u64 {
        let number = self.next;
        self.next += 1;
        self.of.entry(address).or_default().open.insert(number, Open { bytes: 0, give_up });
        number
    }

    fn has(&self, address: IpAddr, number: u64) -> bool {
        self.of.get(&address).is_some_and(|share| share.open.contains_key(&number))
    }

    fn add(&mut self, address: IpAddr, number: u64, bytes: usize) {
        let Some(share) = self.of.get_mut(&address) else { return };
        let Some(open) = share.open.get_mut(&number) else { return };
        open.bytes += bytes;
        share.bytes += bytes;
        self.bytes += bytes;
    }

    fn oldest_of_the_largest(&self) -> Option<(IpAddr, u64)> {
        let of = self.of.iter().filter_map(|(address, share)| Some((share.bytes, Reverse(*share.open.first_key_value()?.0), *address)));
        of.max().map(|(_, Reverse(oldest), address)| (address, oldest))
    }

    fn close(&mut self, address: IpAddr, number: u64, most: usize) -> Result<usize, Refusal> {
        let share = self.of.get_mut(&address).ok_or(Refusal::Busy)?;
        let bytes = share.open.get(&number).ok_or(Refusal::Busy)?.bytes;
        // One alone may be larger.
        if share.closed > 0 && share.closed + bytes > most {
            return Err(Refusal::Busy);
        }
        share.open.remove(&number);
        share.closed += bytes;
        Ok(bytes)
    }

    fn remove(&mut self, address: IpAddr, number: u64) -> Option<Open> {
        let open = self.of.get_mut(&address)?.open.remove(&number)?;
        self.forget(address, open.bytes);
        Some(open)
    }

    /// Frees bytes of a closed piece.
    fn free(&mut self, address: IpAddr, bytes: usize) {
        if let Some(share) = self.of.get_mut(&address) {
            share.closed -= bytes;
        }
        self.forget(address, bytes);
    }

    fn forget(&mut self, address: IpAddr, bytes: usize) {
        let Some(share) = self.of.get_mut(&address) else { return };
        share.bytes -= bytes;
        self.bytes -= bytes;
        if share.bytes == 0 && share.open.is_empty() {
            self.of.remove(&address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};

    const fn of(n: u8) -> IpAddr {
        IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, n))
    }

    /// Pieces with names, and which of them were given up.
    struct Named {
        room: Arc<Room>,
        tell: Sender<&'static str>,
        told: Receiver<&'static str>,
    }

    impl Named {
        fn new(most: usize) -> Named {
            let (tell, told) = channel();
            Named { room: Room::new(most), tell, told }
        }

        fn piece(&self, name: &'static str, address: IpAddr, bytes: usize) -> Result<Piece, Refusal> {
            let tell = self.tell.clone();
            self.room.piece(address, bytes, move || tell.send(name).unwrap())
        }

        fn given_up(&self) -> Vec<&'static str> {
            self.told.try_iter().collect()
        }
    }

    #[test]
    fn unfinished_bodies_however_they_grow_keep_no_newer_one_out() {
        let named = Named::new(80);
        let mut unfinished: Vec<Piece> = (0..40).map(|_| named.piece("unfinished", of(1), 2).unwrap()).collect();
        let mut one = named.piece("finished", of(1), 2).unwrap();
        for round in 0..5 {
            // The crowd moves all the time, and this one only now and then.
            for piece in &mut unfinished {
                let _ = piece.grow(1);
            }
            assert_eq!(one.grow(3), Ok(()), "round {round}");
        }
        assert_eq!(one.close(), Ok(()));
        assert!(!named.given_up().contains(&"finished"));
        assert!(named.room.taken().bytes <= 80);
    }

    #[test]
    fn the_address_with_most_gives_up_its_oldest_piece() {
        let named = Named::new(10);
        let _other = named.piece("other", of(2), 3).unwrap();
        let (mut first, mut second) = (named.piece("first", of(1), 1).unwrap(), named.piece("second", of(1), 4).unwrap());
        let mut new = named.piece("new", of(3), 3).unwrap();
        assert_eq!((named.given_up(), first.grow(1)), (vec!["first"], Err(Refusal::Busy)), "what was given up stays so");
        assert_eq!(second.grow(1), Err(Refusal::Busy), "alone with the largest share, it has to make room itself");
        assert_eq!((new.grow(1), named.given_up()), (Ok(()), vec!["second"]));
    }

    #[test]
    fn what_has_arrived_whole_is_kept_and_leaves_half_to_others() {
        let named = Named::new(10);
        let mut whole = named.piece("whole", of(1), 4).unwrap();
        assert_eq!(whole.close(), Ok(()));
        let mut second = named.piece("second", of(1), 2).unwrap();
        assert_eq!(second.close(), Err(Refusal::Busy), "six of ten");
        let mut other = named.piece("other", of(2), 6).unwrap();
        assert_eq!((named.given_up(), other.close()), (vec!["second"], Ok(())), "one alone may have more than half");
        assert_eq!(named.piece("third", of(3), 1).err(), Some(Refusal::Busy), "everything waits for us");
        drop((whole, second, other));
        let taken = named.room.taken();
        assert!(taken.bytes == 0 && taken.of.is_empty(), "nothing is kept of an address without a piece");
    }
}
