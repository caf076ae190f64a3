//! Those who watch the log from outside, and what they say of it 见证方.
//!
//! Each is shown the newest checkpoint and the proof that it continues what he signed last (C2SP
//! tlog-witness, `add-checkpoint`). His signature is checked before it is kept. A witness that
//! remembers more than the books hold, or that does not find his past in them, is the alarm that
//! the holder of the database cannot switch off.

mod trouble;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ::evidence::key::VerifierKey;
use ::evidence::note::Note;
use ::evidence::policy::{KeyLine, Policy};
use ::evidence::witness::AddCheckpoint;
use kernel::Moment;
use serde::Serialize;
use spine::{Cosignature, Fault, LogKey, StoredCheckpoint};
use utoipa::ToSchema;

use super::call;
use crate::config::Config;
use crate::house::House;

use trouble::Trouble;

/// What a witness is asked (C2SP tlog-witness).
const TAIL: &str = "/add-checkpoint";
/// A witness that takes longer is asked again later.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// A quiet log is shown once an hour all the same: silence must not look like health.
const QUIET_SECONDS: i64 = 3_600;
/// After an answer that was none, a witness is left alone for so long.
const PATIENCE_SECONDS: i64 = 60;

/// The witnesses of this house.
pub struct Witnesses {
    policy: Option<Policy>,
    /// How they are reached; nothing without a policy.
    line: Option<call::Line>,
    every_seconds: i64,
    late_seconds: i64,
    /// What each said last, as this server heard it.
    heard: Mutex<BTreeMap<String, Heard>>,
    /// One round at a time.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Clone, Debug)]
struct Heard {
    asked: Moment,
    trouble: Option<Trouble>,
}

/// How a witness stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Standing {
    /// What the policy calls him.
    name: String,
    /// His public key, for a verifier.
    key: String,
    /// Where he is reached; `null` when the policy does not say, and nobody asks him.
    url: Option<String>,
    /// Entries under the newest checkpoint he has signed.
    size: Option<u64>,
    /// When he signed it, by his own clock.
    #[schema(value_type = Option<String>, format = DateTime)]
    signed_at: Option<Moment>,
    /// Whether that is too long ago, or never was.
    late: bool,
    /// What is wrong, as this server heard it last; `null` when nothing is.
    trouble_zh: Option<String>,
    trouble_en: Option<String>,
    /// Whether what is wrong means that the log was rewritten or lost entries.
    broken: bool,
}

/// A witness that somebody has to look after.
pub(crate) struct Alarm {
    /// What the policy calls him.
    pub(crate) name: String,
    /// Since when: his last signature grew too old, or he contradicted; nothing when he never
    /// signed.
    pub(crate) since: Option<Moment>,
    /// Whether he remembers another log.
    pub(crate) broken: bool,
}

impl Standing {
    /// Whether somebody has to look after it.
    #[must_use]
    pub const fn alarms(&self) -> bool {
        self.late || self.broken
    }
}

impl Witnesses {
    /// Reads the policy file, if one is named.
    ///
    /// # Errors
    /// [`Fault`] naming the file and what is wrong with it.
    pub fn open(config: &Config) -> Result<Witnesses, Fault> {
        let policy = config.witnesses.as_deref().map(|path| {
            let broken =
                |error: &dyn std::fmt::Display| Fault::new(format!("{}: {error}", path.display()));
            let text = std::fs::read_to_string(path).map_err(|error| broken(&error))?;
            let policy: Policy = text.parse().map_err(|error| broken(&error))?;
            let mut addresses = Vec::new();
            for (name, line) in policy.witnesses() {
                if let Some(url) = &line.url {
                    let address = call::Address::of(url, TAIL);
                    addresses.push(address.map_err(|why| broken(&format!("{name}: {why}")))?);
                }
            }
            let line = call::Line::open(config.tls_roots.as_deref(), addresses.iter())?;
            Ok::<_, Fault>((policy, line))
        });
        let (policy, line) = policy.transpose()?.unzip();
        Ok(Witnesses {
            policy,
            line,
            every_seconds: config.witness_every_seconds,
            late_seconds: config.witness_late_minutes.saturating_mul(60),
            heard: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        })
    }

    fn known(&self) -> &[(String, KeyLine)] {
        self.policy.as_ref().map_or(&[], Policy::witnesses)
    }

    /// What this house believes of its own log: its key and these witnesses. A claim where it
    /// lies in a bundle.
    #[must_use]
    pub fn policy(&self, key: &LogKey) -> Policy {
        let own = key.public_text();
        let stated = self.policy.as_ref();
        if let Some(policy) = stated.filter(|policy| policy.trust(key.origin()).is_some()) {
            return policy.clone();
        }
        let rest = stated.map_or_else(|| "quorum none\n".to_owned(), ToString::to_string);
        let text = format!("log {own}\n{rest}");
        // The file was read when the house opened, and our key is one.
        text.parse().unwrap_or_else(|_| self.alone(key))
    }

    /// The log on its own word.
    fn alone(&self, key: &LogKey) -> Policy {
        let text = format!("log {}\nquorum none\n", key.public_text());
        match text.parse() {
            Ok(policy) => policy,
            Err(_) => unreachable!("a log signs with a key that can be written down"),
        }
    }

    /// Shows the newest checkpoint to every witness whose turn it is; to all of them when `now`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails; what a witness says is kept, not returned.
    pub async fn ask(&self, house: &House, now: bool) -> Result<(), Fault> {
        if self.known().iter().all(|(_, line)| line.url.is_none()) {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        let Some(newest) = house.spine.newest_checkpoint().await? else {
            return Ok(());
        };
        let at = house.spine.now();
        let mut rounds = Vec::new();
        for (name, line) in self.known() {
            let last = last_of(house, &line.key).await?;
            if now || self.is_due(name, last.as_ref(), newest.size, at) {
                rounds.push(self.show(house, name, line, last, &newest));
            }
        }
        futures_util::future::try_join_all(rounds).await?;
        Ok(())
    }

    fn is_due(&self, name: &str, last: Option<&Cosignature>, size: u64, at: Moment) -> bool {
        let heard = self.heard(name);
        let since = |then: Moment| at.unix_seconds() - then.unix_seconds();
        let waited = heard.as_ref().map_or(i64::MAX, |heard| since(heard.asked));
        if heard.is_some_and(|heard| heard.trouble.is_some()) {
            return waited >= PATIENCE_SECONDS.max(self.every_seconds);
        }
        let signed = last.map_or(i64::MAX, |last| at.unix_seconds() - signed(last));
        let grown = last.is_none_or(|last| last.size < size);
        waited >= self.every_seconds && (grown || signed.min(waited) >= QUIET_SECONDS)
    }

    fn heard(&self, name: &str) -> Option<Heard> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.get(name).cloned()
    }

    /// Shows it to one witness and keeps his answer.
    async fn show(
        &self,
        house: &House,
        name: &str,
        line: &KeyLine,
        last: Option<Cosignature>,
        newest: &StoredCheckpoint,
    ) -> Result<(), Fault> {
        let Some(url) = &line.url else {
            return Ok(());
        };
        let said = asked(house, (&self.line, url), &line.key, last, newest).await?;
        let asked = house.spine.now();
        let trouble = match said {
            Ok(kept) => {
                house.spine.keep_cosignature(&kept).await?;
                None
            }
            Err(trouble) => {
                tracing::warn!(witness = name, trouble = trouble.english(), "not cosigned");
                Some(trouble)
            }
        };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.insert(name.to_owned(), Heard { asked, trouble });
        Ok(())
    }

    /// How every witness stands now.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn standing(&self, house: &House) -> Result<Vec<Standing>, Fault> {
        let now = house.spine.now().unix_seconds();
        let mut standing = Vec::new();
        for (name, line) in self.known() {
            let last = last_of(house, &line.key).await?;
            let trouble = self.heard(name).and_then(|heard| heard.trouble);
            let age = last.as_ref().map(|last| now - signed(last));
            standing.push(Standing {
                name: name.clone(),
                key: line.key.to_string(),
                url: line.url.clone(),
                size: last.as_ref().map(|last| last.size),
                signed_at: last
                    .as_ref()
                    .map(|last| Moment(signed(last).saturating_mul(1_000))),
                late: age.is_none_or(|age| age > self.late_seconds),
                trouble_zh: trouble.as_ref().map(Trouble::chinese),
                trouble_en: trouble.as_ref().map(Trouble::english),
                broken: trouble.as_ref().is_some_and(Trouble::is_grave),
            });
        }
        Ok(standing)
    }
}

impl Witnesses {
    /// Those who are late or contradict the log. Nobody asks a witness without an address, so
    /// that one cannot be late.
    pub(crate) async fn alarms(&self, house: &House) -> Result<Vec<Alarm>, Fault> {
        let standing = self.standing(house).await?;
        let alarming = standing
            .into_iter()
            .filter(|one| one.broken || (one.late && one.url.is_some()));
        let alarm = |one: Standing| Alarm {
            since: match one.broken {
                true => self.heard(&one.name).map(|heard| heard.asked),
                false => one.signed_at.map(|at| at.plus_seconds(self.late_seconds)),
            },
            name: one.name,
            broken: one.broken,
        };
        Ok(alarming.map(alarm).collect())
    }
}

fn signed(last: &Cosignature) -> i64 {
    i64::try_from(last.seconds).unwrap_or(i64::MAX)
}

async fn last_of(house: &House, key: &VerifierKey) -> Result<Option<Cosignature>, Fault> {
    house.spine.last_cosignature(key.name(), key.id()).await
}

/// The dialogue with one witness: what he signed, or why he did not. A size that he remembers and
/// we do not is asked for once more.
async fn asked(
    house: &House,
    (outside, url): (&Option<call::Line>, &str),
    key: &VerifierKey,
    last: Option<Cosignature>,
    newest: &StoredCheckpoint,
) -> Result<Result<Cosignature, Trouble>, Fault> {
    let address = match call::Address::of(url, TAIL) {
        Ok(address) => address,
        Err(why) => return Ok(Err(Trouble::Unreachable(why))),
    };
    let mut old = last.map_or(0, |last| last.size);
    for _ in 0..2 {
        if old > newest.size {
            return Ok(Err(Trouble::Ahead {
                size: old,
                ours: newest.size,
            }));
        }
        let proof = match old {
            0 => Vec::new(),
            old if old == newest.size => Vec::new(),
            old => house.spine.consistency(old, newest.size).await?,
        };
        let request = AddCheckpoint {
            old,
            proof,
            checkpoint: newest.note.clone(),
        };
        let question = call::Question {
            body: request.to_string().into_bytes(),
            content_type: "text/plain; charset=utf-8",
            login: None,
            wait: LONGEST_WAIT,
        };
        let answer = match outside {
            Some(line) => line.post(&address, question).await,
            None => Err("no policy names a witness".to_owned()),
        };
        let (status, body) = match answer {
            Ok(answer) => answer,
            Err(why) => return Ok(Err(Trouble::Unreachable(why))),
        };
        // What is no text is no signature either.
        let body = String::from_utf8(body).unwrap_or_default();
        match status {
            200 => return Ok(checked(key, newest, &body)),
            409 => match body.trim_end().parse() {
                Ok(remembered) => old = remembered,
                Err(_) => break,
            },
            422 => return Ok(Err(Trouble::Contradiction { old })),
            _ => return Ok(Err(Trouble::Refused { status })),
        }
    }
    Ok(Err(Trouble::Refused { status: 409 }))
}

/// The signature of this witness among the lines he gave, when it holds.
fn checked(
    key: &VerifierKey,
    newest: &StoredCheckpoint,
    lines: &str,
) -> Result<Cosignature, Trouble> {
    let text = newest.note.rsplit_once("\n\n").map_or("", |(text, _)| text);
    let own = format!("— {} ", key.name());
    for line in lines.lines().filter(|line| line.starts_with(&own)) {
        let note: Option<Note> = format!("{text}\n\n{line}\n").parse().ok();
        let keys = std::slice::from_ref(key);
        let verified = note.and_then(|note| note.verify(keys).ok());
        if let Some(seen) = verified.and_then(|all| all.into_iter().next()) {
            return Ok(Cosignature {
                size: newest.size,
                name: seen.name,
                key_id: seen.key_id,
                seconds: seen.seconds,
                line: format!("{line}\n"),
            });
        }
    }
    Err(Trouble::BadSignature)
}
