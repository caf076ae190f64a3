//! Somebody else must chase the money 转移回款责任.

use access::Need;
use kernel::{ContractId, CustomerId, Day, EmployeeId, InvoiceId, Moment, OrderId, Refusal};
use receivable::{Responsibility, ResponsibilityBasis, ResponsibilityRow};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Item, Reader, Record, Writer};

use crate::customer::store::{self as customers, Customer};
use crate::people::store::{self as people, Employee, PersonState};
use crate::permissions;
use crate::receivable::store::{self, Invoice};

/// Makes a person responsible for invoices of one customer, and gives him the contracts and orders
/// named with them. Amounts, days and states stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeOver {
    /// Whose papers they are.
    pub customer: CustomerId,
    /// Which invoices.
    pub invoices: Vec<InvoiceId>,
    /// Which contracts.
    pub contracts: Vec<ContractId>,
    /// Which orders.
    pub orders: Vec<OrderId>,
    /// Who is responsible from then on.
    pub to: EmployeeId,
    /// The first day, today or earlier.
    pub effective_on: Day,
    /// Why.
    pub basis: ResponsibilityBasis,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    customer: Customer,
    family: Vec<CustomerId>,
    to: Employee,
    histories: Vec<(Invoice, Responsibility)>,
    today: Day,
}

impl Act for TakeOver {
    const NAME: &'static str = "receivable.take_over";
    type Facts = Facts;
    type Outcome = Vec<ResponsibilityRow>;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let customer = customers::find_customer(books, self.customer).await?;
        let to = people::find_employee(books, self.to).await?;
        let mut by_id = store::responsibilities(books, &self.invoices).await?;
        let mut histories = Vec::new();
        for id in &self.invoices {
            let invoice = store::find_invoice(books, *id).await?;
            let invoice = invoice.ok_or_else(|| Denied::absent("invoice"))?;
            let history = by_id
                .remove(id)
                .unwrap_or_else(|| Responsibility::begin(*id));
            histories.push((invoice, history));
        }
        Ok(Facts {
            customer: customer.ok_or_else(|| Denied::absent("customer"))?,
            family: customers::family(books, self.customer).await?,
            to: to.ok_or_else(|| Denied::absent("employee"))?,
            histories,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::RECEIVABLE_WRITE, facts.customer.owned_target())
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Vec<ResponsibilityRow>, Refusal> {
        super::happened("/effective_on", "生效日", self.effective_on, facts.today)?;
        if facts.to.state == PersonState::Left {
            let zh = format!("{}已离职", facts.to.called());
            return Err(Refusal::conflict(
                "receivable.responsible_has_left",
                zh.clone(),
                "has left",
            )
            .remedy(("请选择在职员工", "Choose an employee at work"))
            .at("/to_id", zh));
        }
        let mut rows = Vec::new();
        for (invoice, history) in &facts.histories {
            if !facts.family.contains(&invoice.customer) {
                let zh = "有发票不属于此客户";
                return Err(Refusal::invalid(
                    "receivable.foreign_invoice",
                    zh,
                    "another's invoice",
                )
                .at("/invoice_ids", zh));
            }
            if self.basis != ResponsibilityBasis::HandedOver {
                let number = super::as_typed(&invoice.number, invoice.amount);
                super::must_stand(&format!("发票 {number} "), invoice.amount)?;
            }
            let last = history.rows().last();
            // In a handover the receiver may be responsible already; appointing him anew is a slip.
            let already = last.is_some_and(|last| last.responsible == self.to);
            if already && self.basis == ResponsibilityBasis::HandedOver {
                continue;
            }
            // An invoice issued after the effective day cannot have been chased before its issue.
            let from = last.map_or(self.effective_on, |last| {
                last.effective_on.max(self.effective_on)
            });
            rows.push(history.clone().append(from, self.to, self.basis, at)?);
        }
        Ok(rows)
    }

    async fn write(
        &self,
        _facts: &Facts,
        rows: &Vec<ResponsibilityRow>,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        store::set_responsible(books, rows).await?;
        store::add_responsibility(books, rows, &self.recorded_by).await?;
        store::pass_contracts(books, &self.contracts, self.to).await?;
        Ok(store::pass_orders(books, &self.orders, self.to).await?)
    }

    fn record(&self, facts: &Facts, rows: &Vec<ResponsibilityRow>) -> Record {
        let (what, who) = (facts.customer.called(), facts.to.called());
        let before = |invoice: InvoiceId| {
            let history = facts.histories.iter().find(|(_, history)| {
                history
                    .rows()
                    .first()
                    .is_some_and(|row| row.invoice == invoice)
            });
            history
                .and_then(|(_, history)| history.rows().last())
                .map(|row| row.responsible)
        };
        let invoices = rows.iter().map(|row| Item {
            subject: format!("invoice/{}", row.invoice),
            detail: serde_json::json!({
                "before": before(row.invoice),
                "after": row.responsible,
                "effective_on": row.effective_on,
            }),
        });
        let item = |subject: String| Item {
            subject,
            detail: serde_json::json!({ "after": self.to }),
        };
        let contracts = self
            .contracts
            .iter()
            .map(|id| item(format!("contract/{id}")));
        let orders = self.orders.iter().map(|id| item(format!("order/{id}")));
        let items: Vec<Item> = invoices.chain(contracts).chain(orders).collect();
        let (count, papers) = (rows.len(), self.contracts.len() + self.orders.len());
        Record::of(
            format!("customer/{}", self.customer),
            format!(
                "自 {} 起由{who}负责催收客户{what}的 {count} 张发票，并接手 {papers} 份合同与订单",
                self.effective_on
            ),
            format!(
                "From {} on {who} is responsible for the invoices of {what} ({count}) and takes \
                 over its contracts and orders ({papers})",
                self.effective_on
            ),
        )
        .why(store::basis_word(self.basis))
        .about(format!("employee/{}", self.to))
        .items(items)
    }
}
