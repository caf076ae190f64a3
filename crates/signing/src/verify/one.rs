//! One signature: its bytes, its revision, its certificate.

use std::ops::Range;

use kernel::Moment;

use super::{
    CertificateReport, Change, Claimed, Coverage, Level, SignatureKind, SignatureReport, State,
    byte_range, changes,
};
use crate::asn1::Reader;
use crate::certificate::{self, Certificate, NotTrusted, Purpose};
use crate::cms::{self, Broken};
use crate::pdf::file::{Found, Pdf};
use crate::pdf::object::{Dict, Object, readable};
use crate::pdf::tree::Field;
use crate::revocation::{self, Revocation};
use crate::time;
use crate::timestamp::{self, Stamp, Trust};
use crate::trouble::Outcome;
use crate::validation::ValidationData;

/// What is known of a signature before it is asked when it was made.
pub(super) struct Look {
    field: String,
    kind: SignatureKind,
    claimed: Claimed,
    /// The first reason why it does not stand.
    fault: Option<State>,
    certificate: Option<Certificate>,
    /// Other certificates and lists in its message.
    pool: Vec<Certificate>,
    lists: Vec<Vec<u8>>,
    stamp: Option<Stamp>,
    /// Certificates in the token of the stamp.
    clocks: Vec<Certificate>,
    end: usize,
    coverage: Coverage,
    later: Vec<Change>,
}

/// Where a signature stands in the file.
struct Place<'a> {
    ranges: [Range<usize>; 2],
    contents: &'a [u8],
}

pub(super) fn look(
    file: &Pdf<'_>,
    field: &Field,
    trust: &Trust,
    data: &ValidationData,
) -> Outcome<Look> {
    let reference = field.dict.reference("V");
    let found = reference.and_then(|id| file.locate(id).ok());
    let dict = found
        .as_ref()
        .and_then(|found| found.object.dict())
        .cloned();
    let dict = dict.unwrap_or_default();
    let is_stamp = dict.is("SubFilter", "ETSI.RFC3161");
    let mut look = Look {
        field: field.name.clone(),
        kind: if is_stamp {
            SignatureKind::DocumentTimestamp
        } else {
            SignatureKind::Signature
        },
        claimed: claimed(&dict),
        fault: None,
        certificate: None,
        pool: Vec::new(),
        lists: Vec::new(),
        stamp: None,
        clocks: Vec::new(),
        end: file.bytes.len(),
        coverage: Coverage::Nothing,
        later: Vec::new(),
    };
    let known = ["ETSI.CAdES.detached", "adbe.pkcs7.detached", "ETSI.RFC3161"];
    let place = found.as_ref().and_then(|found| place(file, found, &dict));
    let Some(place) = place.filter(|_| known.iter().any(|known| dict.is("SubFilter", known)))
    else {
        look.fault = Some(State::Malformed);
        return Ok(look);
    };
    let contents = hex::decode(place.contents).unwrap_or_default();
    if let Err(state) = look.judge_message(file.bytes, &place, &contents, trust, data) {
        look.fault = Some(state);
    }
    look.judge_revision(file, &place)?;
    Ok(look)
}

fn claimed(dict: &Dict) -> Claimed {
    let text = |key| match dict.get(key) {
        Some(Object::Text(bytes)) => readable(bytes).chars().take(500).collect(),
        _ => String::new(),
    };
    let at: String = text("M");
    Claimed {
        name: text("Name"),
        reason: text("Reason"),
        place: text("Location"),
        at: time::read_pdf(&at),
    }
}

/// The byte range must leave out exactly the contents of this very dictionary: whatever else it
/// left out could be changed without anybody noticing.
fn place<'a>(file: &Pdf<'a>, found: &Found, dict: &Dict) -> Option<Place<'a>> {
    let ranges = byte_range(dict, file.bytes.len())?;
    let gap = ranges[0].end..ranges[1].start;
    if gap.start < found.range.start || gap.end > found.range.end {
        return None;
    }
    let inside = file.bytes[gap].strip_prefix(b"<")?.strip_suffix(b">")?;
    let Some(Object::Text(contents)) = dict.get("Contents") else {
        return None;
    };
    let decoded = hex::decode(inside).ok()?;
    (decoded == *contents).then_some(Place {
        ranges,
        contents: inside,
    })
}

impl Look {
    /// The signature's own bytes, and its timestamp.
    fn judge_message(
        &mut self,
        bytes: &[u8],
        place: &Place<'_>,
        contents: &[u8],
        trust: &Trust,
        data: &ValidationData,
    ) -> Result<(), State> {
        let malformed = |_| State::Malformed;
        let mut reader = Reader(contents);
        let message = reader.next().map_err(malformed)?.whole;
        // What follows is the rest of the room: zeros, or a place to hide things.
        if reader.0.iter().any(|byte| *byte != 0) {
            return Err(State::Malformed);
        }
        let signed = cms::read(message).map_err(malformed)?;
        self.pool = signed.certificates.clone();
        self.pool.extend(
            data.certificates
                .iter()
                .flat_map(|der| Certificate::read(der)),
        );
        self.lists = signed.crls.iter().map(|list| list.to_vec()).collect();
        self.certificate = signed.signer().cloned();
        let parts = place.ranges.clone().map(|range| &bytes[range]);
        if self.kind == SignatureKind::DocumentTimestamp {
            let stamp = timestamp::check_token(message, &parts, None, trust, &self.pool);
            self.stamp = Some(stamp.map_err(|refusal| match refusal.code.as_str() {
                "signing.timestamp" => State::ChangedAfterSigning,
                _ => State::Malformed,
            })?);
            return Ok(());
        }
        if signed.content.is_some() {
            return Err(State::Malformed);
        }
        signed.check(&parts).map_err(|broken| match broken {
            Broken::Content => State::ChangedAfterSigning,
            Broken::Signature | Broken::Certificate => State::WrongSignature,
            Broken::Attributes => State::Malformed,
        })?;
        if let Some(token) = signed.token {
            let over = [signed.signature];
            self.clocks = cms::read(token).map_or(Vec::new(), |token| token.certificates);
            // A stamp that is wrong says nothing; the signature may still stand without.
            self.stamp = timestamp::check_token(token, &over, None, trust, &self.pool).ok();
        }
        Ok(())
    }

    /// What it covers, and what came later.
    fn judge_revision(&mut self, file: &Pdf<'_>, place: &Place<'_>) -> Outcome<()> {
        self.end = place.ranges[1].end;
        if self.end == file.bytes.len() {
            self.coverage = Coverage::WholeFile;
            return Ok(());
        }
        let Ok(revision) = Pdf::open(&file.bytes[..self.end]) else {
            self.fault.get_or_insert(State::Malformed);
            return Ok(());
        };
        self.coverage = Coverage::UpTo(self.end);
        self.later = changes::between(&revision, file)?;
        if !self.later.iter().all(Change::is_allowed) {
            self.fault.get_or_insert(State::ForbiddenAddition);
        }
        Ok(())
    }

    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Up to where this document timestamp proves that everything was there, and when.
    pub(super) fn proves(&self) -> Option<(usize, Moment)> {
        let stamp = self.stamp.as_ref()?;
        let good =
            self.kind == SignatureKind::DocumentTimestamp && self.fault.is_none() && stamp.trusted;
        good.then_some((self.end, stamp.at))
    }

    /// The verdict, given the document timestamps of the whole file.
    pub(super) fn report(
        self,
        trust: &Trust,
        data: &ValidationData,
        stamps: &[(usize, Moment)],
    ) -> SignatureReport {
        let own = self.stamp.as_ref().filter(|stamp| stamp.trusted);
        let later = stamps.iter().filter(|(end, _)| *end > self.end);
        let later: Vec<Moment> = later.map(|(_, at)| *at).collect();
        let proven = own
            .map(|stamp| stamp.at)
            .into_iter()
            .chain(later.clone())
            .min();
        let (purpose, anchors) = match self.kind {
            SignatureKind::Signature => (Purpose::Signing, &trust.anchors),
            SignatureKind::DocumentTimestamp => (Purpose::Timestamps, &trust.timestamp_anchors),
        };
        // Without a proven time the certificate must be good today.
        let at = proven.unwrap_or(trust.now);
        let mut revoked = Revocation::Unknown;
        let mut trusted = Err(NotTrusted::Unknown);
        if let Some(certificate) = &self.certificate {
            let chain = certificate::chain(certificate, &self.pool, anchors, at, purpose);
            if let Ok(chain) = &chain {
                revoked = self.revocation(chain, at, data);
            }
            trusted = chain.map(|_| ());
        }
        // A stamp from the future is no stamp, whoever made it.
        let is_stamp = self.kind == SignatureKind::DocumentTimestamp;
        if is_stamp && own.is_none() && trusted.is_ok() {
            trusted = Err(NotTrusted::NotValidThen);
        }
        let state = self.fault.unwrap_or(match (trusted, revoked) {
            (Err(NotTrusted::Unknown), _) => State::UnknownCertificate,
            (Err(NotTrusted::NotValidThen), _) => State::CertificateNotValidThen,
            (Err(NotTrusted::WrongPurpose), _) => State::CertificateForSomethingElse,
            // Revoked after a proven time of signing does no harm to what was signed before.
            (Ok(()), Revocation::Revoked(since)) if proven.is_none_or(|at| since <= at) => {
                State::Revoked
            }
            (Ok(()), _) => State::Valid,
        });
        let lasts = revoked == Revocation::Good
            && own.is_some_and(|stamp| self.is_clock_known(stamp, trust, data));
        let level = match (own.is_some(), lasts, later.is_empty()) {
            (true, true, false) => Level::LTA,
            (true, true, true) => Level::LT,
            (true, false, _) => Level::T,
            (false, ..) => Level::B,
        };
        SignatureReport {
            field: self.field,
            kind: self.kind,
            state,
            claimed: self.claimed,
            certificate: self.certificate.as_ref().map(|one| CertificateReport {
                holder: one.holder(),
                issuer: one.issuer(),
                fingerprint: one.fingerprint(),
                serial: one.serial(),
            }),
            timestamp: self.stamp,
            revocation: revoked,
            coverage: self.coverage,
            later: self.later,
            level,
        }
    }

    /// Whether the data at hand also vouches for the authority of the timestamp: it is believed by
    /// decree, or a list or answer says that it stood.
    fn is_clock_known(&self, stamp: &Stamp, trust: &Trust, data: &ValidationData) -> bool {
        let pool: Vec<Certificate> = self.clocks.iter().chain(&self.pool).cloned().collect();
        let anchors = &trust.timestamp_anchors;
        let mut all = pool.iter().chain(anchors);
        let clock = all.find(|one| one.fingerprint() == stamp.fingerprint);
        clock.is_some_and(|clock| {
            certificate::chain(clock, &pool, anchors, stamp.at, Purpose::Timestamps).is_ok_and(
                |chain| {
                    let said = self.revocation(&chain, stamp.at, data);
                    chain.len() == 1 || said == Revocation::Good
                },
            )
        })
    }

    /// The worst that is said of a certificate of the chain; the anchor is trusted by decree.
    fn revocation(&self, chain: &[Certificate], at: Moment, data: &ValidationData) -> Revocation {
        let lists: Vec<Vec<u8>> = data.lists.iter().chain(&self.lists).cloned().collect();
        let mut worst = Revocation::Good;
        for pair in chain.windows(2) {
            let [certificate, issuer] = pair else {
                continue;
            };
            match revocation::status(certificate, issuer, at, &lists, &data.answers) {
                Revocation::Revoked(since) => return Revocation::Revoked(since),
                Revocation::Unknown => worst = Revocation::Unknown,
                Revocation::Good => {}
            }
        }
        if chain.len() < 2 {
            Revocation::Unknown
        } else {
            worst
        }
    }
}
