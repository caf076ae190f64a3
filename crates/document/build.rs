//! Finds the type our documents are set in and hands it to the compiler.
//!
//! The fonts come from an npm package and are not part of this repository. Without them the
//! program builds for development and says so; a release is refused.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Weight by weight, as the templates use them.
const FILES: [&str; 2] = [
    "400Regular/NotoSansSC_400Regular.ttf",
    "700Bold/NotoSansSC_700Bold.ttf",
];

fn main() -> Result<(), String> {
    let own = env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?;
    let folder = Path::new(&own).join("fonts/node_modules/@expo-google-fonts/noto-sans-sc");
    let files: Vec<PathBuf> = FILES.iter().map(|name| folder.join(name)).collect();
    let mut list = String::from("&[");
    let mut missing = false;
    for file in &files {
        // Cargo looks again when the file appears.
        println!("cargo:rerun-if-changed={}", file.display());
        if file.is_file() {
            list.push_str(&format!(
                "include_bytes!({:?}), ",
                file.display().to_string()
            ));
        } else {
            missing = true;
        }
    }
    list.push(']');
    println!("cargo:rerun-if-changed=build.rs");
    if missing {
        let what = "the fonts of our documents are missing: run `npm ci --prefix \
                    crates/document/fonts` (./dev does)";
        if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
            return Err(what.to_owned());
        }
        println!("cargo:warning={what}; this build prints no documents");
        "&[]".clone_into(&mut list);
    }
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    fs::write(Path::new(&out).join("shipped_fonts.rs"), list).map_err(|error| error.to_string())
}
