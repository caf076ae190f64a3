//! Ceremonies as they travel to the browser 签署视图.

use std::collections::BTreeMap;

use ::signing::ceremony::record::{Deed, Proof, Seat, Standing};
use kernel::{DocumentId, EmployeeId, Moment, SigningId, SigningKeyId};
use serde::Serialize;
use spine::{Fault, Reader};
use utoipa::ToSchema;

use super::found::Found;
use super::making::Drawn;
use super::seats::{level_words, role_words, standing_words};
use super::store::{self, FileLine, Head, KeyLine, SeatLine};
use crate::document::store as documents;
use crate::people::PersonName;
use crate::people::store as people;
use crate::word;

pub(super) type Names = BTreeMap<EmployeeId, (String, String)>;

/// How the signing of a document stands, in a line.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct SigningBrief {
    #[schema(value_type = String)]
    id: SigningId,
    /// `open`, `complete`, `refused`, `expired`, `withdrawn`
    standing: String,
    zh: String,
    en: String,
    /// How many have signed.
    signed: usize,
    /// How many there are to sign.
    seats: usize,
    /// Whose turn it is.
    next: Vec<String>,
    /// Whether signatures are inside the document.
    inside: bool,
}

/// The newest signing of each of these documents.
pub(crate) async fn briefs(
    books: &mut Reader<'_>,
    documents: &[DocumentId],
) -> Result<BTreeMap<DocumentId, SigningBrief>, Fault> {
    let heads = store::of_departure(books, documents).await?;
    let ids: Vec<SigningId> = heads.iter().map(|head| head.id).collect();
    let seats = store::seats_of(books, &ids).await?;
    let names = people::names_of(books, parties(&heads)).await?;
    // Oldest first: the newest of a document stays.
    let each = heads.into_iter().map(|head| {
        let lines = seats.get(&head.id).map_or(&[][..], Vec::as_slice);
        (head.document, SigningBrief::of(&head, lines, &names))
    });
    Ok(each.collect())
}

/// Everybody who has a seat or asked.
pub(super) fn parties(heads: &[Head]) -> Vec<EmployeeId> {
    let seats = heads.iter().flat_map(|head| &head.terms.seats);
    let seats = seats.filter_map(|seat| seat.party.parse().ok());
    let asked = heads
        .iter()
        .filter_map(|head| head.requested_by.parse().ok());
    seats.chain(asked).collect()
}

fn party_name(seat: &Seat, names: &Names) -> String {
    let person: Option<EmployeeId> = seat.party.parse().ok();
    let name = PersonName::among(names, person).map(|one| one.name);
    name.unwrap_or_else(|| role_words(seat.role).0.to_owned())
}

impl SigningBrief {
    pub(super) fn of(head: &Head, lines: &[SeatLine], names: &Names) -> SigningBrief {
        let (zh, en) = standing_words(head.standing);
        let next = lines.iter().filter(|line| line.state == "open");
        let next = next.filter_map(|line| head.terms.seats.get(line.seat));
        SigningBrief {
            id: head.id,
            standing: word::of(&head.standing).unwrap_or_default(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            signed: lines.iter().filter(|line| line.state == "signed").count(),
            seats: head.terms.seats.len(),
            next: next.map(|seat| party_name(seat, names)).collect(),
            inside: head
                .terms
                .seats
                .iter()
                .any(|seat| seat.level == ::signing::ceremony::record::Level::Reliable),
        }
    }
}

/// A document somebody has to sign, in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct SigningItem {
    #[schema(value_type = String)]
    pub(crate) id: SigningId,
    /// What the document is called.
    zh: String,
    en: String,
    number: String,
    employee: Option<PersonName>,
    /// `open`, `complete`, `refused`, `expired`, `withdrawn`
    standing: String,
    standing_zh: String,
    standing_en: String,
    signed: usize,
    seats: usize,
    next: Vec<String>,
    #[schema(value_type = String)]
    deadline: Moment,
    /// Whether the deadline is so near that people were reminded.
    urgent: bool,
    /// Whether it is the company's turn, which HR has to see to.
    company: bool,
    #[schema(value_type = String)]
    pub(crate) requested_at: Moment,
}

/// Lines of a list, with everything they show.
pub(super) async fn items(
    books: &mut Reader<'_>,
    heads: Vec<Head>,
) -> Result<Vec<SigningItem>, Fault> {
    let ids: Vec<SigningId> = heads.iter().map(|head| head.id).collect();
    let seats = store::seats_of(books, &ids).await?;
    let about = heads.iter().map(|head| head.employee);
    let people: Vec<EmployeeId> = parties(&heads).into_iter().chain(about).collect();
    let names = people::names_of(books, people).await?;
    let mut items = Vec::new();
    for head in heads {
        let lines = seats.get(&head.id).map_or(&[][..], Vec::as_slice);
        let brief = SigningBrief::of(&head, lines, &names);
        let document = documents::find(books, head.document).await?;
        let kind = document
            .as_ref()
            .and_then(|one| ::document::Kind::of(&one.kind));
        let open = |line: &&SeatLine| line.state == "open";
        items.push(SigningItem {
            id: head.id,
            zh: document
                .as_ref()
                .map(|one| one.title.clone())
                .unwrap_or_default(),
            en: kind
                .map(|kind| kind.manifest().en.clone())
                .unwrap_or_default(),
            number: document.map(|one| one.number).unwrap_or_default(),
            employee: PersonName::among(&names, Some(head.employee)),
            standing: brief.standing,
            standing_zh: brief.zh,
            standing_en: brief.en,
            signed: brief.signed,
            seats: brief.seats,
            next: brief.next,
            deadline: head.terms.deadline,
            urgent: lines
                .iter()
                .filter(open)
                .any(|line| line.reminded_at.is_some()),
            company: lines.iter().filter(open).any(|line| {
                let seat = head.terms.seats.get(line.seat);
                seat.is_some_and(|seat| seat.party.starts_with("entity/"))
            }),
            requested_at: head.requested_at,
        });
    }
    Ok(items)
}

/// A refusal, for those who had asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct SigningRefusal {
    #[schema(value_type = String)]
    id: SigningId,
    /// What the document is called.
    zh: String,
    en: String,
    number: String,
    /// Whom it is about.
    employee: Option<PersonName>,
    /// Who refused.
    by: Option<PersonName>,
    /// Why, in his own words.
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

/// How each of these was refused.
pub(super) async fn refusals(
    books: &mut Reader<'_>,
    heads: Vec<Head>,
) -> Result<Vec<SigningRefusal>, Fault> {
    let about = heads.iter().map(|head| head.employee);
    let people: Vec<EmployeeId> = parties(&heads).into_iter().chain(about).collect();
    let names = people::names_of(books, people).await?;
    let mut refusals = Vec::new();
    for head in heads {
        let steps = store::steps(books, head.id).await?;
        let Some((line, why)) = steps.iter().find_map(|line| match &line.step.deed {
            Deed::Refused { reason, .. } => Some((line, reason.clone())),
            _ => None,
        }) else {
            continue;
        };
        let document = documents::find(books, head.document).await?;
        let kind = document
            .as_ref()
            .and_then(|one| ::document::Kind::of(&one.kind));
        refusals.push(SigningRefusal {
            id: head.id,
            en: kind
                .map(|kind| kind.manifest().en.clone())
                .unwrap_or_default(),
            zh: document
                .as_ref()
                .map(|one| one.title.clone())
                .unwrap_or_default(),
            number: document.map(|one| one.number).unwrap_or_default(),
            employee: PersonName::among(&names, Some(head.employee)),
            by: PersonName::among(&names, line.by.parse().ok()),
            reason: why,
            at: line.step.at,
        });
    }
    Ok(refusals)
}

/// A place to sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct SigningSeat {
    no: usize,
    /// `employee`, `receiver`, `manager`, `witness`, `company`
    role: String,
    role_zh: String,
    role_en: String,
    /// Nobody where the company signs.
    person: Option<PersonName>,
    /// `L0`, `L1`, `L2`
    level: String,
    level_zh: String,
    level_en: String,
    turn: u8,
    /// `waiting`, `open`, `signed`, `refused`, `over`
    state: String,
    #[schema(value_type = Option<String>)]
    reminded_at: Option<Moment>,
}

/// A step that was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct SigningStep {
    no: usize,
    #[schema(value_type = String)]
    at: Moment,
    /// `signed`, `refused`, `withdrawn`
    what: String,
    seat: Option<usize>,
    /// `L0`, `L1`, `L2`, `paper`; empty for other steps.
    level: String,
    level_zh: String,
    level_en: String,
    by: Option<PersonName>,
    /// Why somebody refused or withdrew.
    reason: String,
    /// Where the paper lies.
    kept_at: String,
    /// Whether a scan can be looked at.
    scan: bool,
    /// The signature as drawn: lines of points from 0 to 10,000.
    #[schema(value_type = Vec<Vec<Vec<u32>>>)]
    strokes: Vec<Vec<(u16, u16)>>,
    /// The name as typed where nothing was drawn.
    typed: String,
    /// SHA-256 of what lay before the signer, hex.
    digest: String,
    /// What the next step is bound to, hex.
    binding: String,
}

/// What the caller can do here himself.
#[derive(Serialize, ToSchema)]
pub(crate) struct MySeat {
    seat: usize,
    /// Whether it is his turn.
    turn: bool,
    /// `L0`, `L1`, `L2`
    level: String,
    /// Whether he has agreed to sign electronically.
    consented: bool,
    /// Whether he uses one-time codes.
    factor: bool,
    /// His signing key: `none`, `unvouched`, `ready`.
    key: String,
}

/// A signing key that nobody has vouched for yet.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyToVouch {
    #[schema(value_type = String)]
    id: SigningKeyId,
    person: PersonName,
    /// SHA-256 of the certificate, hex: what both look at.
    fingerprint: String,
    #[schema(value_type = String)]
    made_at: Moment,
}

impl KeyToVouch {
    pub(super) fn of(key: KeyLine, names: &Names) -> Option<KeyToVouch> {
        Some(KeyToVouch {
            id: key.id,
            person: PersonName::among(names, key.employee)?,
            fingerprint: key.fingerprint,
            made_at: key.made_at,
        })
    }
}

/// A document being signed.
#[derive(Serialize, ToSchema)]
pub(crate) struct SigningView {
    #[schema(value_type = String)]
    id: SigningId,
    #[schema(value_type = String)]
    document_id: DocumentId,
    zh: String,
    en: String,
    number: String,
    /// `departure/dep_…`
    subject: String,
    employee: PersonName,
    standing: String,
    standing_zh: String,
    standing_en: String,
    #[schema(value_type = String)]
    deadline: Moment,
    requested_by: Option<PersonName>,
    #[schema(value_type = String)]
    requested_at: Moment,
    seats: Vec<SigningSeat>,
    steps: Vec<SigningStep>,
    /// SHA-256 of the document as it was printed, hex.
    printed: String,
    /// SHA-256 of the document as it is now, hex: what whoever signs next signs.
    digest: String,
    /// Whether signatures are inside the document.
    inside: bool,
    mine: Option<MySeat>,
    /// Whether the caller may withdraw it and record paper.
    may_run: bool,
    /// Whether the caller can ask for the company's seal now.
    may_seal: bool,
    /// The case in which the seal's use waits for its approval.
    seal_case: Option<String>,
    /// Signers' keys that the caller can vouch for.
    to_vouch: Vec<KeyToVouch>,
}

/// What the view needs beside the ceremony.
pub(super) struct Around {
    pub(super) names: Names,
    pub(super) lines: Vec<SeatLine>,
    pub(super) files: Vec<FileLine>,
    pub(super) drawn: BTreeMap<usize, Drawn>,
    pub(super) mine: Option<MySeat>,
    pub(super) may_run: bool,
    pub(super) seal_case: Option<String>,
    pub(super) to_vouch: Vec<KeyToVouch>,
    pub(super) now: Moment,
}

impl MySeat {
    pub(super) fn of(
        (seat, place): (usize, &Seat),
        turn: bool,
        (consented, factor): (bool, bool),
        key: Option<&KeyLine>,
    ) -> MySeat {
        MySeat {
            seat,
            turn,
            level: word::of(&place.level).unwrap_or_default(),
            consented,
            factor,
            key: match key {
                None => "none".to_owned(),
                Some(key) if key.vouched_by.is_none() => "unvouched".to_owned(),
                Some(_) => "ready".to_owned(),
            },
        }
    }
}

/// Everybody a ceremony speaks of.
pub(super) fn people_of(found: &Found) -> Vec<EmployeeId> {
    let taken = found
        .steps
        .iter()
        .filter_map(|line| line.by.parse::<EmployeeId>().ok());
    let mut people = parties(std::slice::from_ref(&found.head));
    people.extend(taken);
    people
}

impl SigningView {
    pub(super) fn of(found: &Found, around: Around) -> SigningView {
        let standing = found.ceremony.standing(around.now);
        let (standing_zh, standing_en) = standing_words(standing);
        let kind = ::document::Kind::of(&found.document.kind);
        let person = &found.person;
        let digest = found.ceremony.current();
        let asker = found.head.requested_by.parse().ok();
        let company = found.company_seat(around.now).is_some();
        SigningView {
            id: found.head.id,
            document_id: found.document.id,
            zh: found.document.title.clone(),
            en: kind
                .map(|kind| kind.manifest().en.clone())
                .unwrap_or_default(),
            number: found.document.number.clone(),
            subject: found.document.subject.clone(),
            employee: PersonName::of((person.id, person.number.clone(), person.name.clone())),
            standing: word::of(&standing).unwrap_or_default(),
            standing_zh: standing_zh.to_owned(),
            standing_en: standing_en.to_owned(),
            deadline: found.head.terms.deadline,
            requested_by: PersonName::among(&around.names, asker),
            requested_at: found.head.requested_at,
            seats: seats(found, &around),
            steps: steps(found, &around),
            printed: found.head.terms.document.into(),
            digest: digest.into(),
            inside: digest != found.head.terms.document,
            mine: around.mine,
            may_run: around.may_run && standing == Standing::Open,
            may_seal: around.may_run && company && around.seal_case.is_none(),
            seal_case: around.seal_case,
            to_vouch: around.to_vouch,
        }
    }
}

fn seats(found: &Found, around: &Around) -> Vec<SigningSeat> {
    let open = found.ceremony.standing(around.now) == Standing::Open;
    let seats = found.head.terms.seats.iter().enumerate();
    let each = seats.map(|(no, seat)| {
        let (role_zh, role_en) = role_words(seat.role);
        let (level_zh, level_en) = level_words(seat.level);
        let line = around.lines.iter().find(|line| line.seat == no);
        let state = line.map(|line| line.state.clone()).unwrap_or_default();
        // A deadline that passed a moment ago is over, whether its job came yet or not.
        let state = match state.as_str() {
            "open" | "waiting" if !open => "over".to_owned(),
            _ => state,
        };
        SigningSeat {
            no,
            role: word::of(&seat.role).unwrap_or_default(),
            role_zh: role_zh.to_owned(),
            role_en: role_en.to_owned(),
            person: PersonName::among(&around.names, seat.party.parse().ok()),
            level: word::of(&seat.level).unwrap_or_default(),
            level_zh: level_zh.to_owned(),
            level_en: level_en.to_owned(),
            turn: seat.turn,
            state,
            reminded_at: line.and_then(|line| line.reminded_at),
        }
    });
    each.collect()
}

fn steps(found: &Found, around: &Around) -> Vec<SigningStep> {
    let each = found.steps.iter().enumerate().map(|(no, line)| {
        let mut view = SigningStep {
            no,
            at: line.step.at,
            what: String::new(),
            seat: None,
            level: String::new(),
            level_zh: String::new(),
            level_en: String::new(),
            by: PersonName::among(&around.names, line.by.parse().ok()),
            reason: String::new(),
            kept_at: String::new(),
            scan: around
                .files
                .iter()
                .any(|file| usize::try_from(file.no) == Ok(no) && file.kind == "scan"),
            strokes: Vec::new(),
            typed: String::new(),
            digest: line.step.bound_to.into(),
            binding: line.step.binding().into(),
        };
        match &line.step.deed {
            Deed::Signed { seat, proof } => view.signed(*seat, proof),
            Deed::Refused { seat, reason } => {
                "refused".clone_into(&mut view.what);
                view.seat = Some(*seat);
                view.reason.clone_from(reason);
            }
            Deed::Withdrawn { reason, .. } => {
                "withdrawn".clone_into(&mut view.what);
                view.reason.clone_from(reason);
            }
        }
        if let Some(drawn) = around.drawn.get(&no) {
            view.strokes.clone_from(&drawn.strokes);
            view.typed.clone_from(&drawn.typed);
        }
        view
    });
    each.collect()
}

impl SigningStep {
    fn signed(&mut self, seat: usize, proof: &Proof) {
        let (zh, en) = level_words(proof.level());
        "signed".clone_into(&mut self.what);
        self.seat = Some(seat);
        self.level = word::of(&proof.level()).unwrap_or_default();
        zh.clone_into(&mut self.level_zh);
        en.clone_into(&mut self.level_en);
        if let Proof::Paper { kept_at, .. } = proof {
            self.kept_at.clone_from(kept_at);
        }
    }
}
