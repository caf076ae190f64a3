//! Signatures are asked for 发起签署.

use ::departure::state::Stage;
use ::document::Kind;
use ::signing::ceremony::Ceremony;
use ::signing::ceremony::record::{Level, Role, Seat, Standing, Terms};
use access::Need;
use kernel::{Day, DocumentId, EmployeeId, Moment, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::departure::store as departures;
use crate::document::store::{self as documents, DocumentLine};
use crate::people::store::{self as people, Employee, PersonState};
use crate::signing::store::{self, Head};
use crate::signing::{jobs, seats};
use crate::{permissions, subjects};

/// Most days until the deadline.
const LONGEST: i64 = 180;

/// One place to sign, as it is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WantedSeat {
    /// In which capacity.
    pub role: Role,
    /// Who; nobody for the company, which signs with the seal of the employee's legal entity.
    pub employee: Option<EmployeeId>,
    /// At least.
    pub level: Level,
    /// Smaller ones first.
    pub turn: u8,
}

/// Asks for signatures on an issued document.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Which document.
    pub document: DocumentId,
    /// Who signs, in which order, at which level.
    pub seats: Vec<WantedSeat>,
    /// The last day.
    pub deadline: Day,
    /// Who asks, as the evidence names him.
    pub by: String,
}

/// The document, whom it is about, who is to sign, and what there is already.
pub struct Facts {
    document: DocumentLine,
    person: Employee,
    /// For whom the document is not there.
    kept_from: Option<EmployeeId>,
    /// Whether the departure it belongs to was withdrawn.
    withdrawn: bool,
    signers: Vec<Option<Employee>>,
    newest: Option<Head>,
    /// The last moment of the last day.
    until: Moment,
    id: SigningId,
}

/// What was begun.
#[derive(Debug, Serialize, Deserialize)]
pub struct Begun {
    /// Its id.
    pub id: SigningId,
    terms: Terms,
}

impl Request {
    fn terms(&self, facts: &Facts, begun: Moment) -> Result<Terms, Refusal> {
        let digest = facts.document.digest.clone().try_into();
        let document = digest.map_err(|_| super::not_made())?;
        let mut places = Vec::new();
        for (number, (seat, signer)) in self.seats.iter().zip(&facts.signers).enumerate() {
            let party = party(seat, signer.as_ref(), facts).map_err(|no| {
                no.at(
                    &format!("/seats/{number}"),
                    ("请检查此签署人", "Check this signer"),
                )
            })?;
            places.push(Seat {
                party,
                role: seat.role,
                turn: seat.turn,
                level: seat.level,
            });
        }
        Ok(Terms {
            document,
            seats: places,
            begun,
            deadline: facts.until,
        })
    }
}

fn wrong(code: &str, zh: impl Into<String>, en: &str) -> Refusal {
    Refusal::invalid(&format!("signing.{code}"), zh, en)
}

/// Who sits in a place.
fn party(seat: &WantedSeat, signer: Option<&Employee>, facts: &Facts) -> Result<String, Refusal> {
    if seat.level == Level::Paper {
        return Err(wrong(
            "level",
            "纸质签署由人事登记，不作为签署级别",
            "Paper is recorded, not asked for",
        ));
    }
    if seat.role == Role::Company {
        if seat.level != Level::Reliable || seat.employee.is_some() {
            return Err(wrong(
                "company_level",
                "公司以电子印章签署，级别应为可靠电子签名，不指定个人",
                "The company signs with its seal, at L2, and as no person",
            ));
        }
        return Ok(seats::company(facts.person.entity));
    }
    if seat.role == Role::Customer {
        return Err(wrong(
            "customer",
            "客户不在本系统签署，请线下签署后登记",
            "Customers do not sign here",
        ));
    }
    let signer = signer.ok_or_else(|| {
        let zh = format!("请选择{}", seats::role_words(seat.role).0);
        wrong("signer", zh, "Who is to sign?")
    })?;
    if signer.state == PersonState::Left {
        return Err(wrong(
            "signer_left",
            format!("{}已离职，不能再登录签署", signer.called()),
            "This person has left and cannot sign in",
        )
        .remedy((
            "请改用纸质签署，或指定其他人",
            "Let it be signed on paper, or choose somebody else",
        )));
    }
    let himself = signer.id == facts.person.id;
    if himself != (seat.role == Role::Employee) {
        let zh = format!(
            "「员工本人」应为文书所述的{}，其他席位不能是本人",
            facts.person.called()
        );
        return Err(wrong(
            "employee_seat",
            zh,
            "The employee's seat is for whom the document is about, and only that one",
        ));
    }
    Ok(signer.id.to_string())
}

/// Nobody signs for a departure that is off, and before a dismissal is served nothing but its
/// notice: whoever signs reads what it is about.
fn in_its_time(facts: &Facts) -> Result<(), Refusal> {
    if facts.withdrawn {
        let zh = "该离职已撤回，不再签署其文书";
        let en = "The departure was withdrawn; its papers are not signed any more";
        return Err(
            Refusal::conflict("signing.departure_withdrawn", zh, en).remedy((
                "如重新办理离职，请在新的离职中出具文书",
                "If there is another departure, issue the document there",
            )),
        );
    }
    if facts.kept_from.is_none() || Kind::of(&facts.document.kind) == Some(Kind::TerminationNotice)
    {
        return Ok(());
    }
    let zh = "解除通知尚未送达，只能就《解除劳动合同通知书》发起签署";
    let en = "Before the dismissal is served only its notice is signed";
    Err(Refusal::conflict("signing.not_served", zh, en).remedy((
        "请先登记解除通知的送达",
        "Record the service of the notice first",
    )))
}

impl Act for Request {
    const NAME: &'static str = "signing.request";
    type Facts = Facts;
    type Outcome = Begun;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let document = documents::find(books, self.document).await?;
        let document = document.ok_or_else(|| Denied::absent("document"))?;
        let person = people::find_employee(books, document.employee).await?;
        let person = person.ok_or_else(|| Denied::absent("document"))?;
        let mut signers = Vec::new();
        for seat in self.seats.iter().take(20) {
            signers.push(match seat.employee {
                Some(employee) => people::find_employee(books, employee).await?,
                None => None,
            });
        }
        let newest = store::head_of_document(books, self.document).await?;
        let after = Moment::start_of(self.deadline.plus_days(1), books.zone());
        let departure = document.subject.strip_prefix("departure/");
        let departure = match departure.and_then(|id| id.parse().ok()) {
            Some(id) => departures::find(books, id).await?,
            None => None,
        };
        Ok(Facts {
            withdrawn: departure.is_some_and(|one| one.stage == Stage::Withdrawn),
            kept_from: subjects::kept_from(books, &document.subject).await?,
            document,
            person,
            signers,
            newest,
            until: after.plus_millis(-1),
            id: SigningId::mint(books.at(), books.dice()),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let need = Need::on(permissions::SIGNING_REQUEST, facts.person.target());
        need.kept_from(facts.kept_from)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Begun, Refusal> {
        let standing = facts.newest.as_ref().map(|newest| newest.standing);
        if matches!(standing, Some(Standing::Open | Standing::Complete)) {
            return Err(Refusal::conflict(
                "signing.begun_already",
                "该文书已在签署中或已签署完成",
                "This document is being signed or was signed already",
            )
            .remedy((
                "如需重新签署，请先撤回原签署；已完成的请另出一份文书",
                "To have it signed again, withdraw the former request first; where it is \
                 complete, issue another copy",
            )));
        }
        in_its_time(facts)?;
        if facts.until > at.plus_seconds(LONGEST * 24 * 3_600) {
            let zh = format!("签署期限不能超过 {LONGEST} 天");
            return Err(
                wrong("deadline", zh.clone(), "The deadline is too far off").at("/deadline", zh)
            );
        }
        let terms = self.terms(facts, at)?;
        Ceremony::begin(terms.clone())?;
        Ok(Begun {
            id: facts.id,
            terms,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        begun: &Begun,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let head = Head {
            id: begun.id,
            document: facts.document.id,
            employee: facts.person.id,
            terms: begun.terms.clone(),
            standing: Standing::Open,
            requested_by: self.by.clone(),
            requested_at: begun.terms.begun,
        };
        let ceremony = Ceremony::begin(begun.terms.clone())?;
        store::add(books, &head, &ceremony).await?;
        Ok(jobs::enqueue(books, &head).await?)
    }

    fn record(&self, facts: &Facts, begun: &Begun) -> Record {
        let names = self.seats.iter().zip(&facts.signers).map(|(seat, signer)| {
            let (role, role_en) = seats::role_words(seat.role);
            let who = signer.as_ref().map(Employee::called).unwrap_or_default();
            (format!("{role}{who}"), format!("{role_en} {who}"))
        });
        let (names, names_en): (Vec<String>, Vec<String>) = names.unzip();
        let (names, names_en) = (names.join("、"), names_en.join(", "));
        let (title, number) = (&facts.document.title, &facts.document.number);
        Record::of(
            format!("signing/{}", begun.id),
            format!(
                "发起签署《{title}》{number}：{names}；期限 {}",
                self.deadline
            ),
            format!(
                "Signatures were asked for on “{title}” {number}: {names_en}; until {}",
                self.deadline
            ),
        )
        .about(format!("document/{}", facts.document.id))
        .about(format!("employee/{}", facts.person.id))
        .about(facts.document.subject.clone())
        .document(::evidence::entry::Document {
            name: facts.document.id.to_string(),
            sha256: ::evidence::file_digest::FileDigest::from_bytes(begun.terms.document.0),
            sm3: None,
        })
        .detail(serde_json::json!({
            "signing_terms": serde_json::to_string(&begun.terms).unwrap_or_default(),
            "document": number,
        }))
    }
}
