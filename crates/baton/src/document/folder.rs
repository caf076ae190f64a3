//! The company's templates and fonts in the data folder 模板文件夹.

use std::path::{Path, PathBuf};

use ::document::{Kind, Template};
use spine::{By, Failure, Fault, Spine};

use super::acts::publish_template::PublishTemplate;
use super::{press, store};

/// Reads `fonts/` and `templates/` of the data folder and puts in force what changed: a template
/// of the company's own where there is one, else the one that is part of the program.
///
/// # Errors [`Fault`] when a file cannot be read, is no font, is named after no kind of document,
/// or does not compile; says which and where. The house does not open with a template that cannot
/// print.
pub(crate) async fn open(spine: &Spine, data: &Path) -> Result<(), Fault> {
    press::add_fonts(&data.join("fonts"))?;
    let own = own_templates(&data.join("templates"))?;
    let system = By::system("install");
    for kind in Kind::ALL {
        let text = own
            .iter()
            .find(|(one, _)| *one == kind)
            .map(|(_, text)| text.clone());
        let wanted = text.map_or_else(|| Template::shipped(kind), |text| Template::own(kind, text));
        let known = {
            let mut look = spine.look(&system).await?;
            store::template(&mut look.books(), kind).await?
        };
        if known.is_some_and(|known| known.version == wanted.version) {
            continue;
        }
        let own = own.iter().any(|(one, _)| *one == kind);
        if own {
            press::press()
                .try_out(&wanted)
                .map_err(|error| Fault::new(format!("templates: {error}")))?;
        }
        let act = PublishTemplate {
            kind,
            own,
            text: wanted.text.into_owned(),
        };
        match spine.perform(&act, &system, None).await {
            // Another server that starts at the same moment was quicker.
            Err(Failure::Refused(no)) if no.code == "document.same_template" => {}
            Err(failure) => return Err(Fault::new(format!("templates: {failure}"))),
            Ok(_) => {}
        }
    }
    Ok(())
}

fn own_templates(folder: &Path) -> Result<Vec<(Kind, String)>, Fault> {
    let mut found = Vec::new();
    for path in files(folder, &["typ"])? {
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // The paper may lie beside a template for trying it out with the typst program.
        if stem == "paper" {
            continue;
        }
        let kind = Kind::of(&stem).ok_or_else(|| {
            let known = Kind::ALL.map(Kind::word).join("、");
            Fault::new(format!(
                "{}：没有这种文书；可用的文件名：{known}",
                path.display()
            ))
        })?;
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Fault::new(format!("{}: {error}", path.display())))?;
        found.push((kind, text));
    }
    Ok(found)
}

/// The files of a folder with one of these extensions, by name; none when there is no folder.
pub(super) fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Fault> {
    let broken = |error: std::io::Error| Fault::new(format!("{}: {error}", folder.display()));
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(broken)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(broken)?.path();
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        if extensions.iter().any(|one| extension == *one) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
