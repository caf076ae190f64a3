//! What a signature is made of, beside the books 签名制作.
//!
//! The act that keeps a signature decides again, in its transaction, whether it still fits: whose
//! turn it is, that the code was not used meanwhile, that the document is still the one signed.

use ::signing::appearance::{Appearance, Point, Rectangle, STROKE_UNITS};
use ::signing::authority::Subject;
use ::signing::ceremony::record::{Level, Seat, Sha256Digest};
use ::signing::certificate::Certificate;
use ::signing::sign::{Signed, Wish, prepare};
use ::signing::signer::Signer as _;
use ::signing::software_key::{Secret, SoftwareSigner};
use ::signing::timestamp::Answer;
use kernel::{Day, EmployeeId, EntityId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{By, Failure};

use super::authority::{Fresh, Issuing, new_signer, no_authority, open_key, slowly};
use super::factor::{self, Confirmed};
use super::found::Found;
use super::lasting::Stamped;
use super::store::{self, KeyLine};
use super::vault::dice;
use super::{found, seats};
use crate::document;
use crate::evidence::stamps::Stamps;
use crate::house::House;
use crate::people::store as people;

/// Fewer points are a slip of the hand.
const FEWEST_POINTS: usize = 8;
/// More are no signature.
const MOST_POINTS: usize = 20_000;

/// A signature as the hand made it, or the name where no hand can draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Drawn {
    /// Lines of points from 0 to 10,000, from the upper left corner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) strokes: Vec<Vec<Point>>,
    /// The name, typed instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) typed: String,
}

impl Drawn {
    /// The bytes that are kept and whose digest stands in the step.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        // Plain numbers and text always serialise.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Whether it can stand for this person.
    fn check(&self, name: &str) -> Result<(), Refusal> {
        let points: usize = self.strokes.iter().map(Vec::len).sum();
        let outside = |(x, y): &Point| *x > STROKE_UNITS || *y > STROKE_UNITS;
        if points > MOST_POINTS || self.strokes.iter().flatten().any(outside) {
            let zh = "手写笔迹过长或超出签名框，请清除后重写";
            return Err(Refusal::invalid(
                "signing.drawn",
                zh,
                "The drawing is too long or outside",
            )
            .at("/drawn", zh));
        }
        let typed = self.typed.trim();
        if typed.is_empty() && points < FEWEST_POINTS {
            let zh = "请在签名框内手写签名，或录入姓名";
            return Err(
                Refusal::invalid("signing.drawn", zh, "Please draw your signature")
                    .at("/drawn", zh),
            );
        }
        if !typed.is_empty() && typed != name {
            let zh = format!("录入的姓名应与登记的一致：{name}");
            return Err(Refusal::invalid(
                "signing.typed_name",
                zh.clone(),
                "Type your name as registered",
            )
            .at("/drawn", zh));
        }
        Ok(())
    }
}

/// What a person brings to sign.
pub(super) struct Brought {
    pub(super) code: String,
    pub(super) drawn: Option<Drawn>,
    /// The secret of the signing key, when the signature goes into the document.
    pub(super) secret: Option<String>,
}

/// A signature that is ready to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// The person's code; nothing for the company, which has none.
    pub(crate) confirmed: Option<Confirmed>,
    pub(crate) drawn: Option<Vec<u8>>,
    /// The document with the signature, and the certificate.
    pub(crate) signed: Option<SignedFile>,
}

/// A document with one signature more.
#[derive(Clone, Debug)]
pub(crate) struct SignedFile {
    pub(crate) bytes: Vec<u8>,
    pub(crate) certificate: Sha256Digest,
    /// What a timestamp authority says of the moment, where one was asked and answered.
    pub(crate) stamped_at: Option<Moment>,
}

type Making = Result<Made, Refusal>;

/// What lies before a person whose turn it is.
struct Desk {
    found: Found,
    bytes: Vec<u8>,
    number: usize,
    level: Level,
    name: String,
    key: Option<KeyLine>,
    authorities: Vec<Vec<u8>>,
}

impl Desk {
    /// Nothing where it is not his turn: the act says so, in its own order.
    async fn of(
        house: &House,
        ceremony: kernel::SigningId,
        employee: EmployeeId,
    ) -> Result<Option<Desk>, Failure> {
        let system = By::system("sign");
        let mut look = house.spine.look(&system).await?;
        let mut books = look.books();
        let found = match found(&mut books, ceremony).await {
            Ok(found) => found,
            Err(Failure::Fault(fault)) => return Err(fault.into()),
            Err(_) => return Ok(None),
        };
        let party = employee.to_string();
        let Ok(number) = found.ceremony.seat_of(&party, house.spine.now()) else {
            return Ok(None);
        };
        let name = people::find_employee(&mut books, employee).await?;
        let authorities = store::authorities(&mut books).await?;
        Ok(Some(Desk {
            bytes: found.bytes(&mut books).await?,
            level: found.head.terms.seats[number].level,
            number,
            name: name.map(|one| one.name).unwrap_or_default(),
            key: store::key_of(&mut books, employee).await?,
            authorities: authorities.into_iter().map(|one| one.certificate).collect(),
            found,
        }))
    }

    fn wants_drawing(&self, brought: &Brought) -> bool {
        self.level > Level::Receipt || brought.secret.is_some()
    }

    /// What can be said before any code is looked at.
    fn check(&self, brought: &Brought) -> Result<(), Refusal> {
        if self.wants_drawing(brought) {
            brought
                .drawn
                .clone()
                .unwrap_or_default()
                .check(&self.name)?;
        }
        if self.level == Level::Reliable && brought.secret.is_none() {
            return Err(needs_secret());
        }
        match (&brought.secret, &self.key) {
            (Some(_), None) => Err(no_key()),
            (Some(_), Some(key)) if key.vouched_by.is_none() => Err(unvouched()),
            _ => Ok(()),
        }
    }

    fn ink(&self, key: &KeyLine, brought: &Brought, secret: &str, house: &House) -> Ink {
        let seat = &self.found.head.terms.seats[self.number];
        let strokes = brought.drawn.as_ref().map(|drawn| drawn.strokes.clone());
        Ink {
            key: key.clone(),
            secret: secret.to_owned().into(),
            authorities: self.authorities.clone(),
            place: Place::of(&self.found, self.number, seat, &self.name, house),
            strokes: strokes.unwrap_or_default(),
            room: house.stamps.is_asked(),
            is_last: is_last(&self.found, self.number),
        }
    }
}

/// Makes a person's signature. Whatever forbids it is said by the act, in its own order; here only
/// what an act cannot know: codes, secrets, drawing.
pub(super) async fn by_person(
    house: &House,
    ceremony: kernel::SigningId,
    employee: EmployeeId,
    brought: Brought,
) -> Result<Option<Making>, Failure> {
    let Some(desk) = Desk::of(house, ceremony, employee).await? else {
        return Ok(None);
    };
    if let Err(no) = desk.check(&brought) {
        return Ok(Some(Err(no)));
    }
    let confirmed = match factor::confirm(house, employee, &brought.code, false).await? {
        Ok(confirmed) => confirmed,
        Err(no) => return Ok(Some(Err(no))),
    };
    let mut signed = None;
    if let (Some(key), Some(secret)) = (&desk.key, &brought.secret) {
        let ink = desk.ink(key, &brought, secret, house);
        let (bytes, now) = (desk.bytes.clone(), house.spine.now());
        match slowly(move || ink.sign(&bytes, now)).await? {
            Ok(inked) => signed = Some(inked.stamped(house).await),
            Err(no) if no.code == "signing.wrong_secret" => {
                let told = factor::count(house, employee).await?;
                let no = told.err().unwrap_or_else(|| {
                    no.at(
                        "/secret",
                        ("签名口令不正确", "The signing passphrase is wrong"),
                    )
                });
                return Ok(Some(Err(no)));
            }
            Err(no) => return Ok(Some(Err(no))),
        }
    }
    let drawn = brought
        .drawn
        .as_ref()
        .filter(|_| desk.wants_drawing(&brought));
    Ok(Some(Ok(Made {
        confirmed: Some(confirmed),
        drawn: drawn.map(Drawn::bytes),
        signed,
    })))
}

fn needs_secret() -> Refusal {
    let zh = "该文书要求可靠电子签名，请输入本人的签名口令";
    Refusal::invalid(
        "signing.secret",
        zh,
        "This document needs your signing passphrase",
    )
    .at("/secret", zh)
}

fn no_key() -> Refusal {
    Refusal::conflict(
        "signing.no_key",
        "您还没有签名密钥",
        "You have no signing key yet",
    )
    .remedy((
        "请先在「我的签名」中生成签名密钥；也可改用纸质签署",
        "Make a signing key under “My signature” first; or sign on paper",
    ))
}

fn unvouched() -> Refusal {
    Refusal::conflict(
        "signing.key_unvouched",
        "您的签名密钥尚未由人事当面核实，暂不能签署",
        "HR has not yet seen that the signing key is yours",
    )
    .remedy((
        "请带上「我的签名」页面显示的证书指纹，请人事当面核实",
        "Show HR, in person, the fingerprint of the certificate on the page “My signature”",
    ))
}

/// Makes the company's signature with its seal.
pub(super) async fn by_company(
    house: &House,
    found: &Found,
    bytes: Vec<u8>,
) -> Result<Making, Failure> {
    let now = house.spine.now();
    let Some((number, seat)) = found.company_seat(now) else {
        return Ok(Err(not_the_companys_turn()));
    };
    let (key, authorities, name) = {
        let system = By::system("seal");
        let mut look = house.spine.look(&system).await?;
        let mut books = look.books();
        let entity = entity_of(seat);
        let key = match entity {
            Some(entity) => store::seal_of(&mut books, entity).await?,
            None => None,
        };
        let entities = people::entities(&mut books).await?;
        let name = entities.into_iter().find(|one| Some(one.id) == entity);
        (
            key,
            store::authorities(&mut books).await?,
            name.map(|one| one.name),
        )
    };
    let Some(key) = key else {
        return Ok(Err(no_seal()));
    };
    let name = name.unwrap_or_default();
    let ink = Ink {
        key,
        secret: house.vault.company_secret(),
        authorities: authorities.into_iter().map(|one| one.certificate).collect(),
        place: Place::of(found, number, seat, &name, house),
        strokes: Vec::new(),
        room: house.stamps.is_asked(),
        is_last: is_last(found, number),
    };
    let signed = slowly(move || ink.sign(&bytes, now)).await?;
    // A secret of ours that does not open is a file that was exchanged.
    let inked = match signed {
        Ok(inked) => inked,
        Err(no) if no.code == "signing.wrong_secret" => return Ok(Err(super::vault::lost())),
        Err(no) => return Ok(Err(no)),
    };
    Ok(Ok(Made {
        confirmed: None,
        drawn: None,
        signed: Some(inked.stamped(house).await),
    }))
}

/// The legal entity of a company's seat.
pub(super) fn entity_of(seat: &Seat) -> Option<EntityId> {
    seat.party.strip_prefix("entity/")?.parse().ok()
}

pub(super) fn no_seal() -> Refusal {
    Refusal::conflict(
        "signing.no_seal",
        "该公司主体还没有电子印章",
        "This legal entity has no electronic seal yet",
    )
    .remedy((
        "请系统管理员在「系统 › 签署证书」中制作；也可登记纸质盖章",
        "Let the system administrator make it under System › Certificates for signing; or record \
         a seal on paper",
    ))
}

pub(super) fn not_the_companys_turn() -> Refusal {
    Refusal::conflict(
        "signing.not_the_companys_turn",
        "尚未轮到公司用印",
        "It is not the company's turn to sign",
    )
    .remedy((
        "前面的签署人完成后再申请用印",
        "Ask for the seal after the signers before have finished",
    ))
}

/// Where a signature is seen, and what is written beside it.
struct Place {
    page: usize,
    rectangle: Option<Rectangle>,
    lines: Vec<String>,
    name: String,
    reason: String,
}

/// The right margin of the last page, from above, one box for each seat: no template prints there.
const LEFT: u16 = 528;
const TOP: u16 = 700;
const WIDTH: u16 = 64;
const HEIGHT: u16 = 59;
const STEP: u16 = 66;
/// Boxes that fit; who signs later is not seen on the page, and no less bound.
const BOXES: usize = 8;
/// Characters that fit into a line.
const ACROSS: usize = 7;

/// Role, name and day; a long name takes a second line, and what is longer still is cut.
fn lines(role: &str, name: &str, day: Day) -> Vec<String> {
    let letters: Vec<char> = name.chars().take(2 * ACROSS).collect();
    let names = letters.chunks(ACROSS).map(|line| line.iter().collect());
    let names: Vec<String> = names.collect();
    [vec![role.to_owned()], names, vec![day.to_string()]].concat()
}

impl Place {
    fn of(found: &Found, number: usize, seat: &Seat, name: &str, house: &House) -> Place {
        let day: Day = house.spine.now().day_in(house.spine.zone());
        let role = seats::role_words(seat.role).0;
        let below = u16::try_from(number).unwrap_or(0).saturating_mul(STEP);
        let rectangle = (number < BOXES).then_some(Rectangle {
            left: LEFT,
            bottom: TOP.saturating_sub(below),
            width: WIDTH,
            height: HEIGHT,
        });
        Place {
            page: usize::try_from(found.document.pages - 1).unwrap_or(0),
            rectangle,
            lines: lines(role, name, day),
            name: name.to_owned(),
            reason: format!("{}：{role}签署", found.called()),
        }
    }
}

/// A key that is about to sign, and how it will look.
struct Ink {
    key: KeyLine,
    secret: zeroize::Zeroizing<String>,
    authorities: Vec<Vec<u8>>,
    place: Place,
    strokes: Vec<Vec<Point>>,
    /// Whether room is left for a timestamp.
    room: bool,
    /// Whether nobody else is asked for a signature inside the document.
    is_last: bool,
}

/// Whether no other seat waits for a signature inside the document.
fn is_last(found: &Found, number: usize) -> bool {
    let seats = found.head.terms.seats.iter().enumerate();
    let mut others = seats.filter(|(other, _)| *other != number);
    others
        .all(|(other, seat)| seat.level != Level::Reliable || found.ceremony.proof(other).is_some())
}

/// What a key made of a document, before anybody else has said when.
struct Inked {
    signed: Signed,
    certificate: Sha256Digest,
    chain: Vec<Certificate>,
    is_last: bool,
}

impl Inked {
    /// The document with the word of the timestamp authority over its signature (PAdES B-T), where
    /// one is asked, and with what it is checked with later ([`super::lasting`]). An authority that
    /// does not answer keeps nobody from signing: then it is B-B, the log says the moment, and the
    /// page shows the level.
    async fn stamped(self, house: &House) -> SignedFile {
        let plain = SignedFile {
            bytes: self.signed.document().to_vec(),
            certificate: self.certificate,
            stamped_at: None,
        };
        let stamps = &house.stamps;
        if !stamps.is_asked() {
            return plain;
        }
        let (now, nonce) = (house.spine.now(), Stamps::nonce());
        let said = stamps.ask(self.signed.query(nonce)).await;
        let said = said.and_then(|answer| Answer::read(&answer));
        let said = said.and_then(|answer| {
            let (bytes, stamp) = self.signed.stamped(&answer, nonce, &stamps.trust(now))?;
            Ok((bytes, stamp, answer))
        });
        stamps.hear(now, &said);
        let Ok((bytes, stamp, answer)) = said else {
            return plain;
        };
        let stamped = Stamped {
            bytes,
            chain: &self.chain,
            answer: &answer,
            is_last: self.is_last,
        };
        SignedFile {
            bytes: stamped.made_to_last(house).await,
            stamped_at: Some(stamp.at),
            ..plain
        }
    }
}

impl Ink {
    /// Opens the key and signs; slow on purpose.
    fn sign(&self, bytes: &[u8], at: Moment) -> Result<Inked, Refusal> {
        let key = open_key(&self.key.sealed, &self.secret)?;
        let own = Certificate::read(&self.key.certificate)?;
        let mut chain = vec![own];
        for authority in &self.authorities {
            let authority = Certificate::read(authority)?;
            if authority.holder() == chain[0].issuer() {
                chain.push(authority);
            }
        }
        let certificate = Sha256Digest::of(&self.key.certificate);
        let signer = SoftwareSigner::new(key, chain.clone())?;
        let signed = match self.with(&signer, bytes, at, self.appearance(true)) {
            // A name of characters that the font lacks is left out of the picture, not refused.
            Err(no) if no.code == "signing.appearance" => {
                self.with(&signer, bytes, at, self.appearance(false))
            }
            signed => signed,
        };
        Ok(Inked {
            signed: signed?,
            certificate,
            chain,
            is_last: self.is_last,
        })
    }

    fn appearance(&self, lines: bool) -> Option<Appearance<'static>> {
        let rectangle = self.place.rectangle?;
        let font = document::font();
        let lines = lines && !font.is_empty();
        Some(Appearance {
            page: self.place.page,
            rectangle: Some(rectangle),
            strokes: self.strokes.clone(),
            picture: None,
            lines: if lines {
                self.place.lines.clone()
            } else {
                Vec::new()
            },
            font,
        })
    }

    fn with(
        &self,
        signer: &SoftwareSigner,
        bytes: &[u8],
        at: Moment,
        appearance: Option<Appearance<'_>>,
    ) -> Result<Signed, Refusal> {
        let wish = Wish {
            chain: signer.chain(),
            name: self.place.name.clone(),
            reason: self.place.reason.clone(),
            place: String::new(),
            at,
            timestamp: self.room,
            appearance,
        };
        let prepared = prepare(bytes, &wish)?;
        let signature = signer.sign(&prepared.to_sign(), dice())?;
        prepared.finish(&signature)
    }
}

/// Makes a person's key and its certificate.
pub(super) async fn key_for(
    house: &House,
    employee: EmployeeId,
    typed: &str,
    secret: String,
) -> Result<Result<(Confirmed, Fresh), Refusal>, Failure> {
    let confirmed = match factor::confirm(house, employee, typed, false).await? {
        Ok(confirmed) => confirmed,
        Err(no) => return Ok(Err(no)),
    };
    let (person, authority) = {
        let system = By::system("sign");
        let mut look = house.spine.look(&system).await?;
        let mut books = look.books();
        let person = people::find_employee(&mut books, employee).await?;
        (person, store::authority(&mut books).await?)
    };
    let (Some(person), Some(authority)) = (person, authority) else {
        return Ok(Err(no_authority()));
    };
    let issuing = Issuing {
        authority,
        company_secret: house.vault.company_secret(),
        now: house.spine.now(),
    };
    let subject = Subject {
        common_name: person.name.clone(),
        organization: person.entity_name.clone(),
    };
    let secret = zeroize::Zeroizing::new(secret);
    let made = move || new_signer(&issuing, &subject, Secret::Chosen(&secret));
    let fresh = slowly(made).await?;
    Ok(fresh.map(|fresh| (confirmed, fresh)))
}
