//! Imports: foreign files come in with equal sums, twice changes nothing, undo takes back.

use std::path::{Path, PathBuf};

use baton::import::{self, ImportView, Summary, mappings};
use kernel::ImportId;
use spine::By;

use crate::harness::World;

mod again;
mod bounds;
mod chased;
mod drafted;
mod exports;
mod foretold;
mod going;
mod kept;
mod lacking;
mod many;
mod merged;
mod met;
mod named;
mod noted;
mod owners;
mod reading;
mod staff;
mod twins;
mod undone;
mod wire;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The CSV files of a shared data set; says plainly when they are absent.
fn shared(name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let beside = || {
        let clone = root().canonicalize().ok()?;
        let mut above = clone.ancestors().map(|above| above.join("shared"));
        above.find(|path| path.is_dir())
    };
    let found = std::env::var_os("BATON_SHARED")
        .map(PathBuf::from)
        .or_else(beside);
    let folder = found
        .map(|root| root.join("data").join(name))
        .filter(|path| path.is_dir());
    let Some(folder) = folder else {
        println!("skipped: shared data absent");
        return None;
    };
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "csv"))
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    Some(files)
}

fn mapping(key: &str) -> String {
    let found = mappings().into_iter().find(|shipped| shipped.key == key);
    found.expect("a shipped mapping").text
}

/// Title, header and the three sound rows of the example; the rows below them are dirty on purpose.
fn ledger() -> String {
    let path = root().join("examples/data/客户台账.csv");
    let text = std::fs::read_to_string(path).expect("the example");
    text.lines()
        .take(5)
        .map(|line| format!("{line}\n"))
        .collect()
}

async fn take(world: &World, key: &str, files: Vec<(String, Vec<u8>)>) -> Summary {
    let loaded = import::load(&world.house, &By::system("test"), &mapping(key), files).await;
    loaded.expect("the import")
}

async fn take_ledger(world: &World, text: &str) -> Summary {
    take(
        world,
        "ledger",
        vec![("客户台账.csv".to_owned(), text.as_bytes().to_vec())],
    )
    .await
}

/// Everything that was read stands in the books, by kind and by owner, to the fen.
fn everything_is_booked(report: &ImportView) {
    for source in &report.sources {
        let counted =
            source.used + source.refused + source.filtered + source.blank + source.consulted;
        assert_eq!((source.rows, source.refused), (counted, 0), "{source:?}");
    }
    assert!(!report.refuses(), "{:?}", report.findings);
    for kind in &report.kinds {
        assert_eq!(kind.staged, kind.booked, "{}", kind.kind);
        // A catalogue's prices are not a sum of money.
        if kind.kind == "product" || kind.staged_amount.is_none() {
            continue;
        }
        assert_eq!(kind.staged_amount, kind.booked_amount, "{}", kind.kind);
        for owner in &kind.owners {
            let none = |amount: &Option<String>| amount.clone().unwrap_or_else(|| "0.00".into());
            assert_eq!(owner.staged, owner.booked, "{} {owner:?}", kind.kind);
            let (staged, booked) = (none(&owner.staged_amount), none(&owner.booked_amount));
            assert_eq!(staged, booked, "{} {owner:?}", kind.kind);
            assert_eq!(owner.moved, 0, "{} {owner:?}", kind.kind);
        }
    }
}

fn booked(report: &ImportView, kind: &str) -> (u64, String) {
    let found = report
        .kinds
        .iter()
        .find(|of| of.kind == kind)
        .expect("the kind");
    (
        found.booked,
        found.booked_amount.clone().unwrap_or_default(),
    )
}

async fn customer(world: &World, number: &str) -> Vec<String> {
    let all = world
        .texts(
            "SELECT c.number AS number, c.name AS name, c.region AS region, e.name AS owner, \
             c.state AS state FROM customer c LEFT JOIN people_employee e ON e.id = c.owner_id \
             ORDER BY c.number",
            &["number", "name", "region", "owner", "state"],
        )
        .await;
    all.into_iter()
        .find(|row| row[0] == number)
        .unwrap_or_default()
}

/// Rows, reason and remedy of everything that was refused.
fn refused(summary: &Summary) -> Vec<(&[u64], &str, &str)> {
    let findings = summary.report.findings.iter();
    let refused = findings.filter(|found| found.severity == "refused");
    let told = refused.map(|found| {
        let (reason, remedy) = (found.reason.as_str(), found.remedy.as_str());
        (found.rows.as_slice(), reason, remedy)
    });
    told.collect()
}

fn undo_of(batch: ImportId) -> import::acts::undo::Undo {
    let recorded_by = "system".to_owned();
    import::acts::undo::Undo { batch, recorded_by }
}
