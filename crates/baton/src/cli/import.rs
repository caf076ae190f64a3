//! `baton import` 导入.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use spine::By;

use super::open::{Books, told};
use super::serve::say;
use crate::import::{self, Finding, ImportView};

/// Reads files by a mapping and tells what was found; writes them into the books when asked to.
/// The exit code is 1 when rows were refused.
pub(super) async fn import(
    books: Books,
    mapping: &Path,
    commit: bool,
    files: &[PathBuf],
) -> Result<ExitCode, String> {
    let broken = |path: &Path, error: std::io::Error| format!("{}：{error}", path.display());
    let text = std::fs::read_to_string(mapping).map_err(|error| broken(mapping, error))?;
    let mut read = Vec::new();
    for path in files {
        let bytes = std::fs::read(path).map_err(|error| broken(path, error))?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        read.push((name.unwrap_or_default(), bytes));
    }
    let house = books.open().await?;
    let by = By::system("console");
    let id = import::stage(&house, &by, &text, read)
        .await
        .map_err(told)?;
    if commit {
        import::commit(&house, &by, id).await.map_err(told)?;
    }
    let report = import::report(&house, &by, id).await.map_err(told)?;
    house.spine.db().close().await;
    say(&printed(&report));
    Ok(if report.refuses() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// The report as people read it.
fn printed(report: &ImportView) -> String {
    let mut lines = vec![format!(
        "{}（{}）：{}，批次 {}",
        report.batch.title, report.batch.system, report.batch.state_zh, report.batch.id
    )];
    for s in &report.sources {
        lines.push(format!(
            "  {} {}：共 {} 行 = 用 {} + 拒 {} + 滤 {} + 空 {} + 查 {}",
            s.file, s.sheet, s.rows, s.used, s.refused, s.filtered, s.blank, s.consulted
        ));
    }
    lines.push("  种类：文件中 条数 / 金额 → 账上 条数 / 金额".to_owned());
    let money = |amount: &Option<String>| amount.clone().unwrap_or_else(|| "—".to_owned());
    for kind in &report.kinds {
        lines.push(format!(
            "  {}：{} / {} → {} / {}",
            kind.kind_zh,
            kind.staged,
            money(&kind.staged_amount),
            kind.booked,
            money(&kind.booked_amount)
        ));
        for owner in kind.owners.iter().filter(|owner| !owner.owner.is_empty()) {
            lines.push(format!(
                "      {} {}：{} / {} → {} / {}",
                owner.owner,
                owner.name,
                owner.staged,
                money(&owner.staged_amount),
                owner.booked,
                money(&owner.booked_amount)
            ));
        }
    }
    lines.extend(report.findings.iter().map(finding));
    lines.join("\n")
}

fn finding(finding: &Finding) -> String {
    let sort = match finding.severity.as_str() {
        "refused" => "拒绝",
        "warned" => "注意",
        "changed" => "改写",
        _ => "说明",
    };
    let rows: Vec<String> = finding
        .rows
        .iter()
        .take(8)
        .map(ToString::to_string)
        .collect();
    let more = if finding.row_count > 8 {
        format!(" 等 {} 行", finding.row_count)
    } else {
        String::new()
    };
    format!(
        "  [{sort}] {} {} 第 {}{more} 行 {}「{}」：{}。{}",
        finding.file,
        finding.sheet,
        rows.join("、"),
        finding.column,
        finding.value,
        finding.reason,
        finding.remedy
    )
}
