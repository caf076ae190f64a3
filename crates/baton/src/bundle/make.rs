//! A bundle is laid out, packed, and examined before anybody gets it 制作存证包.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::bundle::archive;
use ::bundle::bag::BagInfo;
use ::bundle::case::{Case, Content, Record, Second};
use ::bundle::draft::{Draft, DraftError};
use ::bundle::examine::{Report, Trust, examine};
use ::bundle::layout;
use ::document::PrintError;
use ::evidence::checkpoint::SignedCheckpoint;
use ::evidence::entry::Entry;
use ::evidence::hash::Hash;
use ::evidence::policy::Policy;
use ::evidence::verdict::Verdict;
use ::signing::certificate::Certificate;
use kernel::{EmployeeId, Refusal};
use spine::{By, Failure, Fault, StampedCheckpoint, StoredCheckpoint};
use tokio::sync::Semaphore;

use super::Held;
use super::gather::safe;
use super::report::{ReportError, Telling};
use crate::evidence::audits;
use crate::house::House;
use crate::people::store as people;
use crate::rehearsal;
use crate::signing;
use crate::signing::store::authorities;

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
    /// What timestamp authorities said of this checkpoint and of earlier ones.
    stamps: Vec<StampedCheckpoint>,
}

/// What a bundle is about.
pub(crate) struct About {
    /// Number of the case, as people call it.
    pub(crate) number: String,
    /// Chains that go along whole, as far as the material holds them.
    pub(crate) subjects: Vec<String>,
    /// Entries of the log that were looked at.
    pub(crate) up_to: u64,
}

impl Made {
    /// Makes the bundle of what was chosen.
    pub(crate) async fn of(house: &House, about: &About, chosen: Chosen) -> Result<Made, Failure> {
        let _room = AT_ONCE
            .acquire()
            .await
            .map_err(|_| Fault::new("no bundles are made any more"))?;
        let number = safe(&about.number);
        let mut policy = house.witnesses.policy(house.signing.key());
        if let Some(second) = &house.second {
            policy = policy.and_second(second.verifier().clone());
        }
        let first = chosen.records.iter().map(|one| one.proof.index).min();
        let under = under(house, &policy, about.up_to).await?;
        let under = under.with_stamps(house, &policy, first.unwrap_or_default());
        let under = under.await?;
        let mut held = held(&chosen, &under);
        let audited = audits::before_export(house).await?;
        held.differences = audited.differences + audited.findings;
        let outside = Outside::of(house, policy.clone()).await?;
        let case = case(house, about, chosen, &under, &outside).await?;
        let file_name = format!("存证包_{number}_{}.zip", about.up_to);
        let (zone, now) = (house.spine.zone().clone(), house.spine.now());
        let clocks = outside.clocks.clone();
        let rehearsal = rehearsal::is_declared(&house.spine).await?;
        let people = acting(house, &case).await?;
        let drafted = tokio::task::spawn_blocking(move || {
            let telling = Telling {
                zone: &zone,
                clocks: &clocks,
                now,
                rehearsal,
                people: &people,
            };
            draft(case, &telling)
        });
        let drafted = drafted.await;
        let draft = drafted.map_err(|error| Fault::new(error.to_string()))??;
        let seal = Seal::over(house, draft.manifest()).await?;
        held.signed = seal.signature.is_some();
        held.stamped = seal.timestamp.is_some();
        let work = tokio::task::spawn_blocking(move || pack(draft, seal, outside));
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

/// The folder with its report, up to the list of files.
fn draft(mut case: Case, telling: &Telling<'_>) -> Result<Draft, Failure> {
    case.report = match telling.print(&case) {
        Ok(report) => Some(report),
        Err(ReportError::Draft(error)) => return Err(refused(&error).into()),
        // A program without fonts prints nothing; the evidence itself goes out all the same.
        Err(ReportError::Print(PrintError::NoFonts)) => None,
        Err(ReportError::Print(error)) => return Err(error.refusal().into()),
    };
    Ok(Draft::of(&case).map_err(|error| refused(&error))?)
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

/// The company's word over the list of files, and a timestamp authority's.
struct Seal {
    signature: Option<Vec<u8>>,
    timestamp: Option<Vec<u8>>,
}

impl Seal {
    /// Signs and stamps as far as there is a certificate and an authority that answers; what is
    /// missing is told to whoever exports, and keeps nobody from handing out the rest.
    async fn over(house: &House, manifest: &[u8]) -> Result<Seal, Failure> {
        let key = signing::one_time(house, "存证导出").await?;
        let signature = key.map(|key| key.sign(manifest)).transpose()?;
        let mut timestamp = None;
        if house.stamps.is_asked() {
            let now = house.spine.now();
            let said = house.stamps.over(manifest, now).await;
            house.stamps.hear(now, &said);
            timestamp = said.ok().map(|token| token.answer);
        }
        Ok(Seal {
            signature,
            timestamp,
        })
    }
}

/// Whose word the house's own verifier believes; the certificates go along as a claim.
struct Outside {
    policy: Policy,
    signers: Vec<Certificate>,
    clocks: Vec<Certificate>,
    /// What the company's authority in use calls revoked, as of now.
    list: Option<Vec<u8>>,
    now: Option<u64>,
}

impl Outside {
    async fn of(house: &House, policy: Policy) -> Result<Outside, Failure> {
        let system = By::system("bundle");
        let mut look = house.spine.look(&system).await?;
        let authorities = authorities(&mut look.books()).await?;
        drop(look);
        let lists = signing::revocation_lists(house).await?;
        let signers = authorities.iter();
        let signers = signers.map(|one| Certificate::read(&one.certificate));
        Ok(Outside {
            policy,
            signers: signers.collect::<Result<_, _>>()?,
            clocks: house.stamps.anchors().to_vec(),
            list: lists.into_iter().next(),
            now: u64::try_from(house.spine.now().unix_seconds()).ok(),
        })
    }

    /// Certificates as they lie in `data/keys`.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let pem = |all: &[Certificate]| -> Vec<u8> {
            let texts: Vec<String> = all.iter().map(Certificate::to_pem).collect();
            texts.concat().into_bytes()
        };
        let all = [
            ("company-ca.pem", pem(&self.signers)),
            ("tsa-chain.pem", pem(&self.clocks)),
            ("company.crl", self.list.clone().unwrap_or_default()),
        ];
        let there = all.into_iter().filter(|(_, text)| !text.is_empty());
        there.map(|(name, text)| (name.to_owned(), text)).collect()
    }
}

/// The smallest checkpoint over `size` entries that enough witnesses have signed, asked now if
/// need be; the smallest at all where they have not.
async fn under(house: &House, policy: &Policy, size: u64) -> Result<Under, Failure> {
    let mut found = witnessed(house, policy, size).await?;
    if found.is_none() {
        house.witnesses.ask(house, true).await?;
        found = witnessed(house, policy, size).await?;
    }
    let is_witnessed = found.is_some();
    let checkpoint = match found {
        Some(checkpoint) => checkpoint,
        None => {
            let smallest = house.spine.checkpoint_over(size).await?;
            smallest.ok_or_else(unsigned)?
        }
    };
    Ok(Under {
        checkpoint,
        witnessed: is_witnessed,
        stamps: Vec::new(),
    })
}

/// Most stamped checkpoints in one bundle.
const MOST_STAMPS: u32 = 50;

impl Under {
    /// Adds what timestamp authorities said of checkpoints over the records, one each. A stamp fits
    /// the checkpoint as it was stamped alone: where a witness signed after that, the stamped form
    /// goes along if it has witnesses enough, else the stamp stays out.
    async fn with_stamps(
        mut self,
        house: &House,
        policy: &Policy,
        first: u64,
    ) -> Result<Under, Failure> {
        let until = self.checkpoint.size;
        let all = house
            .spine
            .stamps_between(first + 1, until, MOST_STAMPS)
            .await?;
        let mut last = None;
        for stamp in all {
            if last.replace(stamp.size) == Some(stamp.size) {
                continue;
            }
            if stamp.size == until && stamp.note != self.checkpoint.note {
                if self.witnessed && !is_witnessed(house, policy, &stamp.note)? {
                    continue;
                }
                self.checkpoint.note.clone_from(&stamp.note);
            }
            self.stamps.push(stamp);
        }
        Ok(self)
    }
}

/// Whether enough witnesses of the policy have signed.
fn is_witnessed(house: &House, policy: &Policy, note: &str) -> Result<bool, Fault> {
    let trust = policy.trust(house.signing.key().origin());
    let trust = trust.ok_or_else(|| Fault::new("a policy without our own log"))?;
    let signed = SignedCheckpoint::open(note, &trust);
    Ok(signed.is_ok_and(|signed| {
        !signed.witnesses.is_empty() && policy.quorum_is_met(&signed.witnesses)
    }))
}

async fn witnessed(
    house: &House,
    policy: &Policy,
    size: u64,
) -> Result<Option<StoredCheckpoint>, Failure> {
    for cosigned in house.spine.cosigned_sizes(size).await? {
        let Some(checkpoint) = house.spine.checkpoint_over(cosigned).await? else {
            continue;
        };
        if is_witnessed(house, policy, &checkpoint.note)? {
            return Ok(Some(checkpoint));
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
    .remedy((
        "请稍等一秒再试；若持续如此，请联系系统管理员查看系统状态",
        "Try again in a second; if it persists, ask the system administrator to look at the state \
         of the system",
    ))
}

/// What the books call everybody who acted or agreed in a case; an entry knows ids alone.
async fn acting(house: &House, case: &Case) -> Result<HashMap<String, String>, Failure> {
    let entries = case.records.iter();
    let entries = entries.filter_map(|record| Entry::from_bytes(&record.entry).ok());
    let ids = entries.flat_map(|entry| {
        let agreed = entry.approvals.into_iter().map(|one| one.by);
        std::iter::once(entry.actor.id).chain(agreed)
    });
    let ids: BTreeSet<EmployeeId> = ids.filter_map(|id| id.parse().ok()).collect();
    let system = By::system("bundle");
    let mut look = house.spine.look(&system).await?;
    let names = people::names_of(&mut look.books(), ids).await?;
    let called = names.into_iter().map(|(id, (number, name))| {
        let called = people::full_name(&name, &number);
        (id.to_string(), called)
    });
    Ok(called.collect())
}

/// Everything of one case, with its proofs.
async fn case(
    house: &House,
    about: &About,
    chosen: Chosen,
    under: &Under,
    outside: &Outside,
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
    let (checkpoints, consistency) = period(house, first, under).await?;
    let sm = second(house, &indexes, about.up_to).await?;
    let now = house.spine.now();
    let log = house.signing.key().trust().log_keys;
    let log = log
        .into_iter()
        .next()
        .ok_or_else(|| Fault::new("a log without a key"))?;
    let witnesses = outside.policy.witnesses().iter();
    let witnesses = witnesses.map(|(name, line)| (safe(name), line.key.clone()));
    let number = &about.number;
    let stamps = under.stamps.iter();
    let stamps = stamps.map(|stamp| (stamp.size, stamp.answer.clone()));
    Ok(Case {
        name: safe(number),
        info: BagInfo {
            organization: house.company().await?,
            identifier: number.clone(),
            day: now.day_in(house.spine.zone()),
        },
        log,
        witnesses: witnesses.collect(),
        policy: outside.policy.clone(),
        subjects: about.subjects.clone(),
        records,
        checkpoints,
        consistency,
        timestamps: stamps.collect(),
        documents,
        certificates: outside.files(),
        // Printed from all this, in [`draft`].
        report: None,
        sm,
    })
}

/// The records in the second log, where one is kept, under its smallest head that holds them all.
async fn second(house: &House, indexes: &[u64], size: u64) -> Result<Option<Second>, Failure> {
    let Some(second) = &house.second else {
        return Ok(None);
    };
    let followed = second.follow().await;
    followed.map_err(|error| Fault::new(format!("the second log: {error}")))?;
    let head = second.over(size).await?.ok_or_else(unsigned)?;
    let proofs = second.proofs_under(indexes, head.size).await?;
    Ok(Some(Second {
        key: second.verifier().clone(),
        size: head.size,
        checkpoint: head.note,
        proofs: indexes.iter().copied().zip(proofs).collect(),
    }))
}

type Steps = BTreeMap<(u64, u64), Vec<Hash>>;

/// The first checkpoint over the first record, those that bear a stamp, the last one, and the proof
/// from each to the next.
async fn period(
    house: &House,
    first: u64,
    under: &Under,
) -> Result<(BTreeMap<u64, String>, Steps), Failure> {
    let last = &under.checkpoint;
    let mut checkpoints = BTreeMap::from([(last.size, last.note.clone())]);
    let early = house.spine.checkpoint_over(first + 1).await?;
    if let Some(early) = early.filter(|early| early.size < last.size) {
        checkpoints.insert(early.size, early.note);
    }
    for stamp in &under.stamps {
        checkpoints.insert(stamp.size, stamp.note.clone());
    }
    let sizes: Vec<u64> = checkpoints.keys().copied().collect();
    let mut consistency = Steps::new();
    for pair in sizes.windows(2) {
        if let [old, new] = *pair {
            let step = house.spine.consistency(old, new).await?;
            consistency.insert((old, new), step);
        }
    }
    Ok((checkpoints, consistency))
}

/// The bytes and what they are worth. They are read back as a stranger reads them, and examined
/// with the keys of this house.
fn pack(draft: Draft, seal: Seal, outside: Outside) -> Result<(Vec<u8>, Verdict), Failure> {
    let folder = draft
        .seal(seal.signature, seal.timestamp)
        .map_err(|error| refused(&error))?;
    let bytes = archive::write(&folder).map_err(|error| {
        Refusal::conflict(
            "bundle.too_large",
            error.to_string(),
            "Too large for a bundle",
        )
        .remedy((
            "请不带客户明细，或减少文书后再导出",
            "Export without the list of customers, or with fewer documents",
        ))
    })?;
    let trust = Trust {
        policy: Some(outside.policy),
        anchors: Vec::new(),
        signers: match folder.files.contains_key(layout::SIGNATURE) {
            true => outside.signers,
            // Without an authority in these books there is nothing to hold a signature against.
            false => Vec::new(),
        },
        clocks: outside.clocks,
        now: outside.now,
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
    .remedy((
        "请联系审计人员运行 baton audit 查明原因",
        "Ask an auditor to run baton audit to find the cause",
    ))
}
