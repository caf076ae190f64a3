//! A bundle is laid out, packed, and examined before anybody gets it 制作存证包.

use std::collections::BTreeMap;

use ::bundle::archive;
use ::bundle::bag::BagInfo;
use ::bundle::case::{Case, Content, Record};
use ::bundle::draft::{Draft, DraftError};
use ::bundle::examine::{Report, Trust, examine};
use ::evidence::checkpoint::SignedCheckpoint;
use ::evidence::hash::Hash;
use ::evidence::policy::Policy;
use ::evidence::verdict::Verdict;
use kernel::Refusal;
use spine::{Failure, Fault, StoredCheckpoint};
use tokio::sync::Semaphore;

use super::Held;
use super::gather::{Material, safe};
use crate::house::House;

/// Bundles are large in memory; more than this many are not made at once.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A bundle that the house's own verifier accepts.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) file_name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) verdict: Verdict,
    pub(crate) held: Held,
}

/// The checkpoint that all proofs lead to, and whether enough witnesses have signed it.
struct Under {
    checkpoint: StoredCheckpoint,
    witnessed: bool,
}

impl Made {
    /// Makes the bundle of this material.
    pub(crate) async fn of(
        house: &House,
        material: &Material,
        chosen: Chosen,
    ) -> Result<Made, Failure> {
        let _room = AT_ONCE
            .acquire()
            .await
            .map_err(|_| Fault::new("no bundles are made any more"))?;
        let number = safe(&material.found.departure.number);
        let policy = house.witnesses.policy(house.signing.key());
        let under = under(house, &policy, material.up_to).await?;
        let held = held(&chosen, &under);
        let case = case(house, material, chosen, &under, policy.clone()).await?;
        let file_name = format!("存证包_{number}_{}.zip", material.up_to);
        let now = house.spine.now().unix_seconds();
        let now = u64::try_from(now).ok();
        let work = tokio::task::spawn_blocking(move || pack(&case, policy, now));
        let (bytes, verdict) = work
            .await
            .map_err(|error| Fault::new(error.to_string()))??;
        tracing::info!(
            size = bytes.len(),
            verdict = verdict.code(),
            "a bundle was made"
        );
        Ok(Made {
            file_name,
            bytes,
            verdict,
            held,
        })
    }
}

/// What was chosen of the material.
pub(crate) struct Chosen {
    pub(crate) records: Vec<Record>,
    pub(crate) documents: Vec<::bundle::case::Document>,
}

fn held(chosen: &Chosen, under: &Under) -> Held {
    let mut held = Held {
        records: chosen.records.len() as u64,
        documents: chosen.documents.len() as u64,
        checkpoint: under.checkpoint.size,
        witnessed: under.witnessed,
        ..Held::default()
    };
    for record in &chosen.records {
        held.items += record.items.len() as u64;
        match record.content {
            Content::Shown { .. } => held.shown += 1,
            Content::Withheld => held.withheld += 1,
            Content::Erased => held.erased += 1,
        }
    }
    held
}

/// The smallest checkpoint over `size` entries that enough witnesses have signed, asked now if
/// need be; the smallest at all where they have not.
async fn under(house: &House, policy: &Policy, size: u64) -> Result<Under, Failure> {
    if let Some(under) = witnessed(house, policy, size).await? {
        return Ok(under);
    }
    house.witnesses.ask(house, true).await?;
    if let Some(under) = witnessed(house, policy, size).await? {
        return Ok(under);
    }
    let checkpoint = house.spine.checkpoint_over(size).await?;
    let checkpoint = checkpoint.ok_or_else(unsigned)?;
    Ok(Under {
        checkpoint,
        witnessed: false,
    })
}

async fn witnessed(house: &House, policy: &Policy, size: u64) -> Result<Option<Under>, Failure> {
    let trust = policy.trust(house.signing.key().origin());
    let trust = trust.ok_or_else(|| Fault::new("a policy without our own log"))?;
    let enough = |signed: &SignedCheckpoint| {
        !signed.witnesses.is_empty() && policy.quorum_is_met(&signed.witnesses)
    };
    for cosigned in house.spine.cosigned_sizes(size).await? {
        let Some(checkpoint) = house.spine.checkpoint_over(cosigned).await? else {
            continue;
        };
        let signed = SignedCheckpoint::open(&checkpoint.note, &trust);
        if signed.as_ref().is_ok_and(enough) {
            return Ok(Some(Under {
                checkpoint,
                witnessed: true,
            }));
        }
    }
    Ok(None)
}

pub(super) fn unsigned() -> Refusal {
    Refusal::conflict(
        "evidence.unsigned",
        "存证日志尚未签名到最新记录，暂不能导出",
        "The log is not signed up to its newest record yet",
    )
    .remedy("请稍等一秒再试；若持续如此，请联系系统管理员查看系统状态")
}

/// Everything of one case, with its proofs.
async fn case(
    house: &House,
    material: &Material,
    chosen: Chosen,
    under: &Under,
    policy: Policy,
) -> Result<Case, Failure> {
    let Chosen {
        mut records,
        documents,
    } = chosen;
    let indexes: Vec<u64> = records.iter().map(|record| record.proof.index).collect();
    let proofs = house.spine.proofs_under(&indexes, under.checkpoint.size);
    for (record, hashes) in records.iter_mut().zip(proofs.await?) {
        record.proof.hashes = hashes;
        record.proof.checkpoint.clone_from(&under.checkpoint.note);
    }
    let first = indexes.first().copied().unwrap_or_default();
    let (checkpoints, consistency) = period(house, first, &under.checkpoint).await?;
    let now = house.spine.now();
    let log = house.signing.key().trust().log_keys;
    let log = log
        .into_iter()
        .next()
        .ok_or_else(|| Fault::new("a log without a key"))?;
    let witnesses = policy.witnesses().iter();
    let witnesses = witnesses.map(|(name, line)| (safe(name), line.key.clone()));
    let number = &material.found.departure.number;
    Ok(Case {
        name: safe(number),
        info: BagInfo {
            organization: house.config.company.clone(),
            identifier: number.clone(),
            day: now.day_in(house.spine.zone()),
        },
        log,
        witnesses: witnesses.collect(),
        policy,
        subjects: material.subjects.clone(),
        records,
        checkpoints,
        consistency,
        timestamps: BTreeMap::new(),
        documents,
        certificates: BTreeMap::new(),
        report: None,
    })
}

type Steps = BTreeMap<(u64, u64), Vec<Hash>>;

/// The first checkpoint over the first record, the last one, and the proof between them.
async fn period(
    house: &House,
    first: u64,
    last: &StoredCheckpoint,
) -> Result<(BTreeMap<u64, String>, Steps), Failure> {
    let mut checkpoints = BTreeMap::from([(last.size, last.note.clone())]);
    let mut consistency = Steps::new();
    let early = house.spine.checkpoint_over(first + 1).await?;
    if let Some(early) = early.filter(|early| early.size < last.size) {
        let step = house.spine.consistency(early.size, last.size).await?;
        consistency.insert((early.size, last.size), step);
        checkpoints.insert(early.size, early.note);
    }
    Ok((checkpoints, consistency))
}

/// The bytes and what they are worth. They are read back as a stranger reads them, and examined
/// with the keys of this house.
fn pack(case: &Case, policy: Policy, now: Option<u64>) -> Result<(Vec<u8>, Verdict), Failure> {
    let folder = Draft::of(case)
        .and_then(|draft| draft.seal(None, None))
        .map_err(|error| refused(&error))?;
    let bytes = archive::write(&folder).map_err(|error| {
        Refusal::conflict(
            "bundle.too_large",
            error.to_string(),
            "Too large for a bundle",
        )
        .remedy("请不带客户明细，或减少文书后再导出")
    })?;
    let trust = Trust {
        policy: Some(policy),
        anchors: Vec::new(),
        now,
    };
    let report = match archive::read(&bytes) {
        Ok(read) => examine(&read, &trust),
        Err(finding) => Report::refused(finding),
    };
    if report.verdict == Verdict::Invalid {
        return Err(refused(&DraftError::Refused(report.findings)).into());
    }
    Ok((bytes, report.verdict))
}

fn refused(error: &DraftError) -> Refusal {
    tracing::error!(%error, "a bundle was not handed out");
    Refusal::conflict(
        "bundle.refused",
        error.to_string(),
        "The house's own verifier does not accept the bundle; nothing was handed out",
    )
    .remedy("请联系审计人员运行 baton audit 查明原因")
}
