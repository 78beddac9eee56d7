//! No address of a private network is ever connected to.

use super::server::*;
use crate::{Allowed, Depth, Error, hosts::Hosts, is_public};
use std::{
    net::IpAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

/// One or more of each special range, with both ends.
const FORBIDDEN: &str = "0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.1.2.3 10.255.255.255 100.64.0.0 100.64.0.1 100.100.100.200
    100.127.255.255 127.0.0.0 127.0.0.1 127.0.0.53 127.1.2.3 127.255.255.255 169.254.0.0 169.254.0.1 169.254.169.254 169.254.169.253
    169.254.169.123 169.254.170.2 169.254.170.23 169.254.255.255 172.16.0.0 172.16.0.1 172.17.0.1 172.20.10.1 172.31.255.255 192.0.0.0
    192.0.0.8 192.0.0.170 192.0.0.255 192.0.2.0 192.0.2.1 192.0.2.255 192.88.99.0 192.88.99.1 192.168.0.0 192.168.0.1
    192.168.1.1 192.168.255.255 198.18.0.0 198.18.0.1 198.19.0.1 198.19.255.255 198.51.100.0 198.51.100.1 198.51.100.255 203.0.113.0
    203.0.113.1 203.0.113.255 224.0.0.0 224.0.0.1 224.0.0.251 232.1.1.1 239.255.255.250 239.255.255.255 240.0.0.0 240.0.0.1
    250.1.2.3 254.255.255.255 255.0.0.0 255.255.255.254 255.255.255.255 :: ::1 ::2 ::7f00:1 ::a00:1 ::a9fe:a9fe
    ::ffff:0.0.0.0 ::ffff:10.0.0.1 ::ffff:100.64.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:169.254.169.254 ::ffff:169.254.170.2 ::ffff:172.16.0.1
    ::ffff:192.168.0.1 ::ffff:198.18.0.1 ::ffff:224.0.0.1 ::ffff:255.255.255.255 ::ffff:0:127.0.0.1 64:ff9b::0.0.0.0 64:ff9b::10.0.0.1 64:ff9b::127.0.0.1
    64:ff9b::169.254.169.254 64:ff9b::172.16.0.1 64:ff9b::192.168.1.1 64:ff9b::100.64.0.1 64:ff9b:1::1 64:ff9b:1::7f00:1 100::1 100:0:0:1::1 2001::1
    2001:0:7f00:1:: 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::1 2001:db8::
    2001:db8::1 2001:db8:ffff::1 2002:: 2002:7f00:1::1 2002:a00:1::1 2002:a9fe:a9fe::1 2002:c0a8:101::1 3fff::1 3fff:fff::1 5f00::1
    4000::1 8000::1 c000::1 e000::1 fc00::1 fc00:ec2::254 fd00::1 fd00:ec2::254 fd00:ec2::23 fdff:ffff::1
    fe80::1 fe80::a9fe:a9fe febf::1 fec0::1 feff::1 ff00::1 ff01::1 ff02::1 ff02::fb ff05::2 ff0e::1 1fff::1 1::1";

fn forbidden() -> Vec<IpAddr> {
    FORBIDDEN.split_whitespace().map(|a| a.parse().expect("an address")).collect()
}

#[test]
fn special_addresses_are_not_public_and_their_neighbours_are() {
    let all = forbidden();
    assert!(all.len() >= 120, "{}", all.len());
    let wrong: Vec<_> = all.into_iter().filter(|a| is_public(*a)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let public = "1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255
        172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 2001:200::1 2600:1f18::1 2a00:1450::1
        ::ffff:1.1.1.1 64:ff9b::1.1.1.1";
    let wrong: Vec<_> = public.split_whitespace().filter(|a| !is_public(a.parse().expect("an address"))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A public address beside a private one does not help, and no connection is tried.
#[tokio::test]
async fn a_name_with_any_private_address_is_refused() {
    let server = Server::start(|_| ok("{}")).await;
    let allow = format!("registry.test:{}", server.port);
    let now: Arc<Mutex<(Option<IpAddr>, usize)>> = Arc::default();
    let names = {
        let now = now.clone();
        move |_: &str| {
            let mut now = now.lock().expect("the address");
            now.1 += 1;
            now.0.into_iter().chain(["1.1.1.1".parse().expect("an address")]).collect()
        }
    };
    let reader = reader(names, [allow.as_str()]);
    let mut refused = 0;
    for bad in forbidden() {
        for (image, host) in [(server.image(), "registry.test"), ("ghcr.io/demo/app:1".to_owned(), "ghcr.io")] {
            *now.lock().expect("the address") = (Some(bad), 0);
            let said = look(&reader, &image, Depth::Configuration).await;
            assert_eq!(said, Err(Error::NotPublic(host.into())), "{bad}");
            assert_eq!(now.lock().expect("the address").1, 1, "asked once");
        }
        refused += 1;
    }
    assert!(refused >= 120, "{refused}");
    assert_eq!(server.connections(), 0);
}

/// Literals do not pass the resolver, so the URL is what is checked, in every spelling.
#[test]
fn a_written_address_is_refused_in_every_spelling() {
    let spellings = [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0x7f.0x0.0x0.0x1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "[::ffff:a9fe:a9fe]",
        "[fd00:ec2::254]",
        "169.254.170.2",
        "10.0.0.1",
        "0xa.1",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
    ];
    let hosts = Hosts::of(Some("ghcr.io"), &[]).expect("hosts");
    let mut seen = 0;
    for host in spellings {
        let url = url::Url::parse(&format!("https://{host}/v2/")).expect("a URL");
        assert!(matches!(hosts.gate(&url), Err(Error::NotPublic(_))), "{host}: {:?}", hosts.gate(&url));
        assert!(matches!(hosts.gives_tokens(&url), Err(Error::NotPublic(_))), "{host}");
        seen += 1;
    }
    assert!(seen >= 25, "{seen}");
    // Nor where the operator allowed the host without saying that its network may be private.
    let allowed: Allowed = "127.0.0.1".parse().expect("an allowance");
    let hosts = Hosts::of(Some("127.0.0.1"), &[allowed]).expect("hosts");
    assert_eq!(hosts.gate(&url::Url::parse("https://127.0.0.1/v2/").expect("a URL")), Err(Error::NotPublic("127.0.0.1".into())));
}

#[test]
fn only_the_registrys_own_hosts_ports_and_schemes_pass() {
    let hosts = Hosts::of(None, &[]).expect("hosts");
    let gate = |url: &str| hosts.gate(&url::Url::parse(url).expect("a URL"));
    for right in ["https://registry-1.docker.io/v2/", "https://registry-1.docker.io:443/", "https://docker-images-prod.6aa3.r2.cloudflarestorage.com/x"] {
        assert_eq!(gate(right), Ok(()), "{right}");
    }
    for wrong in [
        "http://registry-1.docker.io/",
        "https://registry-1.docker.io:8443/",
        "https://u@registry-1.docker.io/",
        "https://u:p@registry-1.docker.io/",
        "ftp://registry-1.docker.io/",
    ] {
        assert_eq!(gate(wrong), Err(Error::Scheme), "{wrong}");
    }
    for other in [
        "https://docker.io.evil.example/",
        "https://evil.example/",
        "https://xregistry-1.docker.io/",
        "https://docker-images-prod..r2.cloudflarestorage.com.evil.example/",
        "https://ghcr.io/",
        "https://1.1.1.1/",
    ] {
        assert!(matches!(gate(other), Err(Error::HostNotAllowed(_))), "{other}: {:?}", gate(other));
    }
}

/// The answer changes between two connections: the second is checked as the first was.
#[tokio::test]
async fn a_name_that_changes_its_address_is_refused_the_second_time() {
    let server = Server::start(|asked| {
        let digest = format!("sha256:{}", "a".repeat(64));
        if asked.method == "HEAD" { status(200, &[("docker-content-digest", &digest), ("connection", "close")]) } else { ok("x") }
    })
    .await;
    let times = AtomicUsize::new(0);
    let names = move |_: &str| match times.fetch_add(1, Ordering::Relaxed) {
        0 => vec!["127.0.0.1".parse().expect("an address")],
        _ => vec!["169.254.169.254".parse().expect("an address")],
    };
    let allow = format!("http://registry.test:{}=127.0.0.0/8", server.port);
    let said = look(&reader(names, [allow.as_str()]), &server.image(), Depth::Configuration).await;
    assert_eq!(said, Err(Error::NotPublic("registry.test".into())));
    assert_eq!(server.count("/"), 1);
}
