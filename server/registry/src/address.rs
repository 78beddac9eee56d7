//! Which addresses a connection may go to: those of the public Internet, and no others.
//!
//! Source: the IANA special-purpose registries for IPv4 and IPv6. An IPv6 address that carries an IPv4 address
//! is judged by that one too.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a connection to this address leaves for the public Internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4_public(v4),
        IpAddr::V6(v6) => match embedded(v6) {
            Some(v4) => v4_public(v4),
            None => v6_public(v6),
        },
    }
}

/// The IPv4 address of `::ffff:a.b.c.d` and of the well-known NAT64 prefix `64:ff9b::/96`.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let nat64 = s[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    let low = Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7]));
    address.to_ipv4_mapped().or(nat64.then_some(low))
}

fn v4_public(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, ..)
    )
}

fn v6_public(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let global = s[0] & 0xe000 == 0x2000;
    let protocol = s[0] == 0x2001 && s[1] < 0x0200;
    let documentation = (s[0] == 0x2001 && s[1] == 0x0db8) || (s[0] == 0x3fff && s[1] < 0x1000);
    let six_to_four = s[0] == 0x2002;
    global && !protocol && !documentation && !six_to_four
}
