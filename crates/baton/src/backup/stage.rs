//! Loading rows into an empty schema, and looking at what came out 装入与复核.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use ::evidence::audit::AuditReport;
use ::evidence::checkpoint::LogTrust;
use ::evidence::tree::TreeHead;
use spine::{
    Db, Loading, Migration, OpenGate, Spine, SpineParts, SystemChance, SystemClock, Table,
};

use super::Trouble;
use super::archive::{each_member, table_of};
use super::manifest::{Manifest, TableMark};
use super::rows::{Sum, line, reordered, row};
use crate::config::Config;
use crate::{evidence, migrations, registry};

/// The steps of the schema up to the one with which the backup was made.
pub(super) fn steps(manifest: &Manifest) -> Result<Vec<Migration>, Trouble> {
    let newest = migrations::ALL.last().map_or(0, |step| step.version);
    if manifest.schema_version > newest {
        let theirs = manifest.schema_version;
        return Err(Trouble::archive(
            "archive.newer_schema",
            &format!(
                "备份的数据库结构是第 {theirs} 版，本程序只认识到第 {newest} 版；请用更新的程序"
            ),
            &format!(
                "its schema is at step {theirs}, this program knows {newest}; use a newer one"
            ),
        ));
    }
    let known = migrations::ALL.iter().copied();
    Ok(known
        .filter(|step| step.version <= manifest.schema_version)
        .collect())
}

/// A table of the schema with what the backup says of it.
struct Place<'a> {
    table: Table,
    mark: &'a TableMark,
    /// For each column of the table, which value of a row of the backup is its.
    places: Vec<usize>,
}

fn places<'a>(loading: &Loading, manifest: &'a Manifest) -> Result<Vec<Place<'a>>, Trouble> {
    let other = |name: &str| {
        Trouble::archive(
            "archive.other_schema",
            &format!("表「{name}」与本程序的数据库结构不符"),
            &format!("its table `{name}` is not that of this program's schema"),
        )
    };
    let mut marks: BTreeMap<&str, &TableMark> = BTreeMap::new();
    for mark in &manifest.tables {
        marks.insert(&mark.name, mark);
    }
    let mut found = Vec::new();
    for table in loading.tables() {
        let mark = marks
            .remove(table.name.as_str())
            .ok_or_else(|| other(&table.name))?;
        let place = |column: &spine::Column| mark.columns.iter().position(|n| *n == column.name);
        let places: Option<Vec<usize>> = table.columns.iter().map(place).collect();
        let places = places.filter(|places| places.len() == mark.columns.len());
        found.push(Place {
            table: table.clone(),
            mark,
            places: places.ok_or_else(|| other(&table.name))?,
        });
    }
    match marks.keys().next() {
        Some(name) => Err(other(name)),
        None => Ok(found),
    }
}

/// Rows put in at once.
const AT_ONCE: usize = 2_000;

/// Loads every row of the archive into the schema of `db`, in one transaction that is kept only
/// when every table holds exactly what the manifest says.
pub(super) async fn load(db: &Db, archive: &Path, manifest: &Manifest) -> Result<(), Trouble> {
    let mut loading = db.loading().await?;
    let places = places(&loading, manifest)?;
    // Reading an archive is no async work: a thread of its own hands over one member at a time.
    let (give, mut take) = tokio::sync::mpsc::channel::<(String, Vec<u8>)>(2);
    let path = archive.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        each_member(&path, &mut |name, bytes| {
            let Some(table) = table_of(name) else {
                return Ok(());
            };
            let gone = |_| Trouble::new("restore.stopped", "已停止读取", "Stopped reading");
            give.blocking_send((table.to_owned(), bytes)).map_err(gone)
        })
    });
    while let Some((name, bytes)) = take.recv().await {
        let place = places.iter().find(|place| place.table.name == name);
        let place = place.ok_or_else(|| {
            Trouble::archive(
                "archive.other_schema",
                "含有未列出的表",
                "it holds an unlisted table",
            )
        })?;
        let mut batch = Vec::new();
        for text in bytes
            .split(|byte| *byte == b'\n')
            .filter(|text| !text.is_empty())
        {
            batch.push(row(text, &place.table, &place.places)?);
            if batch.len() >= AT_ONCE {
                loading
                    .insert(&place.table, std::mem::take(&mut batch))
                    .await?;
            }
        }
        loading.insert(&place.table, batch).await?;
    }
    let read = reading
        .await
        .map_err(|error| spine::Fault::new(error.to_string()))?;
    read?;
    for place in &places {
        compare(&mut loading, place).await?;
    }
    loading.commit().await?;
    Ok(())
}

async fn compare(loading: &mut Loading, place: &Place<'_>) -> Result<(), Trouble> {
    let mut sum = Sum::default();
    loading
        .each_row(&place.table, &mut |row| {
            sum.add(&line(&reordered(row, &place.places))?);
            Ok(())
        })
        .await?;
    if (sum.rows, sum.text()) == (place.mark.rows, place.mark.sum.clone()) {
        return Ok(());
    }
    let (name, rows, said) = (&place.mark.name, sum.rows, place.mark.rows);
    Err(Trouble::archive(
        "archive.rows",
        &format!("表「{name}」装入 {rows} 行，与清单的 {said} 行不一致，或内容不同"),
        &format!("table `{name}` came out with {rows} rows of {said}, or with other contents"),
    ))
}

/// Computes the whole log of these books anew and compares it with what is signed in it and with
/// `anchor`, what the signer remembers; also compares the tables with what acts wrote, and counts
/// the differences. They were in the books when the backup was made: its members are signed.
pub(super) async fn audit(
    db: Db,
    config: &Config,
    trust: &LogTrust,
    anchor: Option<TreeHead>,
) -> Result<(AuditReport, u64), Trouble> {
    let fault = |error: &dyn std::fmt::Display| spine::Fault::new(error.to_string());
    let spine = Spine::new(SpineParts {
        db,
        policy: Arc::new(registry::policy().map_err(|error| fault(&error))?),
        gate: Arc::new(OpenGate),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        zone: config.zone().map_err(|error| fault(&error))?,
        tenant: config.tenant.clone(),
    })
    .noting(evidence::deep::RULES);
    let report = spine.audit(trust, anchor).await?;
    let rows = spine.audit_rows().await?;
    Ok((report, rows.total))
}
