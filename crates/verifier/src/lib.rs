//! Reads what is to be checked from disk, and says what it is worth 离线验证.
//!
//! Shared by the small program `baton-verify` and by `baton verify`. No network, no database,
//! nothing from a bundle is executed or unpacked to disk.

mod disk;
mod foreign;
pub mod recompute;
mod words;

use std::path::{Path, PathBuf};

use bundle::archive;
use bundle::examine::{Report, Trust, examine, examine_document};
use bundle::layout::BAGIT;
use bundle::receipt;
use evidence::key::VerifierKey;
use evidence::policy::{KeyLine, Policy};
use evidence::verdict::Verdict;
use signing::certificate::Certificate;

pub use disk::{why, whys};

/// What is to be checked, and what is believed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Wanted {
    /// 存证包、凭证或已签署的 PDF: bundle (ZIP file or folder), receipt (.tlog-proof) or signed PDF
    pub file: PathBuf,
    /// 信任策略，取自包外: C2SP tlog-policy file from outside the bundle
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// 只信任此日志公钥: instead of a policy, the log's public key
    #[arg(long, value_name = "VKEY", conflicts_with = "policy")]
    pub key: Option<String>,
    /// 公司签署证书，取自包外: certificates (PEM or DER) of whoever signs for the company, or of
    /// who issued them
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// 时间戳机构证书，取自包外: certificates of the timestamp authorities that are believed
    #[arg(long, value_name = "FILE")]
    pub tsa: Option<PathBuf>,
    /// 凭证所承诺的内容: what a receipt's record commits to
    #[arg(long, value_name = "FILE")]
    pub payload: Option<PathBuf>,
    /// 另存的检查点或凭证，用以比对: a checkpoint or receipt that was kept; may be repeated
    #[arg(long, value_name = "FILE")]
    pub against: Vec<PathBuf>,
    /// 日志自相矛盾时写出证据: where to write the proof when the log contradicts itself
    #[arg(long, value_name = "FILE")]
    pub split_view: Option<PathBuf>,
    /// 复算提成单: work the statement of the bundle out again from the facts beside it
    #[arg(long)]
    pub recompute: bool,
    /// 输出 JSON: for programs
    #[arg(long)]
    pub json: bool,
    /// 以此时刻为现在（1970 年以来的秒数）: seconds since 1970 to take for now
    #[arg(long, value_name = "SECONDS")]
    pub now: Option<u64>,
}

/// What to print and how to end.
#[derive(Clone, Debug)]
pub struct Said {
    /// Text or JSON, without a final line feed.
    pub text: String,
    /// What it is worth; gives the exit code.
    pub verdict: Verdict,
}

/// Checks what is wanted; `clock` says how many seconds have passed since 1970, unless the user
/// says it himself.
///
/// # Errors
/// A file cannot be read or never was evidence, or policy or key are none: nothing was checked.
pub fn verify(wanted: &Wanted, clock: u64) -> Result<Said, String> {
    let now = wanted.now.unwrap_or(clock);
    let policy = policy(wanted)?;
    let read = |path: &Path| disk::text(path);
    if wanted.file.is_file() && disk::begins(&wanted.file, b"c2sp.org/tlog-proof@v1")? {
        return verify_receipt(wanted, policy.as_ref(), now);
    }
    let anchors = wanted
        .against
        .iter()
        .map(|path| read(path))
        .collect::<Result<_, _>>()?;
    let trust = Trust {
        policy,
        anchors,
        signers: certificates(wanted.ca.as_deref())?,
        clocks: certificates(wanted.tsa.as_deref())?,
        now: Some(now),
    };
    if wanted.file.is_file() && disk::begins(&wanted.file, b"%PDF-")? {
        return verify_document(wanted, &trust);
    }
    let folder = if wanted.file.is_dir() {
        if !wanted.file.join(BAGIT).exists() {
            let (zh, en) = (
                "这个文件夹里没有 bagit.txt。",
                "There is no bagit.txt in the folder.",
            );
            return Err(foreign::no_evidence(&wanted.file, (zh, en)));
        }
        disk::folder(&wanted.file)?
    } else {
        let content = disk::bytes(&wanted.file, archive::MOST_BYTES)?;
        if let Some(what) = foreign::kind_of(&content) {
            return Err(foreign::no_evidence(&wanted.file, what));
        }
        archive::read(&content)
    };
    let report = match folder {
        Ok(folder) => {
            let mut report = examine(&folder, &trust);
            if wanted.recompute {
                recompute::check(&folder, &mut report);
            }
            report
        }
        Err(finding) => Report::refused(finding),
    };
    if let (Some(path), Some(split)) = (&wanted.split_view, &report.split_view) {
        let written = std::fs::write(path, split);
        written.map_err(|error| format!("{}：{}", path.display(), why(&error)))?;
    }
    let text = if wanted.json {
        words::json(&report)
    } else {
        words::text(&report)
    };
    Ok(Said {
        text,
        verdict: report.verdict,
    })
}

fn certificates(path: Option<&Path>) -> Result<Vec<Certificate>, String> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let named = |why: &str| format!("{}: {why}", path.display());
    let read = Certificate::read_all(&disk::bytes(path, disk::LONGEST_TEXT)?);
    let read = read.map_err(|no| named(&format!("{} {}", no.message, no.message_en)))?;
    match read.is_empty() {
        true => Err(named("没有证书 no certificates")),
        false => Ok(read),
    }
}

fn verify_document(wanted: &Wanted, trust: &Trust) -> Result<Said, String> {
    let content = disk::bytes(&wanted.file, archive::MOST_BYTES_A_FILE)?;
    let report = examine_document(&content, trust);
    let report = report.ok_or_else(|| {
        format!(
            "{}：其中没有电子签名 no signature inside",
            wanted.file.display()
        )
    })?;
    let text = match wanted.json {
        true => words::json(&report),
        false => words::text(&report),
    };
    Ok(Said {
        text,
        verdict: report.verdict,
    })
}

fn policy(wanted: &Wanted) -> Result<Option<Policy>, String> {
    if let Some(path) = &wanted.policy {
        let text = disk::text(path)?;
        let policy = text
            .parse()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        return Ok(Some(policy));
    }
    let Some(key) = &wanted.key else {
        return Ok(None);
    };
    let key: VerifierKey = key
        .trim()
        .parse()
        .map_err(|error| format!("--key: {error}"))?;
    let log = KeyLine { key, url: None };
    let policy = Policy::of_log(log)
        .build()
        .map_err(|error| error.to_string())?;
    Ok(Some(policy))
}

fn verify_receipt(wanted: &Wanted, policy: Option<&Policy>, now: u64) -> Result<Said, String> {
    let text = disk::text(&wanted.file)?;
    let payload = wanted.payload.as_deref();
    let payload = payload
        .map(|path| disk::bytes(path, archive::MOST_BYTES_A_FILE))
        .transpose()?;
    let checked = receipt::check(&text, payload.as_deref(), policy, Some(now));
    let verdict = checked
        .as_ref()
        .map_or(Verdict::Invalid, |receipt| receipt.verdict);
    let text = words::receipt(&checked, wanted.json);
    Ok(Said { text, verdict })
}
