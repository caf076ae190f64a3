//! Where the public test vectors lie.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The folder `data/tlog/<name>` of the shared data; `None`, said aloud, when it is absent.
pub(crate) fn vectors(name: &str) -> Option<PathBuf> {
    let beside_the_clone = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"));
    let folder = std::env::var_os("BATON_SHARED")
        .map(PathBuf::from)
        .into_iter()
        .chain(beside_the_clone)
        .map(|shared| shared.join("data/tlog").join(name))
        .find(|folder| folder.exists());
    if folder.is_none() {
        println!("skipped: shared data absent ({name})");
    }
    folder
}

/// Every file in the folder, with its name.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no vectors in {}", folder.display());
    files
}

/// Every JSON file in the folder, with its name.
pub(crate) fn cases(folder: &Path) -> Vec<(String, Value)> {
    files(folder)
        .into_iter()
        .map(|(name, bytes)| (name, serde_json::from_slice(&bytes).unwrap()))
        .collect()
}

/// The strings in a JSON list; none for null.
pub(crate) fn strings(list: &Value) -> Vec<&str> {
    let values = list.as_array().map(Vec::as_slice).unwrap_or_default();
    values.iter().map(|value| value.as_str().unwrap()).collect()
}
