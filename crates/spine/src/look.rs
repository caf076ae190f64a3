//! Reads that matter 查阅.

use std::collections::BTreeMap;

use access::Need;
use kernel::{AccessRecordId, Moment};

use crate::books::Setting;
use crate::link::Transaction;
use crate::{By, Denied, Failure, Fault, Reader, Select, Spine, binds};

/// One look into the books: a reading transaction and the right to what it finds.
pub struct Look<'s> {
    tx: Transaction,
    setting: Setting,
    spine: &'s Spine,
    by: &'s By,
}

/// An attempt that did not succeed, as it is kept for the security officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The caller lacked the right.
    Denied,
    /// The business said no.
    Refused,
    /// A read that matters succeeded.
    Seen,
}

impl Attempt {
    /// The word in the books.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Attempt::Denied => "denied",
            Attempt::Refused => "refused",
            Attempt::Seen => "seen",
        }
    }
}

impl Spine {
    /// Opens the books for reading on somebody's behalf.
    ///
    /// # Errors
    /// [`Fault`] when the database does not answer.
    pub async fn look<'s>(&'s self, by: &'s By) -> Result<Look<'s>, Fault> {
        self.catch_up().await;
        let setting = self.setting();
        let begin = setting.dialect.begin_read();
        let tx = self.parts.db.reader.begin(begin).await?;
        Ok(Look {
            tx,
            setting,
            spine: self,
            by,
        })
    }

    /// Keeps a failed attempt, outside the transaction that was rolled back.
    pub(crate) async fn note_attempt(&self, name: &str, by: &By, failure: &Failure) {
        let (attempt, reason) = match failure {
            Failure::Denied(denied) => (Attempt::Denied, denied.permission.clone()),
            Failure::Refused(refusal) => (Attempt::Refused, refusal.code.clone()),
            Failure::Fault(_) => return,
        };
        self.note(name, by, attempt, "", &reason).await;
    }

    async fn note(&self, name: &str, by: &By, attempt: Attempt, subject: &str, reason: &str) {
        let at = self.parts.clock.now();
        let mut dice = [0; 10];
        self.parts.chance.fill(&mut dice);
        let id = AccessRecordId::mint(at, dice);
        let values = binds![
            id,
            at,
            by.id(),
            &by.session,
            name,
            attempt.word(),
            subject,
            reason
        ];
        let written = self.parts.db.writer.run(NOTE, values).await;
        if let Err(error) = written {
            tracing::error!(%error, act = name, "an access record could not be written");
        }
    }
}

const SEEN: Select = Select::new(
    "SELECT subject, max(at) AS at FROM access_record \
     WHERE actor = $1 AND at > $2 AND act = $3 AND attempt = 'seen' GROUP BY subject",
);
const NOTE: &str = "INSERT INTO access_record \
                    (id, at, actor, session, act, attempt, subject, reason) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

impl Look<'_> {
    /// The books.
    pub fn books(&mut self) -> Reader<'_> {
        Reader::new(&mut self.tx, &self.setting)
    }

    /// Whether the caller holds the right; for choosing what to show. Nothing is recorded.
    #[must_use]
    pub fn may(&self, need: &Need) -> bool {
        self.spine.authorise(self.by, need).is_ok()
    }

    /// Asks for the right to what was found; a denial is recorded.
    ///
    /// # Errors
    /// [`Denied`] with its reason.
    pub async fn allow(&mut self, what: &str, need: &Need) -> Result<(), Denied> {
        let allowed = self.spine.authorise(self.by, need);
        if let Err(denied) = &allowed {
            let failure = Failure::Denied(denied.clone());
            self.spine.note_attempt(what, self.by, &failure).await;
        }
        allowed
    }

    /// Keeps that the caller was denied something, for a reason that no single right gives.
    pub async fn denied(&mut self, what: &str, permission: &str) {
        self.spine
            .note(what, self.by, Attempt::Denied, "", permission)
            .await;
    }

    /// What the caller has seen under this name since that moment: each thing once, with when he
    /// last saw it.
    ///
    /// # Errors
    /// [`Fault`] when the database does not answer.
    pub async fn seen_since(
        &mut self,
        what: &str,
        since: Moment,
    ) -> Result<BTreeMap<String, Moment>, Fault> {
        let values = binds![self.by.id(), since, what];
        let rows = self.books().all(&SEEN, values).await?;
        rows.iter()
            .map(|row| Ok((row.get("subject")?, row.get("at")?)))
            .collect()
    }

    /// Keeps that the caller has seen each of these, before he is shown them.
    pub async fn seen_all(&mut self, what: &str, subjects: &[String]) {
        for subject in subjects {
            self.seen(what, subject, "").await;
        }
    }

    /// Keeps that the caller has seen this.
    pub async fn seen(&mut self, what: &str, subject: &str, reason: &str) {
        self.spine
            .note(what, self.by, Attempt::Seen, subject, reason)
            .await;
    }
}
