//! `baton import` 导入.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use spine::By;

use super::open::{Books, told};
use super::serve::say;
use crate::import::{self, Finding, ImportView, KindView};

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
        lines.extend(became(kind, report.foretold));
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
            if owner.moved > 0 {
                let (moved, amount) = (owner.moved, money(&owner.moved_amount));
                lines.push(format!("        其中现不归其负责：{moved} / {amount}"));
            }
        }
    }
    lines.extend(report.findings.iter().map(finding));
    lines.join("\n")
}

/// What came of the records of a kind, or would; nothing where that is not known.
fn became(kind: &KindView, foretold: bool) -> Option<String> {
    let verb = if foretold { "写入将" } else { "" };
    let (new, changed, same) = (kind.created?, kind.updated?, kind.unchanged?);
    let out = kind.refused;
    Some(format!(
        "      {verb}新建 {new}，更新 {changed}，没有变化 {same}，未采用 {out}"
    ))
}

fn finding(finding: &Finding) -> String {
    let sort = match finding.severity.as_str() {
        "refused" => "拒绝",
        "warned" => "注意",
        "changed" => "改写",
        _ => "说明",
    };
    let mut place = vec![format!("[{sort}]")];
    place.extend([&finding.file, &finding.sheet].map(Clone::clone));
    place.push(rows(finding));
    if !finding.column.is_empty() {
        place.push(format!("列「{}」", finding.column));
    }
    // A record is called by its kind, in brackets of its own.
    if finding.value.contains('「') {
        place.push(finding.value.clone());
    } else if !finding.value.is_empty() {
        place.push(format!("内容「{}」", finding.value));
    }
    place.retain(|part| !part.is_empty());
    format!(
        "  {}：{}。{}",
        place.join(" "),
        finding.reason,
        finding.remedy
    )
}

/// The rows a finding is about: the first of them, and how many there are; empty where it is about
/// the whole file.
fn rows(finding: &Finding) -> String {
    const SHOWN: usize = 8;
    let shown = finding.rows.iter().take(SHOWN).map(ToString::to_string);
    let shown: Vec<String> = shown.collect();
    let all = finding.row_count;
    let more = u64::try_from(shown.len()).is_ok_and(|shown| shown < all);
    match (shown.is_empty(), more) {
        (true, true) => format!("共 {all} 行"),
        (true, false) => String::new(),
        (false, true) => format!("第 {} 等共 {all} 行", shown.join("、")),
        (false, false) => format!("第 {} 行", shown.join("、")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, finding};

    fn found(rows: Vec<u64>, row_count: u64, column: &str, value: &str) -> Finding {
        Finding {
            severity: "refused".to_owned(),
            code: "x".to_owned(),
            file: "客户.csv".to_owned(),
            sheet: String::new(),
            rows,
            row_count,
            column: column.to_owned(),
            column_en: column.to_owned(),
            value: value.to_owned(),
            value_en: value.to_owned(),
            reason: "不是金额".to_owned(),
            reason_en: String::new(),
            remedy: "请改正".to_owned(),
            remedy_en: String::new(),
        }
    }

    #[test]
    fn a_finding_tells_only_what_it_knows() {
        for (of, told) in [
            (
                found(vec![3], 1, "金额", "无"),
                "  [拒绝] 客户.csv 第 3 行 列「金额」 内容「无」：不是金额。请改正",
            ),
            (
                found(Vec::new(), 0, "", ""),
                "  [拒绝] 客户.csv：不是金额。请改正",
            ),
            (
                found((2..102).collect(), 1_129, "", ""),
                "  [拒绝] 客户.csv 第 2、3、4、5、6、7、8、9 等共 1129 行：不是金额。请改正",
            ),
            (
                found(Vec::new(), 12, "", "客户「甲公司」（K1）"),
                "  [拒绝] 客户.csv 共 12 行 客户「甲公司」（K1）：不是金额。请改正",
            ),
        ] {
            assert_eq!(finding(&of), told);
        }
    }
}
