//! `data/VERIFY.md`: how to check a bundle by hand 手工验证说明.
//!
//! With every value on the way, so that it can be done with a pencil; a test runs its commands.

use std::fmt::Write as _;

use evidence::entry::Entry;
use evidence::file_digest::FileDigest;
use evidence::hash::{Hash, leaf_hash, node_hash};
use evidence::sm;

use crate::SECOND_VERIFIER;
use crate::case::{Case, Content, Record};
use crate::draft::blob_under;
use crate::index::Index;
use crate::layout;

const TEMPLATE: &str = include_str!("guide.md");
const SECOND: &str = include_str!("guide_sm.md");

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuideError {
    /// No records or no checkpoints.
    #[error("案卷没有记录或检查点，无法制作存证包")]
    Empty,
    /// The newest checkpoint lacks the log's signature.
    #[error("最新检查点没有日志的签名")]
    Unsigned,
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The text for a case.
pub(crate) fn write(case: &Case, index: &Index) -> Result<String, GuideError> {
    let first = case.records.iter().min_by_key(|record| record.proof.index);
    let newest = case.checkpoints.last_key_value();
    let (Some(record), Some((size, note))) = (first, newest) else {
        return Err(GuideError::Empty);
    };
    let signature = blob_under(note, case.log.name()).ok_or(GuideError::Unsigned)?;
    let number = format!("{:06}", record.proof.index);
    let values = [
        ("identifier", case.info.identifier.clone()),
        ("organization", case.info.organization.clone()),
        ("day", case.info.day.to_string()),
        ("origin", case.log.name().to_owned()),
        (
            "verifier",
            FileDigest::sha256(SECOND_VERIFIER.as_bytes()).to_string(),
        ),
        ("report", report(case)),
        ("second", second(case, record)),
        ("signed", signed(case)),
        ("size", size.to_string()),
        ("note", note.trim_end().to_owned()),
        ("signature", digits(&signature)),
        ("witnesses", witnesses(case, *size, note)),
        ("index", record.proof.index.to_string()),
        ("number", number),
        ("steps", steps(record).trim_end().to_owned()),
        ("commit", commit(case)),
        ("documents", documents(index)),
        ("complete", complete(index)),
    ];
    // One pass: what a value says is never taken for a place.
    let mut text = String::new();
    let mut parts = TEMPLATE.split("{{");
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        text.push_str(value.map_or("", |(_, value)| value));
        text.push_str(rest);
    }
    Ok(text)
}

/// The second log by hand: the same way with SM3, and the signature of its head with SM2.
fn second(case: &Case, record: &Record) -> String {
    let Some(sm) = &case.sm else {
        return String::new();
    };
    SECOND
        .replace("{{number}}", &format!("{:06}", record.proof.index))
        .replace("{{origin}}", sm.key.name())
        .replace("{{size}}", &sm.size.to_string())
        .replace("{{id}}", sm::DISTINGUISHING_ID)
}

/// What the report is, and that it proves nothing by itself.
fn report(case: &Case) -> String {
    if case.report.is_none() {
        return String::new();
    }
    format!(
        "先读 `{path}`：它按时间顺序叙述经过，每句注明出自哪条记录、哪个文件。报告本身不是证据，\
         以它所引的记录为准；它的摘要在清单中。\n\
         Begin with `{path}`: it tells the story in order, each sentence with the record it comes \
         from. The records prevail; its digest stands in the manifest.\n\n",
        path = layout::REPORT
    )
}

/// Signature and time stamp over the manifest, and over checkpoints.
fn signed(case: &Case) -> String {
    let mut text = format!(
        "## 2. 清单的签名 The signature over the manifest\n\n\
         如有 `{signature}`，用公司证书的上级 CA（取自包外）检查 If there is `{signature}`:\n\n\
         ```text\nopenssl cms -verify -binary -inform DER -in {signature} \
         -content {manifest} -CAfile CA-FROM-OUTSIDE.pem -purpose any -out /dev/null\n```\n\n\
         ## 3. 时间戳 Time stamps\n\n\
         如有 `{stamp}` 或 `data/timestamps/*.tsr` If there are such:\n\n\
         ```text\nopenssl ts -verify -data {manifest} -in {stamp} -CAfile TSA-ROOT.pem \
         -untrusted data/keys/tsa-chain.pem\n",
        signature = layout::SIGNATURE,
        stamp = layout::TIMESTAMP,
        manifest = layout::MANIFEST,
    );
    for size in case.timestamps.keys() {
        let (data, token) = (layout::checkpoint(*size), layout::timestamp(*size));
        let _ = writeln!(
            text,
            "openssl ts -verify -data {data} -in {token} -CAfile TSA-ROOT.pem \
             -untrusted data/keys/tsa-chain.pem"
        );
    }
    text.push_str("```\n");
    text
}

/// How each cosignature on the newest checkpoint is checked.
fn witnesses(case: &Case, size: u64, note: &str) -> String {
    let mut text = String::new();
    for (name, key) in &case.witnesses {
        let Some(blob) = blob_under(note, key.name()) else {
            continue;
        };
        let time = blob
            .first_chunk()
            .map_or(0, |time| u64::from_be_bytes(*time));
        let (signer, path) = (key.name(), layout::checkpoint(size));
        let _ = write!(
            text,
            "见证方 Witness `{signer}`，时间 time {time} (UTC seconds since 1970)：\n\n\
             ```sh\nw=$(mktemp -d)\nc={path}\n\
             (printf 'cosignature/v1\\ntime %s\\n' {time}; sed '/^$/,$d' \"$c\") > \"$w/m\"\n\
             grep -F -e '— {signer} ' \"$c\" | head -n 1 | awk '{{print $NF}}' | base64 -d \
             | tail -c +13 > \"$w/s\"\n\
             openssl pkeyutl -verify -pubin -inkey data/keys/witness-{name}.pub.pem -rawin \
             -in \"$w/m\" -sigfile \"$w/s\"\n```\n\n"
        );
    }
    text
}

/// The way from the record to the root, every hash in hexadecimal.
fn steps(record: &Record) -> String {
    let proof = &record.proof;
    let mut root: Hash = leaf_hash(&record.entry);
    let path = layout::record(proof.index);
    let mut text = format!("{} = SHA-256(00 || {path})\n", digits(root.as_bytes()));
    let size = proof
        .checkpoint
        .lines()
        .nth(1)
        .and_then(|line| line.parse::<u64>().ok());
    let (mut node, mut last) = (proof.index, size.unwrap_or(1).saturating_sub(1));
    for sibling in &proof.hashes {
        let (left, right) = if node & 1 == 1 || node == last {
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
            (sibling, &root)
        } else {
            (&root, sibling)
        };
        let next = node_hash(left, right);
        let (left, right) = (digits(left.as_bytes()), digits(right.as_bytes()));
        let _ = writeln!(
            text,
            "{} = SHA-256(01 || {left} || {right})",
            digits(next.as_bytes())
        );
        root = next;
        (node, last) = (node >> 1, last >> 1);
    }
    let _ = writeln!(text, "{root} = Base64");
    text
}

/// The commands for the first record whose payload is shown.
fn commit(case: &Case) -> String {
    let shown = case
        .records
        .iter()
        .filter_map(|record| match &record.content {
            Content::Shown { salt, .. } => Some((record.proof.index, salt, &record.entry)),
            _ => None,
        });
    let Some((index, salt, entry)) = shown.min_by_key(|(index, ..)| *index) else {
        return "本包未披露任何内容 No payload is disclosed in this bundle.\n".to_owned();
    };
    let says = Entry::from_bytes(entry).map_or_else(|_| String::new(), |e| e.commit.to_string());
    format!(
        "第 {index} 条 Record {index}: `commit` = `{says}`\n\n\
         ```sh\nopenssl dgst -sha256 -mac HMAC -macopt hexkey:{salt} -binary {payload} | base64 \
         | grep -F -x -e '{says}'\n```\n",
        salt = digits(salt),
        payload = layout::payload(index),
    )
}

fn documents(index: &Index) -> String {
    if index.documents.is_empty() {
        return "本包没有文书 There are no documents in this bundle.\n".to_owned();
    }
    let mut text = String::from("\n```sh\n");
    for line in &index.documents {
        let (record, file) = (layout::record(line.record), layout::document(&line.file));
        let _ = writeln!(
            text,
            "grep -q -F -e \"$(sha256sum < {file} | cut -c 1-64)\" {record}"
        );
    }
    text.push_str("```\n");
    text
}

fn complete(index: &Index) -> String {
    if index.complete.is_empty() {
        return "- （无 none）\n".to_owned();
    }
    index
        .complete
        .iter()
        .map(|subject| format!("- `{subject}`\n"))
        .collect()
}
