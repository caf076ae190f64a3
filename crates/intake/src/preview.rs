//! The first rows of a file as the mapping reads it, before anything is imported 预览.

use serde::Serialize;

use crate::file::{Encoding, Limits, SourceFile, Unusable};
use crate::finding::{Finding, Sheet};
use crate::mapping::Source;
use crate::table::Table;

/// What a person should see before saying yes: with the wrong encoding names turn to nonsense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The worksheet's name; empty for CSV.
    pub sheet: String,
    /// The encoding of a text file.
    pub encoding: Option<Encoding>,
    /// The column names.
    pub header: Vec<String>,
    /// The first rows with their numbers.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Decodes the file as the source says and gives its header and at most `rows` rows. To try another
/// encoding or sheet, change the source.
///
/// # Errors
/// The finding that refuses the whole file.
pub fn preview(
    file: &SourceFile<'_>,
    source: &Source,
    limits: &Limits,
    rows: usize,
) -> Result<Preview, Box<Finding>> {
    let table = Table::open(file, source, limits).map_err(|why| refused(file, &why))?;
    let mut shown = Vec::new();
    table.walk(&mut |row| {
        if shown.len() < rows {
            let cells = (0..table.header.len())
                .map(|at| row.text(at).to_owned())
                .collect();
            shown.push((row.number, cells));
        }
        shown.len() < rows
    });
    let Table {
        sheet,
        encoding,
        header,
        ..
    } = table;
    Ok(Preview {
        sheet,
        encoding,
        header,
        rows: shown,
    })
}

fn refused(file: &SourceFile<'_>, why: &Unusable) -> Box<Finding> {
    let sheet = Sheet {
        file: file.base_name().into(),
        name: "".into(),
    };
    Box::new(Finding::of_file(why.reason, &sheet, "", "", &why.detail))
}
