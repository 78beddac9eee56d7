//! Whiteouts, opaque folders and links, as the image specification merges them; hostile tars and streams.

use super::server::{gzip, tar};
use crate::{
    archive::{self, Limits},
    contents::Contents,
    layers::{IMAGE, LAYER},
    tree::Tree,
};
use std::{
    io,
    time::{Duration, Instant},
};
use taskdef::facts::Has::{self, No, Unknown, Yes};

/// Name, kind and content of each entry.
type Layer<'a> = &'a [(&'a str, char, &'a str)];

fn limits() -> Limits {
    Limits { layer: LAYER, image: IMAGE, end: Instant::now() + Duration::from_secs(60) }
}

fn read(media: &str, bytes: &[u8], contents: &mut Contents) -> io::Result<()> {
    archive::read(media, bytes, contents, limits())
}

fn program(tree: &Tree, name: &str) -> Has {
    tree.program(name, &["/usr/bin".into(), "/bin".into()])
}

/// The answer for `sh` after layers that are given from the bottom up.
fn sh(layers: &[Layer<'_>]) -> Has {
    let mut contents = Contents::default();
    for layer in layers.iter().rev() {
        read("tar+gzip", gzip(&tar(layer)).as_slice(), &mut contents).expect("a layer");
    }
    contents.tree.finish();
    program(&contents.tree, "sh")
}

#[test]
fn layers_merge_as_a_runtime_merges_them() {
    let base: Layer<'_> = &[("bin/sh", 'x', "")];
    let rows: &[(&str, &[Layer<'_>], Has)] = &[
        ("a file", &[base], Yes),
        ("not executable", &[&[("bin/sh", 'f', "")]], No),
        ("leading ./", &[&[("./bin/sh", 'x', "")]], Yes),
        ("leading slash", &[&[("/bin/sh", 'x', "")]], Yes),
        ("leaves the root", &[&[("../bin/sh", 'x', "")]], No),
        ("whiteout", &[base, &[("bin/.wh.sh", 'f', "")]], No),
        ("whiteout of the folder", &[base, &[(".wh.bin", 'f', "")]], No),
        ("opaque folder", &[base, &[("bin/.wh..wh..opq", 'f', "")]], No),
        ("opaque folder with the file anew", &[base, &[("bin/.wh..wh..opq", 'f', ""), ("bin/sh", 'x', "")]], Yes),
        ("whiteout below", &[base, &[("bin/.wh.sh", 'f', "")], base], Yes),
        ("busybox symlink", &[&[("bin/busybox", 'x', ""), ("bin/sh", 'l', "busybox")]], Yes),
        ("busybox hard link", &[&[("bin/busybox", 'x', ""), ("bin/sh", 'h', "bin/busybox")]], Yes),
        ("hard link to nowhere", &[&[("bin/sh", 'h', "bin/nothing")]], No),
        ("usr-merge", &[&[("bin", 'l', "usr/bin"), ("usr/bin/dash", 'x', ""), ("usr/bin/sh", 'l', "dash")]], Yes),
        ("dangling", &[&[("bin/sh", 'l', "/opt/sh")]], No),
        ("circle", &[&[("bin/sh", 'l', "sh")]], No),
        ("file in place of the folder", &[base, &[("bin", 'f', "")]], No),
        ("folder after a file after a folder", &[base, &[("bin", 'f', "")], &[("bin", 'd', "")]], No),
        ("a link that a runtime follows or hides", &[&[("bin", 'l', "usr/bin"), ("usr/bin/sh", 'x', "")], &[("bin/other", 'x', "")]], Yes),
        ("a program behind such a link", &[&[("usr/bin", 'l', "/opt"), ("opt/sh", 'x', "")], &[("usr/bin/other", 'x', "")]], Unknown),
        ("hard link to a link", &[&[("bin/busybox", 'x', ""), ("bin/a", 'h', "bin/busybox"), ("bin/sh", 'h', "bin/a")]], Yes),
        ("hard links in a circle", &[&[("bin/a", 'h', "bin/sh"), ("bin/sh", 'h', "bin/a")]], No),
        ("link out of the root", &[&[("bin/sh", 'l', "../../../../bin/dash"), ("bin/dash", 'x', "")]], Yes),
        ("a file as a folder", &[&[("bin/sh", 'l', "dash/x"), ("bin/dash", 'x', "")]], No),
        ("leftovers of AUFS", &[base, &[("bin/.wh..wh.plnk", 'f', ""), ("bin/.wh.", 'f', "")]], Yes),
        ("link whose target was removed", &[&[("bin/busybox", 'x', ""), ("bin/sh", 'l', "busybox")], &[("bin/.wh.busybox", 'f', "")]], No),
    ];
    let wrong: Vec<_> = rows.iter().filter(|(_, layers, right)| sh(layers) != *right).map(|(name, ..)| name).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// The library stops after one frame, quietly: a layer in several frames would lose its end.
#[test]
fn a_zstd_layer_in_several_frames_is_read_to_its_end() {
    let whole = tar(&[("etc/a", 'f', ""), ("bin/sh", 'x', "")]);
    let skippable = [&0x184d_2a50_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), b"abc"].concat();
    let layer = [zstd(&whole[..512]), skippable, zstd(&whole[512..])].concat();
    let mut contents = Contents::default();
    read("tar+zstd", layer.as_slice(), &mut contents).expect("a layer");
    contents.tree.finish();
    assert_eq!(program(&contents.tree, "sh"), Yes);
}

#[test]
fn a_zstd_frame_that_asks_for_a_large_window_is_refused() {
    // Window of 64 MiB, by its exponent; then the same by the size of the content.
    for frame in [&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 16 << 3, 1, 0, 0][..], &[0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 4, 1, 0, 0]] {
        let said = read("tar+zstd", frame, &mut Contents::default()).expect_err("a window");
        assert_eq!(said.kind(), io::ErrorKind::InvalidData);
    }
}

/// A header that says how long it is, and nothing that follows: no memory is taken for what is only announced.
fn announced(kind: tar::EntryType, size: u64) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    header.as_bytes().to_vec()
}

#[test]
fn hostile_tars_are_refused_and_nothing_panics() {
    let huge = 8 * 1024 * 1024 * 1024 - 1;
    let long = |kind, size: usize| {
        let mut bytes = announced(kind, size as u64);
        bytes.extend(vec![b'a'; size.next_multiple_of(512)]);
        bytes
    };
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("a long name that does not come", announced(tar::EntryType::GNULongName, huge)),
        ("a name of 5,000 bytes", long(tar::EntryType::GNULongName, 5_000)),
        ("a target of 5,000 bytes", long(tar::EntryType::GNULongLink, 5_000)),
        ("an extended header of 100 kB", long(tar::EntryType::XHeader, 100_000)),
        ("a global header of 100 kB", long(tar::EntryType::XGlobalHeader, 100_000)),
        ("a sparse file", announced(tar::EntryType::GNUSparse, 512)),
        ("a file that does not come", announced(tar::EntryType::Regular, huge)),
        ("no tar", vec![b'x'; 2048]),
        ("half a header", vec![0x41; 100]),
    ];
    let mut refused = 0;
    for (name, bytes) in rows {
        assert!(read("tar", &bytes, &mut Contents::default()).is_err(), "{name}");
        refused += 1;
    }
    assert_eq!(refused, 9);
    assert!(read("tar+xz", b"", &mut Contents::default()).is_err());
    assert!(read("tar+gzip", b"\x1f\x8bno", &mut Contents::default()).is_err());
}

/// Names by which a tar would leave its folder, and paths that are deep: dropped, and asked about without harm.
#[test]
fn names_that_leave_the_root_or_are_deep_are_not_kept() {
    let deep = "a/".repeat(45) + "sh";
    let mut contents = Contents::default();
    let layer =
        tar(&[("../../etc/passwd", 'x', ""), ("/../bin/sh", 'x', ""), ("bin/../sh", 'x', ""), (&deep, 'x', ""), ("usr/bin/sh", 'l', "/../../../etc/sh")]);
    read("tar", &layer, &mut contents).expect("a layer");
    contents.tree.finish();
    assert_eq!((program(&contents.tree, "sh"), contents.tree.runs("etc/passwd"), contents.tree.runs(&deep)), (No, No, Unknown));
}

#[test]
fn more_names_than_the_limit_are_refused() {
    let mut tree = Tree::default();
    let node = || crate::tree::Node::Folder;
    assert!((0..200_000).all(|i| tree.add(&i.to_string(), node()).is_ok()));
    assert!(tree.add("one more", node()).is_err());
    assert!(Tree::default().add(&"a".repeat(5_000), node()).is_err());
    let mut names = Tree::default();
    assert!((0..20_000).any(|i| names.add(&format!("{i}{}", "/a".repeat(2_000)), node()).is_err()));
}
