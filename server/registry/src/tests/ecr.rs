//! Private registries of Amazon ECR: which hosts get the sign-in, and what is kept of a look with one.

use super::server::*;
use crate::{Depth, Ecr, EcrAccess, Error, Progress, hosts::Hosts};
use taskdef::facts::Platform;
use url::Url;
use zeroize::Zeroizing;

const IMAGE: &str = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/demo/app:1.0";
const HEADER: &str = "Basic sesame";

fn access(image: &str, emulator: Option<String>) -> EcrAccess {
    EcrAccess { registry: Ecr::of(image).expect("a private registry"), header: Zeroizing::new(HEADER.into()), emulator }
}

#[test]
fn only_the_exact_form_of_a_host_is_a_private_registry() {
    for host in [
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com",
        "123456789012.dkr.ecr.us-gov-east-1.amazonaws.com",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
        "123456789012.dkr.ecr.ap-southeast-5.amazonaws.com",
    ] {
        assert!(Ecr::of(&format!("{host}/a:1")).is_some_and(|ecr| ecr.host() == host), "{host}");
    }
    for host in [
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com:444",
        "123456789012.dkr.ecr.eu-west-1.evil.example",
        "123456789012.dkr.ecr.evil.example",
        "123456789012.dkr.ecr.evil.amazonaws.com",
        "123456789012.dkr.ecr.s3-website-1.amazonaws.com",
        "123456789012.dkr.ecr.eu-west-1.s3.amazonaws.com",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com.cn",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com",
        "12345678901.dkr.ecr.eu-west-1.amazonaws.com",
        "1234567890123.dkr.ecr.eu-west-1.amazonaws.com",
        "evil.123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "123456789012.dkr.ecrx.eu-west-1.amazonaws.com",
        "123456789012.dkr.ecr.EU-WEST-1.amazonaws.com",
        "public.ecr.aws",
        "docker.io",
    ] {
        assert_eq!(Ecr::of(&format!("{host}/a:1")), None, "{host}");
    }
}

#[test]
fn a_private_registry_is_its_host_and_its_bucket_over_tls() {
    let hosts = Hosts::of_ecr(&access(IMAGE, None).registry);
    let url = |text: &str| Url::parse(text).expect("a URL");
    for right in [
        "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/demo/app/manifests/1.0",
        "https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/x?X-Amz-Signature=y",
    ] {
        assert_eq!(hosts.gate(&url(right)), Ok(()), "{right}");
    }
    let mut seen = 0;
    for wrong in [
        "http://123456789012.dkr.ecr.eu-west-1.amazonaws.com/",
        "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443/",
        "https://user@123456789012.dkr.ecr.eu-west-1.amazonaws.com/",
        "https://210987654321.dkr.ecr.eu-west-1.amazonaws.com/",
        "https://123456789012.dkr.ecr.us-east-1.amazonaws.com/",
        "https://bucket.s3.eu-west-1.amazonaws.com/",
        "https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/",
        "https://evil.example/",
        "https://169.254.169.254/",
        "https://169.254.170.2/v2/credentials",
        "https://[fd00:ec2::254]/",
    ] {
        assert!(hosts.gate(&url(wrong)).is_err(), "{wrong}");
        seen += 1;
    }
    assert_eq!(seen, 11);
    // A challenge cannot send the sign-in to a realm, not even to a host of the registry.
    assert!(hosts.gives_tokens(&url("https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/token")).is_err());
}

/// The registry of the tests, which opens for the sign-in alone, and sends for its blobs to another port.
async fn registry(blobs: Option<u16>) -> Server {
    let image = image(&[]);
    Server::start(move |asked| match asked.headers.contains("authorization: basic sesame") {
        false => status(401, &[("www-authenticate", "Basic realm=\"https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/\",service=\"ecr.amazonaws.com\"")]),
        true => match blobs.filter(|_| asked.path.contains("/blobs/")) {
            Some(port) => status(307, &[("location", &format!("http://cdn.test:{port}/blob"))]),
            None => image(asked),
        },
    })
    .await
}

#[tokio::test]
async fn what_a_sign_in_opens_is_kept_for_nobody_and_asked_again() {
    let server = registry(None).await;
    let reader = server.reader(&[]);
    let open = access(IMAGE, Some(format!("http://registry.test:{}", server.port)));
    let platform = Platform::of_task("X86_64", "LINUX");
    let look = async || reader.look_signed_in(&open, IMAGE, &platform, Depth::Configuration, None, &Progress::default()).await;
    let found = look().await.expect("the image");
    assert_eq!(found.facts.ports, ["80/tcp"]);
    // The first request is asked for the sign-in; those after it bring it along.
    let asked = server.count("/");
    assert_eq!((asked, server.count("/manifests/1.0")), (4, 2));
    assert!(reader.known(IMAGE, &platform).is_none());
    assert_eq!(reader.look(IMAGE, &platform, Depth::Configuration, None, &Progress::default()).await.err(), Some(Error::Ecr));
    assert_eq!(server.count("/"), asked);
    assert!(look().await.is_ok() && server.count("/") == 2 * asked);
    // A sign-in that opens nothing, and an image of another registry.
    let closed = EcrAccess { header: Zeroizing::new("Basic other".into()), ..open.clone() };
    let said = reader.look_signed_in(&closed, IMAGE, &platform, Depth::Configuration, None, &Progress::default()).await;
    assert_eq!(said.err(), Some(Error::EcrDenied));
    let others = server.count("/");
    for other in ["nginx", &server.image(), "210987654321.dkr.ecr.eu-west-1.amazonaws.com/demo/app:1.0"] {
        let said = reader.look_signed_in(&open, other, &platform, Depth::Configuration, None, &Progress::default()).await;
        assert_eq!(said.err(), Some(Error::Ecr), "{other}");
    }
    assert_eq!(server.count("/"), others);
}

#[tokio::test]
async fn no_redirect_and_no_realm_takes_the_sign_in_along() {
    let blobs = Server::start(|_| ok("{}")).await;
    let server = registry(Some(blobs.port)).await;
    let cdn = format!("http://cdn.test:{}=127.0.0.0/8", blobs.port);
    let reader = server.reader(&[&cdn]);
    let platform = Platform::of_task("X86_64", "LINUX");
    let open = access(IMAGE, Some(format!("http://registry.test:{}", server.port)));
    let said = reader.look_signed_in(&open, IMAGE, &platform, Depth::Configuration, None, &Progress::default()).await;
    // Another place is not a host of this registry, even where the operator allowed it for others.
    assert_eq!((said.err(), blobs.count("/")), (Some(Error::HostNotAllowed("cdn.test".into())), 0));

    let realm = format!("Bearer realm=\"http://cdn.test:{}/token\",service=\"s\"", blobs.port);
    let bearer = Server::start(move |_| status(401, &[("www-authenticate", &realm)])).await;
    let reader = bearer.reader(&[&cdn]);
    let open = access(IMAGE, Some(format!("http://registry.test:{}", bearer.port)));
    let said = reader.look_signed_in(&open, IMAGE, &platform, Depth::Configuration, None, &Progress::default()).await;
    assert!(said.is_err() && blobs.count("/") == 0, "{said:?}");
    assert!(bearer.asked.lock().expect("log").iter().all(|asked| !asked.headers.contains("sesame")));

    // An emulator's word for a place that the operator did not allow.
    let open = access(IMAGE, Some("http://169.254.169.254".into()));
    let said = reader.look_signed_in(&open, IMAGE, &platform, Depth::Configuration, None, &Progress::default()).await;
    assert_eq!(said.err(), Some(Error::HostNotAllowed("169.254.169.254".into())));
}
