//! The tables as they came to be: each file is run once, in the order of its number. Listed here, and not by the library's
//! macro, because its macros build SQLite a second time for the compiler's own use.

use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// A migration of `migrations/`: number, name and text as its file has them.
type File = (i64, &'static str, &'static str);

const SQLITE: &[File] = &[
    (1, "drafts", include_str!("../migrations/sqlite/0001_drafts.sql")),
    (2, "sealed", include_str!("../migrations/sqlite/0002_sealed.sql")),
    (3, "operations", include_str!("../migrations/sqlite/0003_operations.sql")),
    (4, "data keys", include_str!("../migrations/sqlite/0004_data_keys.sql")),
    (5, "ways", include_str!("../migrations/sqlite/0005_ways.sql")),
    (6, "looks", include_str!("../migrations/sqlite/0006_looks.sql")),
];

const POSTGRES: &[File] = &[
    (1, "drafts", include_str!("../migrations/postgres/0001_drafts.sql")),
    (2, "operations", include_str!("../migrations/postgres/0002_operations.sql")),
    (3, "data keys", include_str!("../migrations/postgres/0003_data_keys.sql")),
    (4, "ways", include_str!("../migrations/postgres/0004_ways.sql")),
    (5, "looks", include_str!("../migrations/postgres/0005_looks.sql")),
];

/// Those of SQLite.
pub(crate) fn sqlite() -> Migrator {
    migrator(SQLITE)
}

/// Those of PostgreSQL.
pub(crate) fn postgres() -> Migrator {
    migrator(POSTGRES)
}

fn migrator(files: &[File]) -> Migrator {
    let migration = |&(number, name, sql): &File| Migration::new(number, name.into(), MigrationType::Simple, SqlStr::from_static(sql), false);
    Migrator::with_migrations(files.iter().map(migration).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is not listed would never be run; one that the library would read otherwise would be refused by every
    /// database that an earlier program made.
    #[tokio::test]
    async fn every_file_is_listed_as_the_library_reads_it() {
        for (folder, listed) in [("sqlite", sqlite()), ("postgres", postgres())] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
            let read = Migrator::new(folder.as_path()).await.unwrap();
            let told = |m: &Migrator| m.iter().map(|m| (m.version, m.description.clone(), m.no_tx, m.checksum.clone())).collect::<Vec<_>>();
            assert!(!told(&read).is_empty());
            assert_eq!(told(&listed), told(&read));
        }
    }
}
