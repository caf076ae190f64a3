//! A timestamp authority says when the log stood where it stands 可信时间戳.
//!
//! The digest of the newest checkpoint goes to the authority (RFC 3161), its token comes back and
//! is kept once it holds: the authority's signature, our digest, our nonce, a certificate for
//! timestamps alone that leads to one we were told to believe. From then on nobody, whoever holds
//! the log's key, can have written those entries later or rewritten them. A site without a line to
//! the world carries question (`.tsq`) and answer (`.tsr`) by hand.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ::signing::certificate::Certificate;
use ::signing::timestamp::{Answer, Stamp, Trust, query};
use ::signing::validation::read_lists;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::{Moment, Refusal};
use serde::Serialize;
use spine::{
    Chance as _, Failure, Fault, StampQuery, StampedCheckpoint, StoredCheckpoint, SystemChance,
};
use utoipa::ToSchema;

use super::call;
use crate::config::Config;
use crate::house::House;

/// After an answer that was none, an authority is left alone for so long.
const PATIENCE_SECONDS: i64 = 300;

/// Whom this house asks what time it is, and whom it believes.
pub struct Stamps {
    anchors: Vec<Certificate>,
    /// Where the authorities' revocation lists lie.
    lists: Option<PathBuf>,
    service: Option<Service>,
    every_seconds: i64,
    late_seconds: i64,
    /// What came of the last question, as this server knows it.
    heard: Mutex<Option<(Moment, Option<Refusal>)>>,
}

struct Service {
    url: String,
    address: call::Address,
    line: call::Line,
    login: Option<String>,
    wait: Duration,
}

/// A token that holds, with the response it came in.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// The response (`.tsr`).
    pub(crate) answer: Vec<u8>,
    pub(crate) stamp: Stamp,
}

/// How the anchoring by timestamps stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockStanding {
    /// Whether certificates of authorities are configured, so that stamps can be checked.
    known: bool,
    /// Where an authority is asked; `null` when question and answer are carried by hand.
    url: Option<String>,
    /// Whom this house believes: names on the configured certificates.
    authorities: Vec<String>,
    /// The newest stamped checkpoints, the newest first.
    stamps: Vec<StampLine>,
    /// Signed entries that no stamp covers yet.
    waiting: u64,
    /// Whether some of them have waited too long.
    late: bool,
    /// What is wrong, as this server heard it last; `null` when nothing is.
    trouble_zh: Option<String>,
    trouble_en: Option<String>,
}

/// One stamped checkpoint.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StampLine {
    /// Entries under it.
    size: u64,
    /// By the authority's clock.
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    authority: String,
    serial: String,
    /// Whether somebody carried question and answer.
    by_hand: bool,
}

fn unreachable(url: &str, why: &str) -> Refusal {
    Refusal::conflict(
        "timestamp.unreachable",
        format!("时间戳机构 {url} 未答复：{why}"),
        format!("The timestamp authority {url} did not answer: {why}"),
    )
    .remedy((
        "请检查网络与 tsa_url；也可用「生成请求文件」离线办理",
        "Check the network and tsa_url; or use the request file, offline",
    ))
}

fn nobody() -> Refusal {
    Refusal::conflict(
        "timestamp.nobody",
        "尚未配置时间戳机构的证书（tsa_certificates）",
        "No certificates of timestamp authorities are configured (tsa_certificates)",
    )
    .remedy((
        "请系统管理员在 baton.toml 中填写 tsa_certificates 后重启",
        "Let the system administrator set tsa_certificates in baton.toml and restart",
    ))
}

fn unknown(stamp: &Stamp) -> Refusal {
    Refusal::conflict(
        "timestamp.unknown",
        format!(
            "时间戳由「{}」签发，不在信任的证书之列，或其时间晚于本机时间，未采用",
            stamp.authority
        ),
        format!(
            "The timestamp is by “{}”, which is not believed here, or from the future",
            stamp.authority
        ),
    )
    .remedy((
        "请核对 tsa_certificates 与服务器时钟",
        "Check tsa_certificates and the clock of the server",
    ))
}

impl Stamps {
    /// Reads the certificates, if any are named.
    ///
    /// # Errors
    /// [`Fault`] naming the file or the address and what is wrong with it.
    pub fn open(config: &Config) -> Result<Stamps, Fault> {
        let mut anchors = Vec::new();
        if let Some(path) = &config.tsa_certificates {
            let broken =
                |error: &dyn std::fmt::Display| Fault::new(format!("{}: {error}", path.display()));
            let bytes = std::fs::read(path).map_err(|error| broken(&error))?;
            anchors = Certificate::read_all(&bytes).map_err(|no| broken(&no.message))?;
            if anchors.is_empty() {
                return Err(broken(&"文件中没有证书 no certificates"));
            }
        }
        let service = config.tsa_url.as_ref().map(|url| {
            let address = call::Address::of(url, "");
            let address = address.map_err(|why| Fault::new(format!("tsa_url: {why}")))?;
            let roots = config.tls_roots.as_deref();
            let login = config.tsa_user.as_ref().zip(config.tsa_password.as_ref());
            let login = login.map(|(user, password)| {
                let both = STANDARD.encode(format!("{user}:{password}"));
                format!("Basic {both}")
            });
            Ok::<_, Fault>(Service {
                url: url.clone(),
                line: call::Line::open(roots, std::iter::once(&address))?,
                address,
                login,
                wait: Duration::from_secs(u64::try_from(config.tsa_timeout_seconds).unwrap_or(10)),
            })
        });
        let stamps = Stamps {
            anchors,
            lists: config.tsa_revocation_lists.clone(),
            service: service.transpose()?,
            every_seconds: config.tsa_every_minutes.saturating_mul(60),
            late_seconds: config.tsa_late_minutes.saturating_mul(60),
            heard: Mutex::default(),
        };
        // A slip of the pen is noticed at the start, not at the first signature.
        stamps.revocation_lists()?;
        Ok(stamps)
    }

    /// Whether an authority can be asked over the network.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.service.is_some()
    }

    /// The certificates that are believed.
    pub(crate) fn anchors(&self) -> &[Certificate] {
        &self.anchors
    }

    /// The revocation lists of who issued the authorities' certificates, as they lie there now;
    /// none where no file is named.
    ///
    /// # Errors
    /// [`Fault`] naming the file and what is wrong with it.
    pub(crate) fn revocation_lists(&self) -> Result<Vec<Vec<u8>>, Fault> {
        let Some(path) = &self.lists else {
            return Ok(Vec::new());
        };
        let broken =
            |error: &dyn std::fmt::Display| Fault::new(format!("{}: {error}", path.display()));
        let bytes = std::fs::read(path).map_err(|error| broken(&error))?;
        read_lists(&bytes).map_err(|no| broken(&no.message))
    }

    /// Whom to believe, at this moment.
    pub(crate) fn trust(&self, now: Moment) -> Trust {
        Trust {
            anchors: Vec::new(),
            timestamp_anchors: self.anchors.clone(),
            now,
        }
    }

    /// True randomness for a nonce, whatever a house under test rolls with. The first bit is clear:
    /// some authorities read a signed number.
    pub(crate) fn nonce() -> [u8; 8] {
        let mut nonce = [0; 8];
        SystemChance.fill(&mut nonce);
        nonce[0] = nonce[0] & 0x7f | 0x40;
        nonce
    }

    /// Sends a query (`.tsq`); the response (`.tsr`), unexamined.
    ///
    /// # Errors
    /// There is nobody to ask, or no answer.
    pub(crate) async fn ask(&self, query: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let service = self.service.as_ref().ok_or_else(nobody)?;
        let question = call::Question {
            body: query,
            content_type: "application/timestamp-query",
            login: service.login.clone(),
            wait: service.wait,
        };
        let answer = service.line.post(&service.address, question).await;
        match answer {
            Ok((200, bytes)) => Ok(bytes),
            Ok((status, _)) => Err(unreachable(&service.url, &format!("HTTP {status}"))),
            Err(why) => Err(unreachable(&service.url, &why)),
        }
    }

    /// A token over this content that holds.
    ///
    /// # Errors
    /// No answer, or one that is not believed.
    pub(crate) async fn over(&self, content: &[u8], now: Moment) -> Result<Token, Refusal> {
        let nonce = Stamps::nonce();
        let answer = self.ask(query(content, nonce)).await?;
        self.checked(answer, content, nonce, now)
    }

    fn checked(
        &self,
        answer: Vec<u8>,
        content: &[u8],
        nonce: [u8; 8],
        now: Moment,
    ) -> Result<Token, Refusal> {
        if self.anchors.is_empty() {
            return Err(nobody());
        }
        let stamp = Answer::read(&answer)?.check(content, Some(nonce), &self.trust(now))?;
        if stamp.trusted {
            Ok(Token { answer, stamp })
        } else {
            Err(unknown(&stamp))
        }
    }

    /// Remembers what came of a question, for those who look.
    pub(crate) fn hear<T>(&self, at: Moment, said: &Result<T, Refusal>) {
        let trouble = said.as_ref().err().cloned();
        if let Some(no) = &trouble {
            tracing::warn!(code = no.code, trouble = no.message_en, "no timestamp");
        }
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        *heard = Some((at, trouble));
    }

    fn heard(&self) -> Option<(Moment, Option<Refusal>)> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.clone()
    }

    /// Whether the log grew and the last stamp is old enough for another one.
    pub(crate) async fn is_due(&self, house: &House) -> Result<bool, Fault> {
        if !self.is_asked() {
            return Ok(false);
        }
        let now = house.spine.now().unix_seconds();
        let since = |then: Moment| now - then.unix_seconds();
        if let Some((asked, Some(_))) = self.heard()
            && since(asked) < PATIENCE_SECONDS
        {
            return Ok(false);
        }
        let last = house.spine.newest_stamps(1).await?;
        let last = last.first();
        let newest = house.spine.newest_checkpoint().await?;
        let grown = newest.is_some_and(|newest| last.is_none_or(|last| last.size < newest.size));
        Ok(grown && last.is_none_or(|last| since(last.at) >= self.every_seconds))
    }

    /// The checkpoint to be stamped next: the newest that a witness has signed, so that one file
    /// holds both, else the newest; none when it bears a stamp already.
    async fn next(&self, house: &House) -> Result<Option<StoredCheckpoint>, Fault> {
        let last = house.spine.newest_stamps(1).await?;
        let over = last.first().map_or(0, |last| last.size);
        if let Some(size) = house.spine.witnessed_size().await?.filter(|s| *s > over) {
            return house.spine.checkpoint_over(size).await;
        }
        let newest = house.spine.newest_checkpoint().await?;
        Ok(newest.filter(|newest| newest.size > over))
    }

    /// Has the next checkpoint stamped; nothing when all that is signed is stamped.
    ///
    /// # Errors
    /// [`Failure`] when nobody answers, the answer is not believed, or the database fails.
    pub(crate) async fn stamp(&self, house: &House) -> Result<Option<StampedCheckpoint>, Failure> {
        let Some(next) = self.next(house).await? else {
            return Ok(None);
        };
        let now = house.spine.now();
        let said = self.over(next.note.as_bytes(), now).await;
        self.hear(now, &said);
        let kept = kept(said?, next.size, next.note, false);
        house.spine.keep_stamp(&kept).await?;
        Ok(Some(kept))
    }

    /// A question to be carried by hand, over the next checkpoint; its file name and its bytes.
    ///
    /// # Errors
    /// [`Failure`] when nobody's answer would be believed, there is nothing to stamp, or the
    /// database fails.
    pub(crate) async fn question(&self, house: &House) -> Result<(String, Vec<u8>), Failure> {
        if self.anchors.is_empty() {
            return Err(nobody().into());
        }
        let next = self.next(house).await?;
        let next = next.ok_or_else(|| {
            Refusal::conflict(
                "timestamp.nothing",
                "已签名的存证都已有时间戳，暂无需办理",
                "Everything that is signed bears a timestamp already",
            )
            .remedy((
                "日志有新的条目后再试",
                "Try again when the log has new entries",
            ))
        })?;
        let nonce = Stamps::nonce();
        let bytes = query(next.note.as_bytes(), nonce);
        let name = format!("baton-{}-{}.tsq", next.size, hex::encode(&nonce[..4]));
        let asked = StampQuery {
            nonce,
            size: next.size,
            note: next.note,
        };
        house.spine.keep_stamp_query(&asked).await?;
        Ok((name, bytes))
    }

    /// An answer that was carried here: checked against the questions that wait, and kept.
    ///
    /// # Errors
    /// [`Failure`] when it is none, fits no question, or is not believed.
    pub(crate) async fn answered(
        &self,
        house: &House,
        answer: Vec<u8>,
    ) -> Result<StampedCheckpoint, Failure> {
        Answer::read(&answer)?;
        let now = house.spine.now();
        let mut last = None;
        for asked in house.spine.stamp_queries().await? {
            match self.checked(answer.clone(), asked.note.as_bytes(), asked.nonce, now) {
                Ok(token) => {
                    let kept = kept(token, asked.size, asked.note, true);
                    house.spine.keep_stamp(&kept).await?;
                    return Ok(kept);
                }
                // Another question's digest: the usual case, and no reason yet.
                Err(no) if no.code == "signing.timestamp" => last = last.or(Some(no)),
                Err(no) => return Err(no.into()),
            }
        }
        tracing::warn!(why = ?last.map(|no| no.message_en), "a timestamp fits no question");
        Err(Refusal::invalid(
            "timestamp.no_question",
            "该应答文件不对应本系统生成的任何请求文件，未采用",
            "The response answers no question of this house",
        )
        .remedy((
            "请上传与请求文件（.tsq）对应的应答文件（.tsr）；请求文件请由本页生成",
            "Upload the response (.tsr) to the request file (.tsq), which this page makes",
        ))
        .into())
    }

    /// How it stands now.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn standing(&self, house: &House) -> Result<ClockStanding, Fault> {
        let stamps = house.spine.newest_stamps(10).await?;
        let over = stamps.first().map_or(0, |last| last.size);
        let newest = house.spine.newest_checkpoint().await?;
        let trouble = self.heard().and_then(|(_, trouble)| trouble);
        Ok(ClockStanding {
            known: !self.anchors.is_empty(),
            url: self.service.as_ref().map(|service| service.url.clone()),
            authorities: self.anchors.iter().map(Certificate::holder).collect(),
            waiting: newest.map_or(0, |newest| newest.size.saturating_sub(over)),
            late: self.late_since(house).await?.is_some(),
            stamps: stamps.into_iter().map(line).collect(),
            trouble_zh: trouble.as_ref().map(|no| no.message.clone()),
            trouble_en: trouble.map(|no| no.message_en),
        })
    }

    /// Since when signed entries have waited too long for a stamp; never where none are wanted.
    pub(crate) async fn late_since(&self, house: &House) -> Result<Option<Moment>, Fault> {
        if self.anchors.is_empty() {
            return Ok(None);
        }
        let last = house.spine.newest_stamps(1).await?;
        let over = last.first().map_or(0, |last| last.size);
        // What is signed and not stamped, the oldest of it.
        let first = house.spine.checkpoint_over(over + 1).await?;
        let since = first.map(|first| match over {
            // Nothing was stamped yet: the authority may have been configured a minute ago.
            0 => first.signed_at.max(house.heartbeat.started()),
            _ => first.signed_at,
        });
        let now = house.spine.now();
        Ok(since.filter(|since| now >= since.plus_seconds(self.late_seconds)))
    }
}

fn kept(token: Token, size: u64, note: String, by_hand: bool) -> StampedCheckpoint {
    let Token { answer, stamp } = token;
    StampedCheckpoint {
        size,
        note,
        answer,
        at: stamp.at,
        authority: stamp.authority,
        fingerprint: stamp.fingerprint,
        serial: stamp.serial,
        by_hand,
    }
}

fn line(kept: StampedCheckpoint) -> StampLine {
    StampLine {
        size: kept.size,
        at: kept.at,
        authority: kept.authority,
        serial: kept.serial,
        by_hand: kept.by_hand,
    }
}
