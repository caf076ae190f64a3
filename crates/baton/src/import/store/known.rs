//! What the books know of a batch 已知情况查询.

use std::collections::{BTreeSet, HashMap, HashSet};

use customer::{CreditCode, NameKey};
use intake::RecordKind;
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::batch::Batch;
use super::said::{Changed, look_back};
use super::unowned::unowned;
use super::{around, names};
use crate::import::line::Line;
use crate::import::pack::{Pack, lines_of};
use crate::import::plan::{
    self, ByKey, Citizen, Face, Identity, Known, Numbered, Paper, Rising, free_number, is_paper,
    name_in_books, twin_number,
};

/// Packs looked at together.
pub(super) const AT_ONCE: usize = 8;
/// Keys of one question; short enough to stay in the statement cache.
pub(super) const ASKED: usize = 500;

const KNOWN: Select =
    Select::new("SELECT 1 AS one FROM import_identity WHERE record_id = $1 LIMIT 1");

/// Whether a record came in by an import, or was met by one that still stands.
pub(crate) async fn is_known(books: &mut Reader<'_>, record: &str) -> Result<bool, Fault> {
    Ok(books.first(&KNOWN, binds![record]).await?.is_some())
}

/// Reads everything the plan of this batch asks for, and says what each of its records is or will
/// be in the books.
pub(crate) async fn survey(
    books: &mut Reader<'_>,
    batch: &Batch,
    packs: &[Pack],
    ids: &mut Rising,
) -> Result<Known, Fault> {
    let mut survey = Survey {
        system: &batch.system,
        known: Known::default(),
        asked: ByKey::default(),
        lost: BTreeSet::new(),
        contacts: Vec::new(),
        wanted: BTreeSet::new(),
        imported: HashSet::new(),
        booked: HashSet::new(),
    };
    survey.what_there_is(books).await?;
    around::company(books, &mut survey.known).await?;
    for some in packs.chunks(AT_ONCE) {
        let lines = unpacked(some).await?;
        survey.stretch(books, &lines, ids).await?;
    }
    survey.waited_for(books, batch).await?;
    let Survey {
        mut known,
        mut wanted,
        mut lost,
        contacts,
        ..
    } = survey;
    // What stands further down in the batch was asked for before it was met.
    lost.retain(|(kind, key)| known.ids.get(*kind, key).is_none());
    names::look_up(books, packs, &lost, &mut known, &mut wanted).await?;
    around::owners(books, &wanted, &mut known).await?;
    around::contacts(books, contacts, &mut known).await?;
    around::papers(books, &wanted, &mut known).await?;
    around::staff(books, &wanted, &mut known).await?;
    Ok(known)
}

/// The records of these packs, unpacked beside the work.
pub(super) async fn unpacked(packs: &[Pack]) -> Result<Vec<Line>, Fault> {
    let packs = packs.to_vec();
    let lines = tokio::task::spawn_blocking(move || lines_of(&packs)).await;
    lines.map_err(|error| Fault::new(format!("unpacking: {error}")))?
}

struct Survey<'s> {
    system: &'s str,
    known: Known,
    /// References that were looked up.
    asked: ByKey<()>,
    /// People and customers among them that no number names.
    lost: BTreeSet<(RecordKind, String)>,
    /// Contacts that did not come in before.
    contacts: Vec<around::Stranger>,
    /// Ids of records whose owner, balance or state the plan may ask for.
    wanted: BTreeSet<String>,
    /// Kinds of which something of this system came in before.
    imported: HashSet<RecordKind>,
    /// Kinds of which the books hold something.
    booked: HashSet<RecordKind>,
}

impl Survey<'_> {
    /// Nothing need be looked up where there is nothing.
    async fn what_there_is(&mut self, books: &mut Reader<'_>) -> Result<(), Fault> {
        for kind in RecordKind::ALL {
            let mut query = Query::new("SELECT 1 AS one FROM import_identity WHERE system = ");
            query.bind(self.system).push(" AND kind = ");
            query.bind(kind.name()).push(" LIMIT 1");
            let (select, values) = query.select();
            if books.first(&select, values).await?.is_some() {
                self.imported.insert(kind);
            }
            let any = match kind {
                RecordKind::Contact => Some("SELECT 1 AS one FROM customer_contact LIMIT 1"),
                _ => numbers(kind).map(|(_, any)| any),
            };
            let Some(any) = any else {
                continue;
            };
            let (select, values) = Query::new(any).select();
            if books.first(&select, values).await?.is_some() {
                self.booked.insert(kind);
            }
        }
        Ok(())
    }

    async fn stretch(
        &mut self,
        books: &mut Reader<'_>,
        lines: &[Line],
        ids: &mut Rising,
    ) -> Result<(), Fault> {
        let mut of_kind: HashMap<RecordKind, Vec<&Line>> = HashMap::new();
        for line in lines {
            of_kind.entry(line.kind).or_default().push(line);
            let owner = line.refers("owner");
            if let Some(owner) = owner.filter(|owner| !self.known.sellers.contains(*owner)) {
                self.known.sellers.insert(owner.into());
            }
        }
        for kind in RecordKind::ALL {
            let Some(lines) = of_kind.remove(&kind) else {
                continue;
            };
            let new = self.came_before(books, kind, &lines).await?;
            self.stand_in_the_books(books, kind, &new, ids).await?;
            if kind == RecordKind::Employee {
                self.citizens(books, &lines).await?;
            }
            if kind == RecordKind::Customer {
                self.alike(books, &new).await?;
            }
        }
        self.references(books, lines).await
    }

    /// Sorts out what came in before; gives the rest.
    async fn came_before<'l>(
        &mut self,
        books: &mut Reader<'_>,
        kind: RecordKind,
        lines: &[&'l Line],
    ) -> Result<Vec<&'l Line>, Fault> {
        let keys = lines.iter().map(|line| line.key.as_str());
        let mut found = self.identities(books, kind, keys.collect()).await?;
        let named = lines.iter().filter(|line| line.refers("owner").is_some());
        let named = named.filter_map(|line| found.get(&line.key));
        let records = named.map(|(identity, _)| identity.record.as_str());
        let unowned = unowned(books, kind, records.collect()).await?;
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for line in lines {
            let Some((mut identity, n)) = found.remove(&line.key) else {
                new.push(*line);
                continue;
            };
            let id = identity.record.as_str().into();
            self.known.ids.insert(kind, &line.key, id);
            identity.unowned = unowned.contains(&identity.record);
            if identity.digest == line.digest && identity.unowned {
                self.known.changed.insert(line.n, identity);
            } else if identity.digest == line.digest {
                self.known.same.insert(line.n);
            } else {
                self.wanted.insert(identity.record.clone());
                let at = Some((identity.batch.clone(), n));
                let line = *line;
                changed.push(Changed { line, identity, at });
            }
        }
        look_back(books, kind, &mut changed).await?;
        for one in changed {
            self.known.changed.insert(one.line.n, one.identity);
        }
        Ok(new)
    }

    /// Finds those that stand in the books under their number, and names the rest.
    async fn stand_in_the_books(
        &mut self,
        books: &mut Reader<'_>,
        kind: RecordKind,
        lines: &[&Line],
        ids: &mut Rising,
    ) -> Result<(), Fault> {
        let mut asked = Vec::new();
        if self.booked.contains(&kind) {
            asked.extend(lines.iter().map(|line| line.text("number")));
            asked.extend(lines.iter().filter_map(|line| twin_number(line)));
            asked.sort_unstable();
            asked.dedup();
        }
        let found = self.numbered(books, kind, asked).await?;
        let mut met = Vec::new();
        for line in lines {
            let number = line.text("number");
            if let Some(other) = found.get(number) {
                self.known.taken.insert(kind, number, ());
                if kind == RecordKind::Employee && other.name != name_in_books(line) {
                    self.known.others.insert(line.n, other.name.clone());
                }
            }
            let twin = twin_number(line).and_then(|number| found.get(number));
            let twin = twin.filter(|twin| twin.name == name_in_books(line));
            let paper = found.get(number).filter(|_| is_paper(kind));
            if let Some(paper) = paper.and_then(|found| found.paper) {
                self.known.papers.insert(line.n, paper);
            }
            let id = match twin.or(paper) {
                Some(twin) if is_paper(kind) => twin.id.clone(),
                Some(twin) => {
                    self.known.twins.insert(line.n);
                    met.push((*line, twin.id.clone()));
                    twin.id.clone()
                }
                None if kind == RecordKind::Product => {
                    free_number(&self.known, self.system, line).0
                }
                None => {
                    self.known.new_customers += usize::from(kind == RecordKind::Customer);
                    plan::mint(kind, ids)
                }
            };
            self.known.ids.insert(kind, &line.key, id.into());
        }
        if kind == RecordKind::Contact && self.booked.contains(&kind) {
            self.contacts
                .extend(lines.iter().map(|line| stranger(line)));
        }
        self.compare(books, kind, &met).await
    }

    /// Takes down in what the lines say something else than the books of what they met.
    async fn compare(
        &mut self,
        books: &mut Reader<'_>,
        kind: RecordKind,
        met: &[(&Line, String)],
    ) -> Result<(), Fault> {
        let ids: Vec<&str> = met.iter().map(|(_, id)| id.as_str()).collect();
        let stands = around::standing(books, kind, &ids).await?;
        for (line, id) in met {
            let unlike = stands.get(id).map(|there| plan::unlike(line, there));
            if let Some(unlike) = unlike.filter(|unlike| !unlike.is_empty()) {
                self.known.unlike.insert(line.n, unlike);
            }
        }
        Ok(())
    }

    /// Whose the citizen ids of these people are in the books.
    async fn citizens(&mut self, books: &mut Reader<'_>, lines: &[&Line]) -> Result<(), Fault> {
        if !self.booked.contains(&RecordKind::Employee) {
            return Ok(());
        }
        let told = lines.iter().map(|line| line.text("citizen_id").trim());
        let told: Vec<&str> = told.filter(|text| !text.is_empty()).collect();
        for some in told.chunks(ASKED) {
            let mut query = Query::new(
                "SELECT id, number, citizen_id FROM people_employee WHERE citizen_id IN ",
            );
            query.bind_list(some.iter().copied());
            query.push(" ORDER BY number");
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let citizen_id: String = row.get("citizen_id")?;
                let citizen = Citizen {
                    id: row.get("id")?,
                    number: row.get("number")?,
                };
                self.known.citizens.insert(citizen_id.into(), citizen);
            }
        }
        Ok(())
    }

    /// Which names and credit codes of these customers somebody in the books has.
    async fn alike(&mut self, books: &mut Reader<'_>, lines: &[&Line]) -> Result<(), Fault> {
        if !self.booked.contains(&RecordKind::Customer) {
            return Ok(());
        }
        let twins = &self.known.twins;
        let own: Vec<&&Line> = lines.iter().filter(|one| !twins.contains(&one.n)).collect();
        let names = own.iter().map(|line| NameKey::of(line.text("name")).core);
        let names: Vec<String> = names.filter(|core| !core.is_empty()).collect();
        for some in names.chunks(ASKED) {
            let mut query = Query::new(
                "SELECT number, name FROM customer WHERE state NOT IN ('merged', 'withdrawn') \
                 AND name_key IN ",
            );
            query.bind_list(some.iter().map(String::as_str));
            query.push(" ORDER BY number");
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let (number, name): (String, String) = (row.get("number")?, row.get("name")?);
                self.known.has_name(&number, &NameKey::of(&name));
            }
        }
        let told = own.iter().filter_map(|line| line.opt("credit_code"));
        let codes = told.filter_map(|code| CreditCode::parse(&code).ok());
        let codes: Vec<String> = codes.map(|code| code.as_str().to_owned()).collect();
        for some in codes.chunks(ASKED) {
            let mut query = Query::new(
                "SELECT number, credit_code FROM customer \
                 WHERE state NOT IN ('merged', 'withdrawn') AND credit_code IN ",
            );
            query.bind_list(some.iter().map(String::as_str));
            query.push(" ORDER BY number");
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let number: String = row.get("number")?;
                let code: String = row.get("credit_code")?;
                self.known.has_code(&number, &code);
            }
        }
        Ok(())
    }

    /// Looks up what is referred to and not in the batch, each only once. Of records that came in
    /// before as they are only their owners are asked for, by whom they are counted.
    async fn references(&mut self, books: &mut Reader<'_>, lines: &[Line]) -> Result<(), Fault> {
        let mut missing: HashMap<RecordKind, BTreeSet<&str>> = HashMap::new();
        let owners = lines.iter().filter_map(|line| line.refers("owner"));
        let owners = owners.map(|key| (RecordKind::Employee, key));
        let lines = || {
            lines
                .iter()
                .filter(|line| !self.known.same.contains(&line.n))
        };
        for (kind, key) in lines().flat_map(Line::references).chain(owners) {
            let known = self.known.ids.get(kind, key).is_some();
            if !known && !self.has_asked(kind, key) {
                missing.entry(kind).or_default().insert(key);
            }
        }
        let wanted: Vec<(RecordKind, String)> = lines()
            .flat_map(Line::references)
            .filter(|(kind, _)| asks_more(*kind))
            .filter_map(|(kind, key)| Some((kind, self.known.ids.get(kind, key)?.to_string())))
            .collect();
        self.wanted.extend(wanted.into_iter().map(|(_, id)| id));
        self.look_up(books, missing).await
    }

    /// Looks up what the report says that the batch does not hold, also where only records refer to
    /// it that came in before as they are.
    async fn waited_for(&mut self, books: &mut Reader<'_>, batch: &Batch) -> Result<(), Fault> {
        let mut missing: HashMap<RecordKind, BTreeSet<&str>> = HashMap::new();
        for one in batch.report["unresolved"].as_array().into_iter().flatten() {
            let kind = one["kind"].as_str().and_then(RecordKind::named);
            let reference = kind.zip(one["key"].as_str());
            if let Some((kind, key)) = reference.filter(|(kind, key)| !self.has_asked(*kind, key)) {
                missing.entry(kind).or_default().insert(key);
            }
        }
        self.look_up(books, missing).await
    }

    fn has_asked(&self, kind: RecordKind, key: &str) -> bool {
        self.asked.get(kind, key).is_some()
    }

    async fn look_up(
        &mut self,
        books: &mut Reader<'_>,
        missing: HashMap<RecordKind, BTreeSet<&str>>,
    ) -> Result<(), Fault> {
        for (kind, keys) in missing {
            let keys: Vec<&str> = keys.into_iter().collect();
            for key in &keys {
                self.asked.insert(kind, key, ());
            }
            for (key, found) in self.numbered(books, kind, keys.clone()).await? {
                self.outside(kind, &key, found.id);
            }
            for (key, (identity, _)) in self.identities(books, kind, keys.clone()).await? {
                self.outside(kind, &key, identity.record);
            }
            if names::are_known(kind) {
                let lost = keys.into_iter();
                let lost = lost.filter(|key| self.known.outside.get(kind, key).is_none());
                self.lost.extend(lost.map(|key| (kind, key.to_owned())));
            }
        }
        Ok(())
    }

    fn outside(&mut self, kind: RecordKind, key: &str, id: String) {
        self.known.outside.insert(kind, key, id.as_str().into());
        if asks_more(kind) {
            self.wanted.insert(id);
        }
    }

    /// What these keys of the system became, and where their content was staged.
    async fn identities(
        &self,
        books: &mut Reader<'_>,
        kind: RecordKind,
        keys: Vec<&str>,
    ) -> Result<HashMap<String, (Identity, i64)>, Fault> {
        let mut found = HashMap::new();
        if !self.imported.contains(&kind) {
            return Ok(found);
        }
        for some in keys.chunks(ASKED) {
            let mut query = Query::new(
                "SELECT key, record_id, digest, batch_id, n FROM import_identity WHERE system = ",
            );
            query.bind(self.system).push(" AND kind = ");
            query.bind(kind.name()).push(" AND key IN ");
            query.bind_list(some.iter().copied());
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let identity = Identity {
                    record: row.get("record_id")?,
                    digest: row.get("digest")?,
                    batch: row.get("batch_id")?,
                    before: None,
                    unowned: false,
                };
                found.insert(row.get("key")?, (identity, row.get("n")?));
            }
        }
        Ok(found)
    }

    /// What the books hold under these numbers.
    async fn numbered(
        &self,
        books: &mut Reader<'_>,
        kind: RecordKind,
        asked: Vec<&str>,
    ) -> Result<HashMap<String, Numbered>, Fault> {
        let mut found = HashMap::new();
        let Some((select, _)) = numbers(kind).filter(|_| self.booked.contains(&kind)) else {
            return Ok(found);
        };
        // Files give numbers half-width; by hand some were entered full-width.
        let by_hand = is_paper(kind) || names::are_known(kind);
        let wide = asked.iter().filter(|_| by_hand);
        let wide: Vec<String> = wide.map(|number| spelling::widen(number)).collect();
        let both: Vec<&str> = wide.iter().map(String::as_str).chain(asked).collect();
        for some in both.chunks(ASKED) {
            let mut query = Query::new(select);
            query.bind_list(some.iter().copied());
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let numbered = numbered_row(kind, &row)?;
                let number: String = row.get("number")?;
                let narrow = if by_hand {
                    spelling::narrow(&number)
                } else {
                    number.clone()
                };
                if narrow == number {
                    found.insert(number, numbered);
                } else {
                    found.entry(narrow).or_insert(numbered);
                }
            }
        }
        Ok(found)
    }
}

/// A contact of the files, as far as it is looked for in the books.
fn stranger(line: &Line) -> around::Stranger {
    let said = ["title", "phone", "email"].map(|field| line.opt(field));
    around::Stranger {
        n: line.n,
        key: line.key.as_str().into(),
        customer: line.refers("customer").unwrap_or_default().into(),
        face: Face::of(line.text("name"), said),
    }
}

fn numbered_row(kind: RecordKind, row: &Row) -> Result<Numbered, Fault> {
    let paper = if is_paper(kind) {
        Some(Paper {
            customer: row.get("customer_id")?,
            amount: row.get("amount")?,
            on: row.get("day")?,
        })
    } else {
        None
    };
    Ok(Numbered {
        id: row.get("id")?,
        name: row.get("name")?,
        paper,
    })
}

/// Whether the plan asks more of such a record than its id.
fn asks_more(kind: RecordKind) -> bool {
    use RecordKind::{Contract, Customer, Employee, Invoice, Order};
    matches!(kind, Customer | Employee | Contract | Order | Invoice)
}

/// Records of a kind by number, and whether there are any; none for kinds without numbers.
fn numbers(kind: RecordKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        RecordKind::Department => (
            "SELECT id, name AS number, name FROM people_department \
             WHERE closed_on IS NULL AND name IN ",
            "SELECT 1 AS one FROM people_department LIMIT 1",
        ),
        RecordKind::Employee => (
            "SELECT id, number, name FROM people_employee WHERE number IN ",
            "SELECT 1 AS one FROM people_employee LIMIT 1",
        ),
        RecordKind::Product => (
            "SELECT number AS id, number, name FROM customer_product WHERE number IN ",
            "SELECT 1 AS one FROM customer_product LIMIT 1",
        ),
        RecordKind::Customer => (
            "SELECT id, number, name FROM customer WHERE number IN ",
            "SELECT 1 AS one FROM customer LIMIT 1",
        ),
        RecordKind::Opportunity => (
            "SELECT id, number, title AS name FROM customer_opportunity WHERE number IN ",
            "SELECT 1 AS one FROM customer_opportunity LIMIT 1",
        ),
        RecordKind::Contract => (
            "SELECT t.id AS id, t.number AS number, t.number AS name, t.amount AS amount, \
             coalesce(c.merged_into_id, c.id) AS customer_id, t.signed_on AS day \
             FROM receivable_contract t JOIN customer c ON c.id = t.customer_id \
             WHERE t.number IN ",
            "SELECT 1 AS one FROM receivable_contract LIMIT 1",
        ),
        RecordKind::Order => (
            "SELECT id, number, number AS name FROM receivable_order WHERE number IN ",
            "SELECT 1 AS one FROM receivable_order LIMIT 1",
        ),
        RecordKind::Invoice => (
            "SELECT t.id AS id, t.number AS number, t.number AS name, t.amount AS amount, \
             coalesce(c.merged_into_id, c.id) AS customer_id, t.issued_on AS day \
             FROM receivable_invoice t JOIN customer c ON c.id = t.customer_id \
             WHERE t.number IN ",
            "SELECT 1 AS one FROM receivable_invoice LIMIT 1",
        ),
        RecordKind::Receipt => (
            "SELECT t.id AS id, t.number AS number, t.number AS name, t.amount AS amount, \
             coalesce(c.merged_into_id, c.id) AS customer_id, t.received_on AS day \
             FROM receivable_receipt t JOIN customer c ON c.id = t.customer_id \
             WHERE t.number IN ",
            "SELECT 1 AS one FROM receivable_receipt LIMIT 1",
        ),
        RecordKind::Contact | RecordKind::OrderLine => return None,
    })
}
