//! `baton audit`, `baton verify` 审计与验证.

use std::path::Path;
use std::process::ExitCode;

use ::evidence::checkpoint::{Checkpoint, LogTrust};
use ::evidence::commitment::opens;
use ::evidence::entry::Entry;
use ::evidence::hash::leaf_hash;
use ::evidence::key::VerifierKey;
use ::evidence::note::Note;
use ::evidence::proof::verify_inclusion;
use ::evidence::tlog_proof::TlogProof;
use ::evidence::verdict::Verdict;

use spine::RowReport;

use super::serve::say;
use crate::config::Config;
use crate::evidence::deep;
use crate::house::{House, Surroundings};

/// Computes the whole log anew. Exit code 0 when it is VALID, else the verdict's own.
pub(super) async fn audit(config: Config, deep: bool) -> Result<ExitCode, String> {
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
    let verdict = books.map_or(report.verdict, |books| {
        deep::verdict(report.verdict, &books)
    });
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

/// Checks one proof file offline. The file carries the record itself (after the salt, in `extra`);
/// trust comes from `key`, a verifier key from outside, without which the verdict is at most
/// CONSISTENT-BUT-UNTRUSTED. `payload` is what the record commits to.
pub(super) fn verify(
    file: &Path,
    payload: Option<&Path>,
    key: Option<&str>,
) -> Result<ExitCode, String> {
    let read =
        |path: &Path| std::fs::read(path).map_err(|error| format!("{}：{error}", path.display()));
    let text =
        String::from_utf8(read(file)?).map_err(|_| format!("{} 不是文本文件", file.display()))?;
    let payload = payload.map(read).transpose()?;
    match check(&text, payload.as_deref(), key) {
        Ok((verdict, entry)) => {
            say(&format!("记录 {}：{}　{}", entry.seq, entry.act, entry.at));
            say(&format!(
                "操作人 {}　主体 {}",
                entry.actor.id,
                entry.subject.join("、")
            ));
            say(&format!(
                "结论：{}（{}）",
                verdict.code(),
                verdict.chinese()
            ));
            Ok(ExitCode::from(verdict.exit_code()))
        }
        Err(why) => {
            say(&format!("结论：INVALID（{why}）"));
            Ok(ExitCode::from(Verdict::Invalid.exit_code()))
        }
    }
}

fn check(
    text: &str,
    payload: Option<&[u8]>,
    key: Option<&str>,
) -> Result<(Verdict, Entry), String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let proof: TlogProof = text.parse().map_err(|error| words(&error))?;
    let extra = proof.extra.as_deref().unwrap_or_default();
    let (salt, record) = extra
        .split_first_chunk::<32>()
        .ok_or("证明文件没有附上记录")?;
    let entry = Entry::from_bytes(record).map_err(|error| words(&error))?;
    if entry.seq != proof.index {
        return Err(format!(
            "记录的序号是 {}，证明的是第 {} 条",
            entry.seq, proof.index
        ));
    }
    if payload.is_some_and(|payload| !opens(&entry.commit, salt, payload)) {
        return Err("内容与记录中的承诺不符".to_owned());
    }
    let leaf = leaf_hash(record);
    let verdict = match key {
        None => {
            let note: Note = proof.checkpoint.parse().map_err(|error| words(&error))?;
            let checkpoint: Checkpoint = note.text().parse().map_err(|error| words(&error))?;
            verify_inclusion(proof.index, leaf, &proof.hashes, checkpoint.head)
                .map_err(|error| words(&error))?;
            Verdict::ConsistentButUntrusted
        }
        Some(key) => {
            let key: VerifierKey = key.trim().parse().map_err(|error| words(&error))?;
            let origin = key.name().to_owned();
            let trust = LogTrust {
                origin,
                log_keys: vec![key],
                witness_keys: Vec::new(),
            };
            proof.verify(leaf, &trust).map_err(|error| words(&error))?;
            Verdict::ValidUnwitnessed
        }
    };
    Ok((verdict, entry))
}
