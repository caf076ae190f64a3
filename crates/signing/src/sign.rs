//! Signs a PDF by adding to it, in steps that may lie far apart 签署.
//!
//! [`prepare`] adds everything but the signature and says what is to be signed; the key signs,
//! wherever it is; [`Prepared::finish`] checks the signature and puts it in (PAdES B-B);
//! [`Signed::stamped`] adds a trusted timestamp over it (B-T); [`crate::validation`] adds what is
//! needed to check it in ten years (B-LT); [`prepare_stamp`] stamps the whole document (B-LTA).
//! No byte that was there changes, so the signatures of those who signed before stay good.

use std::ops::Range;

use kernel::{Moment, Refusal};
use sha2::{Digest, Sha256};

use crate::algorithm::{Algorithm, Hash};
use crate::appearance::Appearance;
use crate::certificate::Certificate;
use crate::pdf::append::Update;
use crate::pdf::file::Pdf;
use crate::pdf::object::{Dict, Object};
use crate::pdf::{tree, write};
use crate::signer::ToSign;
use crate::timestamp::{self, Answer, Stamp, Trust};
use crate::trouble::Outcome;
use crate::{cms, form, oids, time};

/// Room for a timestamp with its chain, in bytes.
const TOKEN_ROOM: usize = 12 * 1024;
/// Width of the four numbers of a byte range.
const RANGE_WIDTH: usize = 40;
/// Longest name, reason or place, in characters.
const LONGEST_TEXT: usize = 500;

/// What is to be signed by whom.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// The signer's certificate first, then its issuers; the anchor may be left out.
    pub chain: &'a [Certificate],
    /// Name shown for the signer.
    pub name: String,
    /// Why he signs; may be empty.
    pub reason: String,
    /// Where; may be empty.
    pub place: String,
    /// When, by our clock. A claim: what proves a time is a timestamp.
    pub at: Moment,
    /// Whether room is left for a timestamp over the signature.
    pub timestamp: bool,
    /// What people see; nothing is seen without.
    pub appearance: Option<Appearance<'a>>,
}

/// A document with an empty place for one signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    bytes: Vec<u8>,
    /// From `<` to behind `>`.
    gap: Range<usize>,
    chain: Vec<Certificate>,
    algorithm: Algorithm,
    attributes: Vec<u8>,
}

/// A document with one more signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    prepared: Prepared,
    signature: Vec<u8>,
    document: Vec<u8>,
}

/// Adds a field, an appearance and an empty place for the signature.
///
/// # Errors
/// The PDF cannot be read without guessing, allows no more signatures, or the wish is wrong.
pub fn prepare(pdf: &[u8], wish: &Wish<'_>) -> Result<Prepared, Refusal> {
    let algorithm = first(wish.chain)?.key()?.algorithm()?;
    for text in [&wish.name, &wish.reason, &wish.place] {
        if text.chars().count() > LONGEST_TEXT {
            return Err(wrong_wish("姓名、理由或地点过长", "a text is too long"));
        }
    }
    let chain: usize = wish.chain.iter().map(|one| one.der().len()).sum();
    let room = 2048 + chain + if wish.timestamp { TOKEN_ROOM } else { 0 };
    let mut dict = Dict::default();
    dict.set("Type", Object::name("Sig"));
    dict.set("Filter", Object::name("Adobe.PPKLite"));
    dict.set("SubFilter", Object::name("ETSI.CAdES.detached"));
    dict.set("M", Object::text(&time::write_pdf(wish.at)));
    for (key, text) in [
        ("Name", &wish.name),
        ("Reason", &wish.reason),
        ("Location", &wish.place),
    ] {
        if !text.is_empty() {
            dict.set(key, Object::text(text));
        }
    }
    let (bytes, gap) = with_gap(pdf, &dict, room, wish.appearance.as_ref(), "Signature")?;
    Prepared::of(bytes, gap, wish.chain.to_vec(), algorithm)
}

/// The signer's own certificate.
fn first(chain: &[Certificate]) -> Outcome<&Certificate> {
    chain
        .first()
        .ok_or_else(|| wrong_wish("没有签名证书", "there is no certificate"))
}

fn wrong_wish(zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        "signing.wish",
        format!("无法签署：{zh}"),
        format!("Cannot sign: {en}"),
    )
}

/// The document with the field of a signature whose contents are zeros.
fn with_gap(
    pdf: &[u8],
    dict: &Dict,
    room: usize,
    appearance: Option<&Appearance<'_>>,
    name: &str,
) -> Outcome<(Vec<u8>, Range<usize>)> {
    let pdf = Pdf::open(pdf)?;
    refuse_if_closed(&pdf)?;
    let pages = tree::pages(&pdf)?;
    let wanted = appearance.map_or(0, |appearance| appearance.page);
    let page = *pages
        .get(wanted)
        .ok_or_else(|| wrong_wish("页码超出范围", "there is no such page"))?;
    let mut update = Update::of(&pdf);
    let seen = match appearance {
        Some(appearance) => Some(appearance.draw(&mut update)?),
        None => None,
    };
    let body = body_with_gap(dict, room);
    let value = update.reserve();
    update.put(value, body.bytes);
    let name = form::free_name(&pdf, name)?;
    let field = update.add(write::body(&form::field(&name, page, value, seen)));
    form::place(&pdf, &mut update, page, field)?;
    let appended = update.finish()?;
    let mut bytes = appended.bytes;
    let at = appended.bodies.get(&value.number).copied().unwrap_or(0);
    let gap = at + body.gap.start..at + body.gap.end;
    let range = at + body.range;
    let after = bytes.len() - gap.end;
    let text = format!("0 {} {} {after}", gap.start, gap.end);
    bytes[range..range + text.len()].copy_from_slice(text.as_bytes());
    Ok((bytes, gap))
}

struct Body {
    bytes: Vec<u8>,
    range: usize,
    gap: Range<usize>,
}

/// The signature dictionary with blanks for the byte range and zeros for the contents.
fn body_with_gap(dict: &Dict, room: usize) -> Body {
    let mut bytes = b"<</ByteRange [".to_vec();
    let range = bytes.len();
    bytes.extend([b' '; RANGE_WIDTH]);
    bytes.extend(b"]/Contents ");
    let from = bytes.len();
    bytes.push(b'<');
    bytes.extend(std::iter::repeat_n(b'0', room * 2));
    bytes.push(b'>');
    let gap = from..bytes.len();
    let rest = write::body(dict);
    bytes.extend(&rest[2..]);
    Body { bytes, range, gap }
}

/// A certifying signature (DocMDP) may forbid every change that follows.
fn refuse_if_closed(pdf: &Pdf<'_>) -> Outcome<()> {
    if crate::verify::permission(pdf)? == Some(1) {
        return Err(Refusal::conflict(
            "signing.document_closed",
            "文件已被认证签名锁定，不允许再签署",
            "A certifying signature allows no more signatures",
        )
        .remedy((
            "请向对方索取未锁定的文件，或另行签署一份附件",
            "Ask the other side for a file that is not locked, or sign an annex apart",
        )));
    }
    Ok(())
}

fn digest(bytes: &[u8], gap: &Range<usize>) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(&bytes[..gap.start]);
    hash.update(&bytes[gap.end..]);
    hash.finalize().into()
}

/// Writes the contents in hex; what is left of the room stays zero.
fn fill(bytes: &mut [u8], gap: &Range<usize>, contents: &[u8]) -> Outcome<()> {
    let text = hex::encode(contents);
    if text.len() + 2 > gap.len() {
        return Err(wrong_wish(
            "签名数据超出预留空间",
            "the signature is larger than its room",
        )
        .remedy((
            "请缩短证书链，或更换时间戳机构",
            "Use a shorter chain of certificates, or another timestamp authority",
        )));
    }
    let from = gap.start + 1;
    bytes[from..from + text.len()].copy_from_slice(text.as_bytes());
    Ok(())
}

impl Prepared {
    fn of(
        bytes: Vec<u8>,
        gap: Range<usize>,
        chain: Vec<Certificate>,
        algorithm: Algorithm,
    ) -> Outcome<Prepared> {
        let own = first(&chain)?.der();
        let attributes = cms::attributes(oids::DATA, &digest(&bytes, &gap), own);
        Ok(Prepared {
            bytes,
            gap,
            chain,
            algorithm,
            attributes,
        })
    }

    /// The bytes to keep until the signature is there. With the chain they are all that
    /// [`Prepared::resume`] needs.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Goes on with a document that was prepared before, perhaps by another process.
    ///
    /// # Errors
    /// The bytes have no empty place for a signature.
    pub fn resume(bytes: Vec<u8>, chain: Vec<Certificate>) -> Result<Prepared, Refusal> {
        let nothing = || wrong_wish("文件没有待签的位置", "the document has no place to sign");
        let algorithm = first(&chain)?.key()?.algorithm()?;
        let gap = empty_gap(&bytes)?.ok_or_else(nothing)?;
        Prepared::of(bytes, gap, chain, algorithm)
    }

    /// SHA-256 of the document as this signer sees it: everything but his own signature.
    #[must_use]
    pub fn document_digest(&self) -> [u8; 32] {
        digest(&self.bytes, &self.gap)
    }

    /// What the key is asked.
    #[must_use]
    pub fn to_sign(&self) -> ToSign {
        ToSign {
            algorithm: self.algorithm,
            digest: Sha256::digest(&self.attributes).into(),
            message: self.attributes.clone(),
        }
    }

    /// Puts the signature in. It is checked first: a document with a bad signature never exists.
    ///
    /// # Errors
    /// The signature is not by the key of the certificate over [`Prepared::to_sign`].
    pub fn finish(self, signature: &[u8]) -> Result<Signed, Refusal> {
        let what = self.to_sign();
        let good = self.chain.first().is_some_and(|first| {
            first
                .key()
                .is_ok_and(|key| key.verify(Hash::Sha256, &what.digest, signature))
        });
        if !good {
            return Err(Refusal::invalid(
                "signing.signature_of_another_key",
                "签名与证书不匹配，文件未签署",
                "The signature does not fit the certificate; nothing was signed",
            )
            .remedy((
                "请确认使用的是该证书对应的密钥，然后重新签署",
                "Make sure the key belongs to the certificate, then sign again",
            )));
        }
        let document = self.with_signature(signature, None)?;
        Ok(Signed {
            prepared: self,
            signature: signature.to_vec(),
            document,
        })
    }

    fn with_signature(&self, signature: &[u8], token: Option<&[u8]>) -> Outcome<Vec<u8>> {
        let message = cms::Message {
            kind: oids::DATA,
            content: None,
            signer: first(&self.chain)?,
            certificates: &self.chain,
            algorithm: self.algorithm,
            attributes: &self.attributes,
            signature,
            token,
        };
        let mut bytes = self.bytes.clone();
        fill(&mut bytes, &self.gap, &cms::write(&message)?)?;
        Ok(bytes)
    }
}

/// The gap of the signature field whose contents are still zeros.
fn empty_gap(bytes: &[u8]) -> Outcome<Option<Range<usize>>> {
    let pdf = Pdf::open(bytes)?;
    for field in tree::signature_fields(&pdf)? {
        let value = pdf.dict(field.dict.get("V"))?.unwrap_or_default();
        let empty = match value.get("Contents") {
            Some(Object::Text(contents)) => contents.iter().all(|byte| *byte == 0),
            _ => false,
        };
        if empty && let Some([before, after]) = crate::verify::byte_range(&value, bytes.len()) {
            return Ok(Some(before.end..after.start));
        }
    }
    Ok(None)
}

impl Signed {
    /// The document, PAdES B-B.
    #[must_use]
    pub fn document(&self) -> &[u8] {
        &self.document
    }

    /// The query for a timestamp over this signature.
    #[must_use]
    pub fn query(&self, nonce: [u8; 8]) -> Vec<u8> {
        timestamp::query(&self.signature, nonce)
    }

    /// The document with the timestamp, PAdES B-T, and what the stamp says.
    ///
    /// # Errors
    /// The stamp is not over this signature, not by a trusted authority, or too large.
    pub fn stamped(
        &self,
        answer: &Answer,
        nonce: [u8; 8],
        trust: &Trust,
    ) -> Result<(Vec<u8>, Stamp), Refusal> {
        let stamp = answer.check(&self.signature, Some(nonce), trust)?;
        believed(&stamp)?;
        let token = Some(answer.token());
        Ok((self.prepared.with_signature(&self.signature, token)?, stamp))
    }
}

/// A stamp that nobody believes must not get into a document that cannot be changed again.
fn believed(stamp: &Stamp) -> Outcome<()> {
    if stamp.trusted {
        return Ok(());
    }
    Err(Refusal::invalid(
        "signing.timestamp_unknown",
        format!(
            "时间戳机构「{}」不在受信任名单中，或时间在未来",
            stamp.authority
        ),
        "The timestamp's authority is not trusted, or its time is in the future",
    )
    .remedy((
        "请核对时间戳机构的证书，由管理员加入受信任名单后重试",
        "Check the certificate of the timestamp authority; an administrator adds it to those \
         trusted, then try again",
    )))
}

/// A document with an empty place for a timestamp over all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedStamp {
    bytes: Vec<u8>,
    gap: Range<usize>,
}

/// Adds an empty place for a timestamp over the whole document (PAdES B-LTA).
///
/// # Errors
/// As [`prepare`].
pub fn prepare_stamp(pdf: &[u8]) -> Result<PreparedStamp, Refusal> {
    let mut dict = Dict::default();
    dict.set("Type", Object::name("DocTimeStamp"));
    dict.set("Filter", Object::name("Adobe.PPKLite"));
    dict.set("SubFilter", Object::name("ETSI.RFC3161"));
    let (bytes, gap) = with_gap(pdf, &dict, TOKEN_ROOM, None, "Timestamp")?;
    Ok(PreparedStamp { bytes, gap })
}

impl PreparedStamp {
    /// The query.
    #[must_use]
    pub fn query(&self, nonce: [u8; 8]) -> Vec<u8> {
        timestamp::query_for(&digest(&self.bytes, &self.gap), nonce)
    }

    /// The stamped document.
    ///
    /// # Errors
    /// The stamp is not over this document, not by a trusted authority, or too large.
    pub fn finish(
        self,
        answer: &Answer,
        nonce: [u8; 8],
        trust: &Trust,
    ) -> Result<(Vec<u8>, Stamp), Refusal> {
        let parts = [&self.bytes[..self.gap.start], &self.bytes[self.gap.end..]];
        let stamp = timestamp::check_token(answer.token(), &parts, Some(nonce), trust, &[])?;
        believed(&stamp)?;
        let mut bytes = self.bytes;
        fill(&mut bytes, &self.gap, answer.token())?;
        Ok((bytes, stamp))
    }
}

/// What a key is asked for a detached signature over any bytes (`.p7s`), as for the manifest of an
/// evidence bundle.
///
/// # Errors
/// The chain is empty or its key signs in a way we do not.
pub fn detached_to_sign(content: &[u8], chain: &[Certificate]) -> Result<ToSign, Refusal> {
    let first = first(chain)?;
    let message = cms::attributes(oids::DATA, &Sha256::digest(content), first.der());
    Ok(ToSign {
        algorithm: first.key()?.algorithm()?,
        digest: Sha256::digest(&message).into(),
        message,
    })
}

/// The detached message in DER, as `openssl cms -verify -binary -inform DER` reads it.
///
/// # Errors
/// The chain is empty.
pub fn detached_finish(
    what: &ToSign,
    chain: &[Certificate],
    signature: &[u8],
) -> Result<Vec<u8>, Refusal> {
    cms::write(&cms::Message {
        kind: oids::DATA,
        content: None,
        signer: first(chain)?,
        certificates: chain,
        algorithm: what.algorithm,
        attributes: &what.message,
        signature,
        token: None,
    })
}
