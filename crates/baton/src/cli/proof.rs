//! `baton audit`, `baton verify` 审计与验证.

use std::process::ExitCode;

use spine::{Clock as _, RowReport, SystemClock};

use super::serve::say;
use crate::config::Config;
use crate::evidence::{deep, with_second};
use crate::house::{House, Surroundings, books};

/// Computes the whole log anew. Exit code 0 when it is VALID, else the verdict's own.
pub(super) async fn audit(config: Config, deep: bool) -> Result<ExitCode, String> {
    books::must_stand(&config).map_err(|error| error.to_string())?;
    let house = House::open(config, Surroundings::default())
        .await
        .map_err(|e| e.to_string())?;
    let report = house.audit().await.map_err(|error| error.to_string())?;
    say(&format!("日志：{}", house.signing.key().origin()));
    say(&format!(
        "条目：{}　树根：{}",
        report.head.size, report.head.root
    ));
    let rehearsal = crate::rehearsal::is_declared(&house.spine).await;
    if rehearsal.map_err(|error| error.to_string())? {
        say("- 首条记录声明：这是演练账册，时钟由演练者拨动，不作为真实记录");
    }
    for finding in &report.findings {
        say(&format!("- {}", finding.message()));
    }
    let second = house.audit_second().await;
    let second = second.map_err(|error| error.to_string())?;
    if let Some(second) = &second {
        say(&format!("国密日志：核对了 {} 个签名树头", second.checked));
        for finding in &second.findings {
            say(&format!("- {finding}"));
        }
    }
    if report.unlisted > 0 {
        say(&format!("- 另有 {} 处未列出", report.unlisted));
    }
    let books = match deep {
        true => Some(
            deep::compare(&house)
                .await
                .map_err(|error| error.to_string())?,
        ),
        false => None,
    };
    if let Some(books) = &books {
        say_books(books);
    }
    house.spine.db().close().await;
    let log = with_second(report.verdict, second.as_ref());
    let verdict = books.map_or(log, |books| deep::verdict(log, &books));
    say(&format!(
        "结论：{}（{}）",
        verdict.code(),
        verdict.chinese()
    ));
    Ok(ExitCode::from(verdict.exit_code()))
}

fn say_books(books: &RowReport) {
    say(&format!("账册：{} 张表，{} 行", books.tables, books.rows));
    for found in &books.listed {
        say(&format!("- {}", deep::sentence(found, true).0));
    }
    let more = books.total - books.listed.len() as u64;
    if more > 0 {
        say(&format!("- 另有 {more} 处未列出"));
    }
    if books.erased > 0 {
        say(&format!(
            "- {} 条存证的内容已删除，其写入的行无从核对",
            books.erased
        ));
    }
}

/// Checks a bundle or a receipt offline. Trust comes from `--policy` or `--key`, from outside the
/// file; without it the verdict is at most CONSISTENT-BUT-UNTRUSTED.
pub(super) fn verify(wanted: &verifier::Wanted) -> Result<ExitCode, String> {
    let seconds = SystemClock.now().unix_seconds();
    let said = verifier::verify(wanted, u64::try_from(seconds).unwrap_or_default())?;
    say(&said.text);
    Ok(ExitCode::from(said.verdict.exit_code()))
}
