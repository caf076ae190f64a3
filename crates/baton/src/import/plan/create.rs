//! New records 新建.

use customer::{AssignmentReason, CreditCode, NameKey};
use intake::RecordKind;
use kernel::{
    CustomerId, Day, DepartmentId, EmployeeId, EntityId, Fen, InvoiceId, OrderId, PostId,
};
use people::Position;
use receivable::ResponsibilityBasis;

use super::known::{Citizen, Open};
use super::{Outside, Planner, amount, name_in_books};
use crate::customer::load::{NewContact, NewCustomer, NewOpportunity, NewProduct, Owned};
use crate::import::line::Line;
use crate::import::notes;
use crate::people::load::{NewDepartment, NewEmployee, NewEntity, NewPost};
use crate::receivable::load::{
    NewContract, NewInvoice, NewOrder, NewOrderLine, NewReceipt, Responsible,
};

type Notes = Vec<String>;

/// Fields of an employee and of a customer that have no column of their own.
pub(super) const CUSTOMER_EXTRA: &[&str] = &["phone", "email", "parent", "founded", "size"];

impl Planner {
    pub(super) fn create(&mut self, line: &Line) -> Result<Notes, Outside> {
        let mut notes = Notes::new();
        match line.kind {
            RecordKind::Department => self.department(line)?,
            RecordKind::Employee => self.employee(line, &mut notes)?,
            RecordKind::Product => self.product(line, &mut notes),
            RecordKind::Customer => self.customer(line, &mut notes)?,
            RecordKind::Contact => self.contact(line, &mut notes)?,
            RecordKind::Opportunity => self.opportunity(line, &mut notes)?,
            RecordKind::Contract => self.contract(line, &mut notes)?,
            RecordKind::Order => self.order(line, &mut notes)?,
            RecordKind::OrderLine => self.order_line(line)?,
            RecordKind::Invoice => self.invoice(line, &mut notes)?,
            RecordKind::Receipt => self.receipt(line, &mut notes)?,
        }
        Ok(notes)
    }

    fn number(&self, line: &Line, notes: &mut Notes) -> String {
        let (number, taken) = self.free_number(line);
        if taken {
            notes.push(notes::NUMBER_TAKEN.of(&[line.text("number"), &number]));
        }
        number
    }

    /// Whose the paper is: where the customer was merged, the one that stays, since nobody answers
    /// for the other any more.
    pub(super) fn customer_of(
        &self,
        line: &Line,
        notes: &mut Notes,
    ) -> Result<CustomerId, Outside> {
        let named: CustomerId = self.needed(RecordKind::Customer, line, "customer")?;
        Ok(match self.known.merged.get(&named) {
            Some(stays) => {
                notes.push(notes::MERGED.zh().to_owned());
                *stays
            }
            None => named,
        })
    }

    fn entity(&mut self) -> EntityId {
        let minted = {
            let (at, dice) = self.ids.next();
            EntityId::mint(at, dice)
        };
        *self.known.entity.get_or_insert_with(|| {
            self.plan.entities.push(NewEntity {
                id: minted,
                name: "本公司".to_owned(),
            });
            minted
        })
    }

    fn post(&mut self, name: &str) -> PostId {
        let name = if name.is_empty() {
            "未填岗位"
        } else {
            name
        };
        if let Some(id) = self.known.posts.get(name) {
            return *id;
        }
        let id = {
            let (at, dice) = self.ids.next();
            PostId::mint(at, dice)
        };
        self.known.posts.insert(name.to_owned(), id);
        self.plan.posts.push(NewPost {
            id,
            name: name.to_owned(),
        });
        id
    }

    /// Where people without a department go: one for each system.
    fn home(&mut self) -> DepartmentId {
        let code = format!("{}-未分配", self.around.system);
        let known = self
            .home
            .or_else(|| self.known.department_codes.get(&code).copied());
        let id = known.unwrap_or_else(|| {
            let id = {
                let (at, dice) = self.ids.next();
                DepartmentId::mint(at, dice)
            };
            let (entity, name) = (self.entity(), "未分配部门".to_owned());
            self.plan.departments.push(NewDepartment {
                id,
                parent: None,
                entity,
                code,
                name,
            });
            id
        });
        self.home = Some(id);
        id
    }

    fn department(&mut self, line: &Line) -> Result<(), Outside> {
        let id: DepartmentId = self.own_id(line)?;
        let wanted = line
            .opt("number")
            .unwrap_or_else(|| line.text("name").to_owned());
        let code = if self.known.department_codes.contains_key(&wanted) {
            format!("{}-{wanted}", self.around.system)
        } else {
            wanted
        };
        self.known.department_codes.insert(code.clone(), id);
        let parent = self
            .id(RecordKind::Department, line, "parent")
            .filter(|up| *up != id);
        let (entity, name) = (self.entity(), name_in_books(line));
        self.plan.departments.push(NewDepartment {
            id,
            parent,
            entity,
            code,
            name,
        });
        Ok(())
    }

    fn employee(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let id: EmployeeId = self.own_id(line)?;
        if let Some(why) = self.somebody_else(line) {
            return Err(Outside(why));
        }
        if let Some(why) = self.citizen_taken(line, id) {
            return Err(Outside(why));
        }
        let department = self.id(RecordKind::Department, line, "department");
        let department = department.unwrap_or_else(|| self.home());
        if let Some(day) = line.day("hired_on") {
            self.known.hired.insert(id, day);
        }
        let hired_on = line
            .day("hired_on")
            .unwrap_or_else(|| self.on_import(notes, "入职日期"));
        let line_manager = self
            .id(RecordKind::Employee, line, "line_manager")
            .filter(|up| *up != id);
        let post = self.post(line.text("post").trim());
        let position = Position {
            entity: self.entity(),
            department,
            post: Some(post),
            line_manager,
        };
        let number = self.number(line, notes);
        let sells = self.known.sellers.contains(line.key.as_str());
        if let Some(citizen_id) = line.opt("citizen_id") {
            let number = number.clone();
            let citizen = Citizen { id, number };
            self.known.citizens.insert(citizen_id.into(), citizen);
        }
        self.plan.employees.push(NewEmployee {
            id,
            number,
            name: name_in_books(line),
            position,
            post,
            citizen_id: line.opt("citizen_id"),
            phone: line.opt("phone"),
            email: line.opt("email"),
            hired_on,
            probation_until: None,
            contract_from: None,
            contract_until: None,
            sells,
            capacity: None,
            regions: String::new(),
            industries: String::new(),
            extra: line.extra(&[]),
        });
        Ok(())
    }

    fn product(&mut self, line: &Line, notes: &mut Notes) {
        let number = self.number(line, notes);
        let (name, price) = (name_in_books(line), line.money("price"));
        let (series, extra) = (String::new(), line.extra(&[]));
        self.plan.products.push(NewProduct {
            number,
            name,
            series,
            price,
            extra,
        });
    }

    fn customer(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let id: CustomerId = self.own_id(line)?;
        if let Some(why) = self.takes_none(line) {
            let help = notes::NAME_ANOTHER.zh();
            return Err(Outside(format!("{why}。{help}")));
        }
        let owner = self.owner(line, notes);
        let effective_on = self.since(line, owner, notes);
        let written = line.opt("credit_code");
        let code = written
            .as_deref()
            .and_then(|code| CreditCode::parse(code).ok());
        let mut extra = CUSTOMER_EXTRA.to_vec();
        if written.is_some() && code.is_none() {
            extra.push("credit_code");
            notes.push(notes::ODD_CODE.zh().to_owned());
        }
        let same_name = self.known.meets(&NameKey::of(line.text("name")));
        let same_code = code
            .as_ref()
            .and_then(|code| self.known.meets_code(code.as_str()));
        let alike = same_code.map(|met| ("统一社会信用代码", met));
        if let Some((what, met)) = alike.or(same_name.map(|met| ("名称", met))) {
            let other = self.known.called(met);
            notes.push(notes::ALIKE.of(&[what, &other]));
        }
        self.owners.insert(id, owner);
        let number = self.number(line, notes);
        self.plan.customers.push(NewCustomer {
            id,
            number,
            name: name_in_books(line),
            credit_code: code.map(|code| code.as_str().to_owned()),
            industry: line.text("industry").to_owned(),
            region: line.text("region").to_owned(),
            tier: line.text("tier").to_owned(),
            address: line.text("address").to_owned(),
            history: vec![Owned {
                effective_on,
                owner,
                reason: AssignmentReason::Imported,
                plan: None,
            }],
            last_follow_up_on: None,
            extra: line.extra(&extra),
        });
        Ok(())
    }

    fn contact(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let customer = self.customer_of(line, notes)?;
        let is_primary = self.met.insert(customer) && self.owners.contains_key(&customer);
        self.plan.contacts.push(NewContact {
            id: self.own_id(line)?,
            customer,
            name: name_in_books(line),
            title: line.text("title").to_owned(),
            phone: line.opt("phone"),
            email: line.opt("email"),
            is_primary,
            extra: line.extra(&[]),
        });
        Ok(())
    }

    /// The product's number in the books; what the file says where the books have none.
    pub(super) fn product_of(&self, line: &Line) -> String {
        let key = line.refers("product").unwrap_or_default();
        self.resolve(RecordKind::Product, key)
            .unwrap_or_else(|| key.to_owned())
    }

    fn opportunity(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let customer = match line.refers("customer") {
            Some(_) => Some(self.customer_of(line, notes)?),
            None => None,
        };
        let owner = self.owner(line, notes);
        let (id, number) = (self.own_id(line)?, self.number(line, notes));
        let product = self.product_of(line);
        self.plan.opportunities.push(NewOpportunity {
            id,
            title: if product.is_empty() {
                number.clone()
            } else {
                product.clone()
            },
            number,
            customer,
            owner,
            product,
            stage: stage(line.text("stage")).to_owned(),
            amount: line.money("amount"),
            opened_on: line.day("opened_on"),
            closed_on: line.day("closed_on"),
            extra: line.extra(&[]),
        });
        Ok(())
    }

    fn contract(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let id = self.own_id(line)?;
        let customer = self.customer_of(line, notes)?;
        let amount = amount(line)?;
        let owner = self.owner(line, notes);
        let signed_on = line.day("signed_on").or_else(|| line.day("starts_on"));
        let ends_on = line.day("ends_on");
        let number = self.number(line, notes);
        let named = line.opt("name");
        self.note_owner(line, owner);
        self.plan.contracts.push(NewContract {
            id,
            title: named.unwrap_or_else(|| number.clone()),
            number,
            customer,
            opportunity: None,
            owner,
            amount,
            signed_on: signed_on.unwrap_or_else(|| self.on_import(notes, "签订日期")),
            ends_on,
            product: line.text("product").to_owned(),
            margin: line.money("margin"),
            extra: line.extra(&["starts_on"]),
        });
        Ok(())
    }

    fn on_import(&self, notes: &mut Notes, what: &str) -> Day {
        notes.push(notes::ON_IMPORT.of(&[what]));
        self.around.today
    }

    fn note_owner(&mut self, line: &Line, owner: Option<EmployeeId>) {
        let id = self.known.ids.get(line.kind, &line.key);
        if let (Some(id), Some(owner)) = (id, owner) {
            self.paper_owners.insert(id.to_string(), owner);
        }
    }

    fn order(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let id: OrderId = self.own_id(line)?;
        let customer = self.customer_of(line, notes)?;
        let contract = match line.refers("contract") {
            Some(_) => Some(self.needed(RecordKind::Contract, line, "contract")?),
            None => None,
        };
        let amount = amount(line)?;
        let owner = self.owner(line, notes);
        let shipped_on = line.day("shipped_on");
        let ordered_on = line.day("ordered_on").or(shipped_on);
        let number = self.number(line, notes);
        self.note_owner(line, owner);
        self.orders.insert(id, self.plan.orders.len());
        self.plan.orders.push(NewOrder {
            id,
            number,
            customer,
            contract,
            owner,
            ordered_on: ordered_on.unwrap_or_else(|| self.on_import(notes, "下单日期")),
            shipped_on,
            amount,
            lines: Vec::new(),
            extra: line.extra(&[]),
        });
        Ok(())
    }

    fn order_line(&mut self, line: &Line) -> Result<(), Outside> {
        let order: OrderId = self.needed(RecordKind::Order, line, "order")?;
        let new = priced(line, self.product_of(line));
        let n = if let Some(at) = self.orders.get(&order) {
            let lines = &mut self.plan.orders[*at].lines;
            lines.push(new);
            i64::try_from(lines.len()).unwrap_or(i64::MAX)
        } else {
            let last = self.known.last_line.entry(order).or_default();
            *last += 1;
            self.plan.more_lines.push((order, *last, new));
            *last
        };
        let id = format!("{order}#{n}").into();
        self.known.ids.insert(line.kind, &line.key, id);
        Ok(())
    }

    fn invoice(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let id: InvoiceId = self.own_id(line)?;
        let customer = self.customer_of(line, notes)?;
        let issued_on = line
            .day("issued_on")
            .ok_or_else(|| Outside(notes::NO_DAY_ISSUED.zh().to_owned()))?;
        let amount = amount(line)?;
        let responsible = self.responsible(line, customer, notes);
        let number = self.number(line, notes);
        self.known.open.insert(
            id,
            Open {
                customer,
                open: amount,
            },
        );
        let due_on = line.day("due_on").unwrap_or_else(|| {
            notes.push(notes::DUE_AT_ONCE.zh().to_owned());
            issued_on
        });
        let basis = ResponsibilityBasis::Issued;
        let from = |employee| Responsible {
            effective_on: issued_on.min(self.around.today),
            employee,
            basis,
            plan: None,
        };
        self.plan.invoices.push(NewInvoice {
            id,
            number,
            customer,
            contract: self.id(RecordKind::Contract, line, "contract"),
            order: self.id(RecordKind::Order, line, "order"),
            issued_on,
            due_on,
            amount,
            disputed: line.yes("disputed"),
            history: responsible.map(from).into_iter().collect(),
            extra: line.extra(&[]),
        });
        Ok(())
    }

    fn receipt(&mut self, line: &Line, notes: &mut Notes) -> Result<(), Outside> {
        let customer = self.customer_of(line, notes)?;
        let received_on = line
            .day("received_on")
            .ok_or_else(|| Outside(notes::NO_DAY_RECEIVED.zh().to_owned()))?;
        let amount = amount(line)?;
        let mut clearings = Vec::new();
        if line.refers("invoice").is_none() {
            notes.push(notes::NO_INVOICE.zh().to_owned());
        } else {
            let invoice: InvoiceId = self.needed(RecordKind::Invoice, line, "invoice")?;
            if let Some(open) = self.known.open.get_mut(&invoice) {
                let clears = amount.min(open.open);
                if open.customer != customer {
                    notes.push(notes::OTHERS_INVOICE.zh().to_owned());
                } else if clears > Fen::ZERO {
                    open.open = Fen(open.open.0 - clears.0);
                    clearings.push((invoice, clears));
                }
                if clears < amount {
                    notes.push(notes::CLEARS_LESS.of(&[&clears.to_plain()]));
                }
            }
        }
        let (id, number) = (self.own_id(line)?, self.number(line, notes));
        let extra = line.extra(&[]);
        let new = NewReceipt {
            id,
            number,
            customer,
            received_on,
            amount,
            clearings,
            extra,
        };
        self.plan.receipts.push(new);
        Ok(())
    }
}

/// Quantities come in thousandths, prices in fen.
pub(super) fn priced(line: &Line, product: String) -> NewOrderLine {
    NewOrderLine {
        product,
        quantity_ppm: line
            .int("quantity")
            .unwrap_or_default()
            .saturating_mul(1_000),
        unit_price_fine: line
            .money("unit_price")
            .unwrap_or_default()
            .0
            .saturating_mul(100),
        discount_ppm: line.int("discount").unwrap_or_default(),
        amount: line.money("amount").unwrap_or_default(),
    }
}

/// A mapping's stage in the words of the customer slice.
pub(super) fn stage(word: &str) -> &str {
    if word == "quoted" { "proposal" } else { word }
}
