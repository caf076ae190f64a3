//! Where the real files and the example mappings are.

use std::path::{Path, PathBuf};

use intake::{Finding, Limits, Mapping, Record, RecordKind, Severity, SourceFile, Staged};

fn clone_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of the shared real data; says plainly when it is absent.
pub(crate) fn shared_data(folder: &str) -> Option<PathBuf> {
    let beside = || {
        let clone = clone_root().canonicalize().ok()?;
        clone
            .ancestors()
            .map(|above| above.join("shared"))
            .find(|path| path.is_dir())
    };
    let root = std::env::var_os("BATON_SHARED")
        .map(PathBuf::from)
        .or_else(beside);
    let folder = root
        .map(|root| root.join("data").join(folder))
        .filter(|path| path.is_dir());
    if folder.is_none() {
        println!("skipped: shared data absent");
    }
    folder
}

/// A file of this clone.
pub(crate) fn clone_file(path: &str) -> String {
    let path = clone_root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file below `examples/`.
pub(crate) fn example(path: &str) -> String {
    clone_file(&format!("examples/{path}"))
}

/// An example mapping, parsed.
pub(crate) fn mapping(name: &str) -> Mapping {
    Mapping::parse(&example(&format!("mappings/{name}.toml")))
        .unwrap_or_else(|errors| panic!("{name}: {errors:#?}"))
}

/// Every CSV file of a folder, by name.
pub(crate) fn csv_files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "csv"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Stages files held in memory.
pub(crate) fn stage(mapping: &Mapping, files: &[(String, Vec<u8>)]) -> Staged {
    let files: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(name, bytes)| SourceFile { name, bytes })
        .collect();
    let staged = intake::stage(mapping, &files, &Limits::default());
    every_row_is_explained(&staged);
    staged
}

/// Every row below a header is in exactly one count, and every row outside has its findings.
pub(crate) fn every_row_is_explained(staged: &Staged) {
    for source in &staged.report.sources {
        let counted =
            source.used + source.refused + source.filtered + source.blank + source.consulted;
        assert_eq!(source.rows, counted, "{source:?}");
        let listed = |code: Option<&str>| {
            let mut rows: Vec<u32> = staged
                .report
                .findings
                .iter()
                .filter(|f| *f.file == *source.file && *f.sheet == *source.sheet)
                .filter(|f| match code {
                    Some(code) => f.code == code,
                    None => f.severity == Severity::Refused,
                })
                .flat_map(|f| f.rows.clone())
                .collect();
            rows.sort_unstable();
            rows.dedup();
            u64::try_from(rows.len()).unwrap()
        };
        let whole = staged.report.findings.iter().any(|f| {
            f.severity == Severity::Refused && f.rows.is_empty() && *f.file == *source.file
        });
        assert!(whole || listed(None) >= source.refused, "{source:?}");
        assert!(
            listed(Some("filtered_rows")) >= source.filtered,
            "{source:?}"
        );
        assert_eq!(listed(Some("blank_rows")), source.blank, "{source:?}");
    }
}

/// One file for a mapping.
pub(crate) fn file(name: &str, bytes: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), bytes.into())
}

/// The findings of one code.
pub(crate) fn found<'s>(staged: &'s Staged, code: &str) -> Vec<&'s Finding> {
    staged
        .report
        .findings
        .iter()
        .filter(|finding| finding.code == code)
        .collect()
}

/// The records of one kind.
pub(crate) fn records(staged: &Staged, kind: RecordKind) -> Vec<&Record> {
    staged
        .records
        .iter()
        .filter(|record| record.kind == kind)
        .collect()
}
