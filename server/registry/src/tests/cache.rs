//! What was found outlives the reader that found it.

use super::server::{Asked, Reply, Server, amd64, image, look, ok, status, tar};
use crate::{Cache, Depth, Error, Progress};
use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex},
};
use taskdef::facts::{Has, Looked, Platform};

#[derive(Default)]
struct Shelf(Mutex<HashMap<String, String>>);

impl Cache for Shelf {
    fn get<'a>(&'a self, name: &'a str) -> Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>> {
        Box::pin(async move { self.0.lock().expect("texts").get(name).cloned() })
    }

    fn put<'a>(&'a self, name: &'a str, text: &'a str) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move { drop(self.0.lock().expect("texts").insert(name.to_owned(), text.to_owned())) })
    }
}

#[tokio::test]
async fn what_one_reader_found_another_one_knows_without_a_request() {
    let server = Server::start(image(&[("tar", tar(&[("bin/sh", 'x', "")]))])).await;
    let shelf = Arc::new(Shelf::default());
    let first = server.reader_with(shelf.clone()).look(&server.image(), &amd64(), Depth::Layers, None, &Progress::default()).await.expect("a look");
    let asked = server.count("/v2/");
    assert_eq!(shelf.0.lock().expect("texts").len(), 2, "a reference, and the image that it leads to");

    let second = server.reader_with(shelf.clone());
    assert!(second.known(&server.image(), &amd64()).is_none());
    second.recall(&server.image(), &amd64()).await;
    let Some((Looked::Found(known), _)) = second.known(&server.image(), &amd64()) else { panic!("it is known") };
    assert_eq!((&known, known.program("sh"), known.program("curl")), (&first.facts, Has::Yes, Has::No));
    // Facts for one chip are the first guess for the other one.
    let arm = Platform::parse("linux/arm64").expect("a platform");
    assert!(matches!(second.known(&server.image(), &arm), Some((Looked::Found(_), _))));
    // A look asks for nothing either: the tag is young, and what a digest names does not change.
    look(&second, &server.image(), Depth::Layers).await.expect("a look");
    assert_eq!(server.count("/v2/"), asked);
}

#[tokio::test]
async fn a_tag_that_is_not_there_and_texts_of_another_form_are_handled() {
    let answer = |asked: &Asked| -> Reply { if asked.path.contains("tags/list") { ok(r#"{"tags":["2"]}"#) } else { status(404, &[]) } };
    let server = Server::start(answer).await;
    let shelf = Arc::new(Shelf::default());
    let missing = look(&server.reader_with(shelf.clone()), &server.image(), Depth::Configuration).await;
    assert!(matches!(missing, Err(Error::NotFound { .. })), "{missing:?}");
    let second = server.reader_with(shelf.clone());
    second.recall(&server.image(), &amd64()).await;
    assert!(matches!(second.known(&server.image(), &amd64()), Some((Looked::Missing(_), _))));

    let mut spoilt = 0;
    for wrong in ["", "{}", r#"{"form":2,"kept":{"answer":{"Missing":[]},"at":0}}"#, r#"{"form":1,"kept":{"answer":{"Digest":["x","no platform"]},"at":0}}"#] {
        shelf.0.lock().expect("texts").values_mut().for_each(|text| *text = wrong.to_owned());
        let third = server.reader_with(shelf.clone());
        third.recall(&server.image(), &amd64()).await;
        assert!(third.known(&server.image(), &amd64()).is_none(), "{wrong}");
        spoilt += 1;
    }
    assert_eq!(spoilt, 4);
}

/// A look that the network cut may see more the next time, so it is kept nowhere.
#[tokio::test]
async fn a_look_that_was_cut_leaves_no_layers_behind() {
    let whole = image(&[("tar", tar(&[("bin/sh", 'x', "")]))]);
    let server = Server::start(move |asked| match whole(asked) {
        Reply::Body(200, _, body) if body.len() > 1024 => Reply::Cut(body),
        other => other,
    })
    .await;
    let shelf = Arc::new(Shelf::default());
    let facts = look(&server.reader_with(shelf.clone()), &server.image(), Depth::Layers).await.expect("a look");
    assert_eq!((facts.program("sh"), facts.program("curl")), (Has::Yes, Has::Unknown));
    let second = server.reader_with(shelf);
    second.recall(&server.image(), &amd64()).await;
    let Some((Looked::Found(known), _)) = second.known(&server.image(), &amd64()) else { panic!("its configuration was read whole") };
    assert_eq!((&known.layers, known.ports.len()), (&None, 1));
}
