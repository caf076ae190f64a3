//! The material of a bundle, read from the books 取证.
//!
//! The chains of the departure, of its plans and of the cases that run them, each whole; of
//! the documents those that a record of these names.

use std::collections::{BTreeMap, BTreeSet};

use ::bundle::case::{Content, Part, Record};
use ::bundle::choice::Choice;
use ::evidence::entry::Entry;
use ::evidence::file_digest::FileDigest;
use ::evidence::items::{Item, ItemsRoot};
use ::evidence::tlog_proof::TlogProof;
use access::RowFilter;
use kernel::{DepartureId, DocumentId, Refusal, SigningId};
use spine::{Act, Extract, ExtractItem, Failure, Fault, LogRow, Opened, Reader};

use super::Disclosure;
use crate::approval;
use crate::commission::acts::check_exit::CheckExit;
use crate::commission::acts::decide_exit::DecideExit;
use crate::commission::acts::object_exit::ObjectExit;
use crate::commission::acts::settle_exit::SettleExit;
use crate::departure::store::{self as departures, Found};
use crate::document::store::{self as documents, DocumentFilter, DocumentLine};
use crate::evidence::sight;
use crate::handover::store as plans;
use crate::signing::store::{self as signings, Head};

/// Rows read, and values asked for, at once.
const AT_ONCE: usize = 500;
/// Most documents of one departure.
const MOST_PAPERS: usize = 10_000;
/// Most bytes of documents in one bundle: they are held in memory together.
const MOST_BYTES: Room = Room(256 << 20);

/// What the books hold of a departure, up to one size of the log.
pub(crate) struct Material {
    pub(crate) found: Found,
    /// The departure, its plans, their cases: the chains that are whole.
    pub(crate) subjects: Vec<String>,
    pub(crate) records: Vec<Raw>,
    pub(crate) papers: Vec<Paper>,
    /// Entries of the log that were looked at.
    pub(crate) up_to: u64,
    /// Records that the caller may not read: their content stays committed, and goes to nobody by
    /// his hand.
    pub(crate) unread: BTreeSet<u64>,
}

/// One record with what its entry says of itself.
pub(crate) struct Raw {
    pub(crate) stored: Extract,
    pub(crate) entry: Entry,
    /// How many items the act has.
    pub(crate) items: u64,
}

/// A document, and the record that names its digest.
pub(crate) struct Paper {
    pub(crate) line: DocumentLine,
    pub(crate) record: u64,
    /// The same with the signatures that are inside it, once somebody signed so.
    pub(crate) signed: Option<SignedPaper>,
}

/// A document with signatures inside, and the record of the last of them.
pub(crate) struct SignedPaper {
    signing: SigningId,
    digest: String,
    record: u64,
}

impl Material {
    /// Reads what entries below `up_to` say.
    pub(crate) async fn gather(
        books: &mut Reader<'_>,
        departure: DepartureId,
        up_to: u64,
    ) -> Result<Material, Failure> {
        let found = departures::found(books, departure).await?;
        let mut subjects = subjects_of(books, &found).await?;
        let lines = lines_of(books, &found).await?;
        let ids: Vec<DocumentId> = lines.iter().map(|line| line.id).collect();
        let mut heads = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            heads.extend(signings::of_departure(books, some).await?);
        }
        for head in &heads {
            let subject = format!("signing/{}", head.id);
            let cases = approval::store::cases_about(books, &subject).await?;
            subjects.push(subject);
            subjects.extend(cases.into_iter().map(|case| format!("case/{case}")));
        }
        let mut records = records_of(books, &subjects, up_to).await?;
        records.extend(exit_records(books, &found, up_to).await?);
        records.sort_by_key(|one| one.stored.index);
        records.dedup_by_key(|one| one.stored.index);
        let papers = papers_of(books, lines, &heads, &records).await?;
        Ok(Material {
            found,
            subjects,
            records,
            papers,
            up_to,
            unread: BTreeSet::new(),
        })
    }

    /// Whom the case is about: its subjects, the person, and his documents.
    fn about(&self) -> BTreeSet<String> {
        let mut about: BTreeSet<String> = self.subjects.iter().cloned().collect();
        about.insert(self.found.employee_subject());
        let papers = self.papers.iter().map(|paper| paper.line.id);
        about.extend(papers.map(|id| format!("document/{id}")));
        about
    }

    /// The subjects that a record speaks of beside the case.
    pub(crate) fn others(&self, raw: &Raw) -> Vec<String> {
        let about = self.about();
        let others = raw.entry.subject.iter().filter(|one| !about.contains(*one));
        others.cloned().collect()
    }

    /// The records as they go into the bundle, without proofs; `items` are those that were read.
    pub(crate) fn chosen(
        &self,
        disclosure: &Disclosure,
        items: &BTreeMap<u64, Vec<ExtractItem>>,
    ) -> Vec<Record> {
        let mut about = self.about();
        let parts = items.values().flatten();
        let read = parts.filter_map(|part| Item::from_bytes(&part.item).ok());
        about.extend(read.map(|item| item.subject));
        let confided = self.records.iter().filter(|raw| raw.is_confided());
        let confided: BTreeSet<u64> = confided.map(|raw| raw.stored.index).collect();
        let kept = &(&confided - &disclosure.show) | &self.unread;
        let choice = Choice {
            about,
            show: &disclosure.show - &self.unread,
            withhold: &disclosure.withhold | &kept,
        };
        let records = self.records.iter().filter_map(|raw| {
            let parts = items.get(&raw.stored.index).map_or(&[][..], Vec::as_slice);
            choice.of(record(&raw.stored, parts))
        });
        records.collect()
    }

    /// Whether a record moves customers: the act of a plan with an item for each.
    pub(crate) fn moves(&self, raw: &Raw) -> bool {
        let first = raw.entry.subject.first();
        raw.items > 0 && first.is_some_and(|first| first.starts_with("plan/"))
    }

    /// The items of the acts that moved customers.
    pub(crate) async fn moved(
        &self,
        books: &mut Reader<'_>,
    ) -> Result<BTreeMap<u64, Vec<ExtractItem>>, Failure> {
        let mut items = BTreeMap::new();
        let moving = self.records.iter().filter(|raw| self.moves(raw));
        for raw in moving.filter(|raw| !self.unread.contains(&raw.stored.index)) {
            let index = raw.stored.index;
            items.insert(index, books.items_of(index).await?);
        }
        Ok(items)
    }

    /// The bytes of the chosen documents, each the one that was issued.
    pub(crate) async fn documents(
        &self,
        books: &mut Reader<'_>,
        disclosure: &Disclosure,
    ) -> Result<Vec<::bundle::case::Document>, Failure> {
        let mut taken = Vec::new();
        let chosen = |paper: &&Paper| disclosure.documents.contains(&paper.line.id);
        let mut room = MOST_BYTES;
        for paper in self.papers.iter().filter(chosen) {
            room.take(paper.line.size)?;
            let content = documents::bytes(books, paper.line.id).await?;
            let content = content.unwrap_or_default();
            if FileDigest::sha256(&content).to_string() != paper.line.digest {
                return Err(damaged(&paper.line.number).into());
            }
            taken.push(::bundle::case::Document {
                file: format!("{}.pdf", safe(&paper.line.number)),
                content,
                record: paper.record,
            });
            if let Some(signed) = &paper.signed {
                let document = signed.document(books, &paper.line.number).await?;
                room.take(i64::try_from(document.content.len()).unwrap_or(i64::MAX))?;
                taken.push(document);
            }
        }
        Ok(taken)
    }
}

impl SignedPaper {
    /// The bytes with the signatures, beside those that were printed.
    async fn document(
        &self,
        books: &mut Reader<'_>,
        number: &str,
    ) -> Result<::bundle::case::Document, Failure> {
        let kept = signings::newest_file(books, self.signing).await?;
        let content = kept.map(|kept| kept.bytes).unwrap_or_default();
        if FileDigest::sha256(&content).to_string() != self.digest {
            return Err(damaged(number).into());
        }
        Ok(::bundle::case::Document {
            file: format!("{}-signed.pdf", safe(number)),
            content,
            record: self.record,
        })
    }
}

fn damaged(number: &str) -> Refusal {
    Refusal::conflict(
        "document.damaged",
        format!("文书 {number} 的存档文件与出具时登记的摘要不符，未导出"),
        format!("The kept file of {number} is not the one that was issued"),
    )
    .remedy((
        "请联系审计人员运行 baton audit，并从备份恢复",
        "Ask an auditor to run baton audit, and restore from a backup",
    ))
}

/// A name that every archive may hold.
pub(crate) fn safe(name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c
        } else {
            '-'
        }
    };
    name.chars().map(plain).collect()
}

/// The departure, its plans, and the cases about any of them.
async fn subjects_of(books: &mut Reader<'_>, found: &Found) -> Result<Vec<String>, Failure> {
    let heads = plans::of_departure(books, found.departure.id).await?;
    let mut subjects = vec![found.subject()];
    subjects.extend(heads.iter().map(|plan| format!("plan/{}", plan.id)));
    let mut cases = Vec::new();
    for subject in &subjects {
        let about = approval::store::cases_about(books, subject).await?;
        cases.extend(about.into_iter().map(|case| format!("case/{case}")));
    }
    subjects.extend(cases);
    Ok(subjects)
}

/// Room that is left for documents, in bytes.
struct Room(i64);

impl Room {
    fn take(&mut self, bytes: i64) -> Result<(), Refusal> {
        self.0 = self.0.saturating_sub(bytes);
        if self.0 >= 0 {
            return Ok(());
        }
        Err(Refusal::conflict(
            "bundle.too_large",
            "所选文书合计超过 256 MB，一个存证包放不下",
            "The chosen documents are more than 256 MB, too much for one bundle",
        )
        .remedy((
            "请减少所选文书，分几次导出",
            "Choose fewer documents and export in several parts",
        ))
        .at(
            "/documents",
            ("合计超过 256 MB", "More than 256 MB together"),
        ))
    }
}

/// The records about any of these subjects, each once, in the order of the log.
async fn records_of(
    books: &mut Reader<'_>,
    subjects: &[String],
    up_to: u64,
) -> Result<Vec<Raw>, Failure> {
    let mut records = BTreeMap::new();
    for some in subjects.chunks(AT_ONCE) {
        for stored in books.records_about(some, up_to).await? {
            let raw = Raw::read(stored)?;
            records.insert(raw.stored.index, raw);
        }
    }
    Ok(records.into_values().collect())
}

impl Raw {
    /// The same as the log lists it.
    pub(crate) fn row(&self) -> LogRow {
        let payload = self.stored.content.as_ref();
        LogRow {
            index: self.stored.index,
            kind: self.entry.act.clone(),
            at: self.entry.at,
            actor: self.entry.actor.id.clone(),
            entry: self.stored.entry.clone(),
            payload: payload.map(|(payload, _)| payload.clone()),
            damaged: false,
        }
    }

    /// Whether it says what was told in confidence, which goes out only when it is chosen.
    fn is_confided(&self) -> bool {
        sight::confided(&self.row()).is_some()
    }

    fn read(stored: Extract) -> Result<Raw, Fault> {
        let entry = Entry::from_bytes(&stored.entry);
        let entry = entry.map_err(|error| Fault::new(error.to_string()))?;
        let payload = stored.content.as_ref().map(|(payload, _)| payload);
        let items = payload.and_then(|payload| ItemsRoot::of_payload(payload));
        Ok(Raw {
            items: items.map_or(0, |items| items.count()),
            stored,
            entry,
        })
    }
}

/// What was decided, checked, objected to and settled of the leaver's commission. These records
/// stand in the chain of his commission, most of which is no part of the case.
async fn exit_records(
    books: &mut Reader<'_>,
    found: &Found,
    up_to: u64,
) -> Result<Vec<Raw>, Failure> {
    const KINDS: [&str; 4] = [
        DecideExit::NAME,
        CheckExit::NAME,
        ObjectExit::NAME,
        SettleExit::NAME,
    ];
    let mut records = Vec::new();
    for stored in books.records_mentioning(&found.subject(), up_to).await? {
        let raw = Raw::read(stored)?;
        if KINDS.contains(&&*raw.entry.act) {
            records.push(raw);
        }
    }
    Ok(records)
}

/// The documents about the departure, oldest first: all of them, or nothing goes out. One that was
/// left out in silence would be missed by nobody.
async fn lines_of(books: &mut Reader<'_>, found: &Found) -> Result<Vec<DocumentLine>, Failure> {
    let mut filter = DocumentFilter {
        subject: Some(found.subject()),
        ..DocumentFilter::default()
    };
    let page = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let mut lines: Vec<DocumentLine> = Vec::new();
    loop {
        let some = documents::list(books, &RowFilter::Everything, &filter, page).await?;
        let is_last = some.len() < AT_ONCE;
        lines.extend(some);
        if lines.len() > MOST_PAPERS {
            return Err(too_many().into());
        }
        if is_last {
            lines.reverse();
            return Ok(lines);
        }
        filter.before = lines.last().map(|line| (line.issued_at, line.id));
    }
}

fn too_many() -> Refusal {
    Refusal::conflict(
        "bundle.too_many_documents",
        format!("这次离职的文书超过 {MOST_PAPERS} 份，无法一次列出和导出"),
        format!("There are more than {MOST_PAPERS} documents of this departure"),
    )
    .remedy((
        "请在「文书」列表中分别下载，并请法务联系实施方处理",
        "Download them one by one in the list of documents, and let legal counsel ask the supplier",
    ))
}

/// The first record that names each digest.
type Naming = BTreeMap<String, u64>;

fn naming(records: &[Raw]) -> Naming {
    let mut naming = Naming::new();
    for raw in records {
        for doc in &raw.entry.docs {
            let named = naming.entry(doc.sha256.to_string());
            named.or_insert(raw.stored.index);
        }
    }
    naming
}

async fn papers_of(
    books: &mut Reader<'_>,
    lines: Vec<DocumentLine>,
    heads: &[Head],
    records: &[Raw],
) -> Result<Vec<Paper>, Failure> {
    let (mut papers, naming) = (Vec::new(), naming(records));
    let mut of: BTreeMap<DocumentId, Vec<SigningId>> = BTreeMap::new();
    for head in heads {
        of.entry(head.document).or_default().push(head.id);
    }
    for line in lines {
        let Some(record) = naming.get(&line.digest).copied() else {
            continue;
        };
        // Oldest first: the newest signing of a document is the one that counts.
        let mut signed = None;
        for signing in of.remove(&line.id).unwrap_or_default() {
            let digest = signings::newest_digest(books, signing).await?;
            let digest = digest.and_then(|digest| Some((*naming.get(&digest)?, digest)));
            if let Some((record, digest)) = digest {
                signed = Some(SignedPaper {
                    signing,
                    digest,
                    record,
                });
            }
        }
        papers.push(Paper {
            line,
            record,
            signed,
        });
    }
    Ok(papers)
}

fn content(opened: &Opened) -> Content {
    match opened {
        Some((payload, salt)) => Content::Shown {
            payload: payload.clone(),
            salt: *salt,
        },
        None => Content::Erased,
    }
}

pub(super) fn record(stored: &Extract, parts: &[ExtractItem]) -> Record {
    let part = |part: &ExtractItem| Part {
        n: part.n,
        item: part.item.clone(),
        content: content(&part.content),
        proof: part.proof.clone(),
    };
    Record {
        entry: stored.entry.clone(),
        content: content(&stored.content),
        items: parts.iter().map(part).collect(),
        proof: TlogProof {
            extra: None,
            index: stored.index,
            hashes: Vec::new(),
            checkpoint: String::new(),
        },
    }
}
