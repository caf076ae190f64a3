//! The same request twice is one effect and one answer 幂等.

use kernel::Refusal;
use sha2::{Digest, Sha256};

use crate::{Binds, Change, Failure, Fault, Select, Spine, Writer, binds};

/// The caller's name for one request (`Idempotency-Key`), 1..=128 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Takes a key as it came.
    ///
    /// # Errors
    /// [`Refusal`] when it is empty, too long or holds control characters.
    pub fn parse(text: &str) -> Result<IdempotencyKey, Refusal> {
        let text = text.trim_matches('"');
        let fits = (1..=128).contains(&text.len()) && text.chars().all(|c| !c.is_control());
        if fits {
            return Ok(IdempotencyKey(text.to_owned()));
        }
        Err(Refusal::invalid(
            "request.idempotency_key",
            "Idempotency-Key 应为 1 到 128 个字符",
            "Idempotency-Key must have 1 to 128 characters",
        ))
    }
}

/// How long an answer is kept: 48 hours, in milliseconds.
const KEPT_MILLIS: i64 = 48 * 3_600 * 1_000;

const CLAIM: Change = Change::new(
    "INSERT INTO idempotency (actor, request_key, request_hash, at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (actor, request_key) DO NOTHING",
);
const FIND: Select = Select::new(
    "SELECT request_hash, answer, entry FROM idempotency WHERE actor = $1 AND request_key = $2",
);
const ANSWER: Change = Change::new(
    "UPDATE idempotency SET answer = $3, entry = $4 WHERE actor = $1 AND request_key = $2",
);

const FORGET: &str = "DELETE FROM idempotency WHERE at < $1";

impl Spine {
    /// Forgets answers older than 48 hours.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn forget_old_answers(&self) -> Result<u64, Fault> {
        let before = self.now().plus_millis(-KEPT_MILLIS);
        let done = self.db().writer.run(FORGET, binds![before]).await?;
        Ok(done)
    }
}

/// What is known of a key.
pub(crate) enum Claim {
    /// Nobody used it; it is ours now, until rollback.
    Fresh,
    /// The same request was answered already.
    Answered {
        /// The stored outcome.
        answer: String,
        /// The evidence entry of the first time.
        entry: Option<i64>,
    },
}

/// Fingerprint of an act's name and body.
pub(crate) fn fingerprint(name: &str, body: &serde_json::Value) -> String {
    hex::encode(
        Sha256::new()
            .chain_update(name)
            .chain_update([0])
            .chain_update(body.to_string())
            .finalize(),
    )
}

/// Takes the key for this transaction. On PostgreSQL a second transaction with the same key waits
/// here until the first one ends.
pub(crate) async fn claim(
    books: &mut Writer<'_>,
    actor: &str,
    key: &IdempotencyKey,
    hash: &str,
) -> Result<Claim, Failure> {
    let at = books.at();
    if books.run(&CLAIM, binds![actor, &key.0, hash, at]).await? == 1 {
        return Ok(Claim::Fresh);
    }
    let row = books.first(&FIND, binds![actor, &key.0]).await?;
    let row = row.ok_or_else(|| Fault::new("an idempotency key vanished"))?;
    if row.get::<String>("request_hash")? != hash {
        return Err(Refusal::invalid(
            "request.key_reused",
            "同一个 Idempotency-Key 已用于另一个内容不同的请求",
            "This Idempotency-Key was used for a different request",
        )
        .remedy(("请刷新页面后重新提交", "Reload the page and send it again"))
        .into());
    }
    let answer: Option<String> = row.get("answer")?;
    let answer = answer.ok_or_else(|| Fault::new("an idempotency key without an answer"))?;
    Ok(Claim::Answered {
        answer,
        entry: row.get("entry")?,
    })
}

/// The statement that stores the answer beside the key.
pub(crate) fn answer(
    actor: &str,
    key: &IdempotencyKey,
    answer: &str,
    entry: Option<i64>,
) -> (String, Binds) {
    let binds = binds![actor, &key.0, answer, entry];
    (ANSWER.0.to_string(), binds)
}
