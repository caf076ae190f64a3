//! `baton audit`, `baton verify` 审计与验证.

use std::path::Path;
use std::process::ExitCode;

use ::evidence::checkpoint::LogTrust;
use ::evidence::hash::leaf_hash;
use ::evidence::key::VerifierKey;
use ::evidence::tlog_proof::TlogProof;
use ::evidence::verdict::Verdict;

use super::serve::say;
use crate::config::Config;
use crate::house::{House, Surroundings};

/// Computes the whole log anew. Exit code 0 when it is VALID, else the verdict's own.
pub(super) async fn audit(config: Config, deep: bool) -> Result<ExitCode, String> {
    let house = House::open(config, Surroundings::default()).await.map_err(|e| e.to_string())?;
    let report = house.audit().await.map_err(|error| error.to_string())?;
    say(&format!("日志：{}", house.signing.key().origin()));
    say(&format!("条目：{}　树根：{}", report.head.size, report.head.root));
    for finding in &report.findings {
        say(&format!("- {}", finding.message()));
    }
    if report.unlisted > 0 {
        say(&format!("- 另有 {} 处未列出", report.unlisted));
    }
    let mut wrong = Vec::new();
    if deep {
        wrong = crate::evidence::deep::differences(&house).await.map_err(|e| e.to_string())?;
        for line in &wrong {
            say(&format!("- {line}"));
        }
        say("已逐行核对业务表与存证");
    }
    let verdict = if wrong.is_empty() { report.verdict } else { Verdict::Invalid };
    say(&format!("结论：{}（{}）", verdict.code(), verdict.chinese()));
    Ok(ExitCode::from(verdict.exit_code()))
}

/// Checks one proof file against the record it speaks of, offline. Trust comes from `key`, a
/// verifier key from outside; without it the verdict is at most CONSISTENT-BUT-UNTRUSTED.
pub(super) fn verify(file: &Path, record: &Path, key: Option<&str>) -> Result<ExitCode, String> {
    let read = |path: &Path| {
        std::fs::read(path).map_err(|error| format!("{}：{error}", path.display()))
    };
    let text = String::from_utf8(read(file)?)
        .map_err(|_| format!("{} 不是文本文件", file.display()))?;
    let leaf = leaf_hash(&read(record)?);
    let verdict = check(&text, leaf, key);
    match verdict {
        Ok(verdict) => {
            say(&format!("{}　{}", verdict.code(), verdict.chinese()));
            Ok(ExitCode::from(verdict.exit_code()))
        }
        Err(why) => {
            say(&format!("INVALID　{why}"));
            Ok(ExitCode::from(Verdict::Invalid.exit_code()))
        }
    }
}

fn check(text: &str, leaf: ::evidence::hash::Hash, key: Option<&str>) -> Result<Verdict, String> {
    let proof: TlogProof = text.parse().map_err(|error| format!("证明文件格式不对：{error}"))?;
    let Some(key) = key else {
        proof.verify_unsigned(leaf).map_err(|error| error.to_string())?;
        return Ok(Verdict::ConsistentButUntrusted);
    };
    let key: VerifierKey = key.trim().parse().map_err(|error| format!("公钥格式不对：{error}"))?;
    let trust =
        LogTrust { origin: key.name().to_owned(), log_keys: vec![key], witness_keys: Vec::new() };
    let signed = proof.verify(leaf, &trust).map_err(|error| error.to_string())?;
    Ok(if signed.witnesses.is_empty() { Verdict::ValidUnwitnessed } else { Verdict::Valid })
}
