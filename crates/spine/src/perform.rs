//! The one way through which every change passes 执行.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use access::Policy;
use futures_util::future::join;
use jiff::tz::TimeZone;
use kernel::Moment;
use tracing::Instrument as _;

use crate::books::Setting;
use crate::foresight::{End, Foresight};
use crate::gate::Held;
use crate::idempotency::{self, Claim};
use crate::link::{self, Transaction};
use crate::log::{self, Pending};
use crate::rows::{Ledger, RowNotes, RowRules, Written};
use crate::{
    Act, AnyAct, AppendedEntry, By, Chance, Clock, Db, Denied, Failure, Fault, Gate, GateAnswer,
    IdempotencyKey, Reader, Record, Writer, binds,
};

/// What a spine is made of.
pub struct SpineParts {
    /// The books' database.
    pub db: Db,
    /// Who may do what.
    pub policy: Arc<Policy>,
    /// Which acts wait for an approval.
    pub gate: Arc<dyn Gate>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Rolls dice.
    pub chance: Arc<dyn Chance>,
    /// The business time zone.
    pub zone: TimeZone,
    /// Name of the company in the log, without space: `baton.example.cn`.
    pub tenant: String,
}

/// The spine of the house; cheap to clone.
#[derive(Clone)]
pub struct Spine {
    pub(crate) parts: Arc<SpineParts>,
    pub(crate) ledger: Arc<Ledger>,
    end: End,
}

/// What became of an act.
#[derive(Debug)]
pub enum Answer<O> {
    /// It is done and in the evidence.
    Done(Done<O>),
    /// It waits for an approval under this case.
    Held {
        /// The id of the case.
        case: String,
    },
}

/// An act that was carried out.
#[derive(Debug)]
pub struct Done<O> {
    /// What was decided.
    pub outcome: O,
    /// Index of its entry in the evidence log; `None` for a dry run.
    pub entry: Option<u64>,
    /// Whether this is the stored answer of an earlier, identical request.
    pub replayed: bool,
}

impl<O> Answer<O> {
    /// The outcome of an act that no gate ever holds.
    ///
    /// # Errors
    /// [`Fault`] when it was held after all.
    pub fn done(self) -> Result<Done<O>, Failure> {
        match self {
            Answer::Done(done) => Ok(done),
            Answer::Held { case } => Err(Fault::new(format!("held for approval: {case}")).into()),
        }
    }
}

/// How an attempt ended, before it is committed or rolled back.
enum Ending<O> {
    Done(O),
    Replayed { answer: String, entry: Option<i64> },
    Held { case: String },
}

/// How the stored answer of a request that waits begins; no JSON begins so.
const HELD: &str = "held:";

/// How long what follows from an entry waits for company.
const MOMENT: Duration = Duration::from_millis(20);

/// How often an act is tried again after a deadlock or a lock time-out.
const TRIES: u32 = 4;

impl Spine {
    /// Builds the spine.
    #[must_use]
    pub fn new(parts: SpineParts) -> Spine {
        Spine {
            parts: Arc::new(parts),
            ledger: Arc::default(),
            end: End::default(),
        }
    }

    /// Says which rows of the books are not noted beside their entries, and which only veiled.
    #[must_use]
    pub fn noting(self, rules: RowRules) -> Spine {
        Spine {
            ledger: Arc::new(Ledger::new(rules)),
            ..self
        }
    }

    /// The books' database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.parts.db
    }

    /// The rules of access.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.parts.policy
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.parts.clock.now()
    }

    /// The business time zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.parts.zone
    }

    /// Where chance comes from.
    #[must_use]
    pub fn chance(&self) -> &dyn Chance {
        &*self.parts.chance
    }

    /// Carries out an act: all of it with its evidence, or nothing.
    ///
    /// # Errors
    /// [`Failure`]; a refused or denied attempt is recorded outside the rolled-back transaction.
    pub async fn perform<A: Act>(
        &self,
        act: &A,
        by: &By,
        key: Option<&IdempotencyKey>,
    ) -> Result<Answer<A::Outcome>, Failure> {
        match self.perform_any(act, by, key).await? {
            (Ending::Done(outcome), entry) => {
                let outcome = *outcome
                    .downcast()
                    .map_err(|_| Fault::new("outcome of another act"))?;
                Ok(Answer::Done(Done {
                    outcome,
                    entry,
                    replayed: false,
                }))
            }
            (Ending::Replayed { answer, entry }, _) => {
                if let Some(case) = answer.strip_prefix(HELD) {
                    let case = case.to_owned();
                    return Ok(Answer::Held { case });
                }
                let outcome = serde_json::from_str(&answer)?;
                let entry = entry.and_then(|index| u64::try_from(index).ok());
                Ok(Answer::Done(Done {
                    outcome,
                    entry,
                    replayed: true,
                }))
            }
            (Ending::Held { case }, _) => Ok(Answer::Held { case }),
        }
    }

    /// Carries out an act whose type is known to its registry line only (an approved request).
    ///
    /// # Errors
    /// As [`Spine::perform`].
    pub async fn perform_stored(
        &self,
        act: &dyn AnyAct,
        by: &By,
        key: Option<&IdempotencyKey>,
    ) -> Result<Option<u64>, Failure> {
        match self.perform_any(act, by, key).await? {
            (Ending::Replayed { entry, .. }, _) => {
                Ok(entry.and_then(|index| u64::try_from(index).ok()))
            }
            (_, entry) => Ok(entry),
        }
    }

    /// Goes the whole way and rolls back; the preview button. The act can tell by
    /// [`Reader::is_rehearsal`] and may then show what is not yet due or approved.
    ///
    /// # Errors
    /// As [`Spine::perform`]; nothing is recorded.
    pub async fn dry_run<A: Act>(&self, act: &A, by: &By) -> Result<A::Outcome, Failure> {
        let setting = Setting {
            rehearsal: true,
            ..self.setting()
        };
        let mut tx = self.begin(&setting, &AnyAct::guards(act)).await?;
        let mut stage = Stage::new(&mut tx, &setting, (self, by), None);
        let outcome = stage.run(act).await;
        tx.rollback().await?;
        outcome
    }

    async fn perform_any(
        &self,
        act: &dyn AnyAct,
        by: &By,
        key: Option<&IdempotencyKey>,
    ) -> Result<(Ending<Box<dyn Any + Send>>, Option<u64>), Failure> {
        let mut tries = 0;
        loop {
            tries += 1;
            // What was foreseen and did not come true is not foreseen again.
            let foresight = self.end.foresight().filter(|_| tries == 1);
            let attempt = self.attempt(act, (by, key), foresight);
            match link::together(self.parts.db.dialect, attempt).await {
                Err(Failure::Fault(fault)) if fault.is_worth_a_try() && tries < TRIES => {
                    tracing::debug!(
                        act = act.name(),
                        tries,
                        "trying again after a lock conflict"
                    );
                }
                Err(failure) => {
                    self.note_attempt(act.name(), by, &failure).await;
                    return Err(failure);
                }
                Ok(answer) => return Ok(answer),
            }
        }
    }

    async fn attempt(
        &self,
        act: &dyn AnyAct,
        (by, key): (&By, Option<&IdempotencyKey>),
        foresight: Option<Foresight>,
    ) -> Result<(Ending<Box<dyn Any + Send>>, Option<u64>), Failure> {
        let setting = self.noting_setting().await?;
        let mut tx = self.begin(&setting, &act.guards()).await?;
        let body = act.body()?;
        if let Some(key) = key {
            let hash = idempotency::fingerprint(act.name(), &body);
            let mut writer = Writer::new(&mut tx, &setting);
            let claim = idempotency::claim(&mut writer, &by.id(), key, &hash).await?;
            if let Claim::Answered { answer, entry } = claim {
                tx.rollback().await?;
                return Ok((Ending::Replayed { answer, entry }, None));
            }
        }
        let mut stage = Stage::new(&mut tx, &setting, (self, by), foresight);
        let ending = stage.run_through_gate(act, &body).await?;
        let Stage {
            entries,
            answer,
            foresight,
            ..
        } = stage;
        // Before the head of the log is held, for which others wait.
        Writer::new(&mut tx, &setting).take_stock().await?;
        let turn = self.end.my_turn().await;
        let written_by = (self.parts.tenant.as_str(), by);
        let end = (&self.end, foresight);
        // The spans let a measurement see what the proof costs (benches/).
        let appended = log::append(&mut tx, &setting, written_by, entries, end)
            .instrument(tracing::debug_span!("append"));
        let mut appended = appended.await?;
        let entry = appended.entries.first();
        let entry = entry.map(|entry: &AppendedEntry| entry.index);
        let mut last = std::mem::take(&mut appended.last);
        if let (Some(key), Some(answer)) = (key, answer) {
            let index = entry.and_then(|index| i64::try_from(index).ok());
            last.push(idempotency::answer(&by.id(), key, &answer, index));
        }
        let committed = tx.commit_with(last);
        let committed = committed.instrument(tracing::debug_span!("commit")).await;
        match committed {
            Ok(()) if setting.dialect.travels() => turn.committed(&appended),
            Ok(()) => drop(turn),
            Err(fault) => {
                turn.failed(&fault);
                return Err(fault.into());
            }
        }
        self.see_to_entering();
        Ok((ending, entry))
    }

    /// Has what follows from the entries of this program entered in a moment, with that of the
    /// acts that come until then.
    fn see_to_entering(&self) {
        if !self.end.is_mine_to_see_to() {
            return;
        }
        let spine = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(MOMENT).await;
            spine.end.sees_to_it();
            spine.catch_up().await;
        });
    }

    /// Has what this program did entered, before the log is searched.
    pub(crate) async fn catch_up(&self) {
        if !self.end.is_open() {
            return;
        }
        let _entering = self.end.entering.lock().await;
        if !self.end.is_open() {
            return;
        }
        // Whoever holds the head enters what he finds.
        match self.parts.db.settle(false).await {
            Ok(Some(size)) => self.end.entered(size),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the register of the log could not be kept"),
        }
    }

    pub(crate) fn setting(&self) -> Setting {
        Setting {
            at: self.parts.clock.now(),
            zone: self.parts.zone.clone(),
            chance: Arc::clone(&self.parts.chance),
            dialect: self.parts.db.dialect,
            db: self.parts.db.clone(),
            rehearsal: false,
            notes: None,
            grown: Arc::default(),
        }
    }

    /// The setting of an act that is meant to last: its rows are noted.
    async fn noting_setting(&self) -> Result<Setting, Fault> {
        let setting = self.setting();
        let shape = self.ledger.shape(&self.parts.db).await?;
        let books = (Arc::clone(&self.ledger), shape);
        let notes = RowNotes::new(books, setting.dialect, Arc::clone(&setting.chance));
        Ok(Setting {
            notes: Some(Arc::new(notes)),
            ..setting
        })
    }

    /// Opens a writing transaction and takes its guards in one fixed order, so that two acts cannot
    /// wait for each other.
    async fn begin(&self, setting: &Setting, guards: &[String]) -> Result<Transaction, Fault> {
        let begin = setting.dialect.begin_write();
        let mut tx = self.parts.db.writer.begin(begin).await?;
        if let Some(statement) = setting.dialect.guard() {
            let mut keys: Vec<i64> = guards.iter().map(|guard| log::short_hash(guard)).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                tx.all(statement, binds![key]).await?;
            }
        }
        Ok(tx)
    }
}

/// The inside of one transaction of `perform`.
#[doc(hidden)]
pub struct Stage<'a> {
    tx: &'a mut Transaction,
    setting: &'a Setting,
    spine: &'a Spine,
    by: &'a By,
    depth: u32,
    entries: Vec<Pending>,
    answer: Option<String>,
    foresight: Option<Foresight>,
}

/// A composite act inside a composite act inside …; deeper is a mistake.
const DEEPEST: u32 = 8;

impl<'a> Stage<'a> {
    fn new(
        tx: &'a mut Transaction,
        setting: &'a Setting,
        (spine, by): (&'a Spine, &'a By),
        foresight: Option<Foresight>,
    ) -> Stage<'a> {
        Stage {
            tx,
            setting,
            spine,
            by,
            depth: 0,
            entries: Vec::new(),
            answer: None,
            foresight,
        }
    }

    async fn run_through_gate(
        &mut self,
        act: &dyn AnyAct,
        body: &serde_json::Value,
    ) -> Result<Ending<Box<dyn Any + Send>>, Failure> {
        let held = Held {
            name: act.name(),
            body,
            by: self.by,
        };
        let mut writer = Writer::new(self.tx, self.setting);
        let answer = self.spine.parts.gate.ask(held, &mut writer).await;
        if answer.is_err() {
            // A stranger is told that he may not, and learns nothing of what the gate refuses.
            act.rehearse(self).await?;
        }
        match answer? {
            GateAnswer::Open => Ok(Ending::Done(act.run(self).await?)),
            GateAnswer::Held { case, record } => {
                // Nobody is asked to approve what the caller may not do or the rules refuse today.
                act.rehearse(self).await?;
                self.entries.push(Pending {
                    name: "approval.request",
                    record: *record,
                    written: self.written(),
                });
                self.answer = Some(format!("{HELD}{case}"));
                Ok(Ending::Held { case })
            }
        }
    }

    /// What was written since the last entry.
    fn written(&self) -> Written {
        let notes = self.setting.notes.as_ref();
        notes.map(|notes| notes.drain()).unwrap_or_default()
    }

    /// Loads, asks for the right and decides; nothing is written.
    pub(crate) async fn rehearse<A: Act>(&mut self, act: &A) -> Result<(), Failure> {
        let facts = act.load(&mut Reader::new(self.tx, self.setting)).await?;
        self.spine.authorise(self.by, &act.needs(&facts))?;
        act.decide(&facts, self.setting.at)?;
        Ok(())
    }

    /// Loads, asks for the right, decides, writes, notes the proof, and goes on with the parts.
    pub(crate) async fn run<A: Act>(&mut self, act: &A) -> Result<A::Outcome, Failure> {
        let facts = act.load(&mut Reader::new(self.tx, self.setting)).await?;
        // The parts of a composite act stand under the authority of the whole.
        if self.depth == 0 {
            self.spine.authorise(self.by, &act.needs(&facts))?;
        }
        let outcome = act.decide(&facts, self.setting.at)?;
        let record = if A::RECORDS_WHAT_IT_WROTE {
            self.write(act, &facts, &outcome, None).await?;
            act.record(&facts, &outcome)
        } else {
            let record = act.record(&facts, &outcome);
            self.write(act, &facts, &outcome, Some(&record)).await?;
            debug_assert!(
                record.says_what(&act.record(&facts, &outcome)),
                "{}",
                A::NAME
            );
            record
        };
        self.entries.push(Pending {
            name: A::NAME,
            record,
            written: self.written(),
        });
        if self.depth == 0 {
            self.answer = Some(serde_json::to_string(&outcome)?);
        }
        if self.depth >= DEEPEST {
            return Err(Fault::new(format!("{} is composed too deeply", A::NAME)).into());
        }
        self.depth += 1;
        for part in act.then(&facts, &outcome) {
            part.run(self).await?;
        }
        self.depth -= 1;
        Ok(outcome)
    }

    /// Writes, and asks meanwhile where the chain ends that this record continues.
    async fn write<A: Act>(
        &mut self,
        act: &A,
        facts: &A::Facts,
        outcome: &A::Outcome,
        record: Option<&Record>,
    ) -> Result<(), Failure> {
        let asked = match (&self.foresight, record) {
            (Some(_), Some(record)) => Foresight::ask(self.tx, record).await?,
            _ => None,
        };
        let mut books = Writer::new(self.tx, self.setting);
        let writing = act
            .write(facts, outcome, &mut books)
            .instrument(tracing::debug_span!("write"));
        let (Some(asked), Some(foresight), Some(record)) = (asked, &mut self.foresight, record)
        else {
            return writing.await;
        };
        // Behind the first statement, so that the server answers while the next one comes.
        let (written, answer) = join(writing, asked).await;
        written?;
        foresight.keep(record, answer?);
        Ok(())
    }
}

impl Spine {
    /// Whether the caller holds the permission on the resource; the system always does.
    ///
    /// # Errors
    /// [`Denied`] with its reason.
    pub(crate) fn authorise(&self, by: &By, need: &access::Need) -> Result<(), Denied> {
        let Some(actor) = &by.actor else {
            return Ok(());
        };
        let decision = access::decide(&self.parts.policy, actor, need);
        if decision.allowed {
            return Ok(());
        }
        Err(Denied {
            permission: need.permission.to_string(),
            reason: decision.zh(),
            reason_en: decision.en(),
            remedy: decision.remedy(),
            known: decision.known,
        })
    }
}
