//! What a registry says and what it may try. Everything is on loopback, and names resolve to what the test says.

mod addresses;
mod cache;
mod ecr;
mod hostile;
mod layers;
mod server;
mod true_registry;
