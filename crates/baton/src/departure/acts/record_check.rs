//! An office has done its part 登记离职事项.

use access::Need;
use kernel::{AssetId, CustomerId, Day, DepartureId, EmployeeId, Fen, Moment, Refusal, many};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Item, Reader, Record, Writer};
use utoipa::ToSchema;

use crate::departure::parts;
use crate::departure::store::{self, Found};
use crate::people::acts::{close_account::CloseAccount, return_asset::ReturnAsset};
use crate::people::store as people;
use crate::{bounds, handover, permissions};

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "check", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// 财务核对了名下应收; the figures are taken from the books at that moment.
    Receivables {
        /// 0..=200 characters.
        note: String,
    },
    /// IT 关闭了系统账号
    AccountClosed {
        /// An asset of kind `account`.
        #[schema(value_type = String)]
        asset_id: AssetId,
        /// 0..=200 characters.
        note: String,
    },
    /// 行政收回了资产，或约定了赔偿
    Asset {
        /// Which.
        #[schema(value_type = String)]
        asset_id: AssetId,
        /// What is paid instead of returning it.
        #[schema(value_type = Option<crate::http::Money>)]
        cost: Option<Fen>,
        /// 0..=200 characters.
        note: String,
    },
    /// 已将解除理由通知工会
    UnionNotice {
        /// When.
        #[schema(value_type = String, format = Date)]
        on: Day,
        /// What the union said, 0..=1000 characters.
        note: String,
    },
    /// 已核查特殊保护期
    Protection {
        /// What was found, 2..=1000 characters.
        note: String,
    },
    /// 离职面谈
    Interview {
        /// When.
        #[schema(value_type = String, format = Date)]
        on: Day,
        /// What was said, 0..=1000 characters.
        note: String,
    },
}

/// Words of the checks whose note is told in confidence: what was said at the end, by the union,
/// and of illness or pregnancy.
pub(crate) const CONFIDED: [&str; 3] = ["interview", "union_notice", "protection"];

impl Check {
    /// The word in the books, and what it is called.
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Check::Receivables { .. } => ("receivables", "核对应收", "receivables checked"),
            Check::AccountClosed { .. } => ("account_closed", "关闭账号", "account closed"),
            Check::Asset { .. } => ("asset", "收回资产", "asset settled"),
            Check::UnionNotice { .. } => ("union_notice", "通知工会", "union told"),
            Check::Protection { .. } => ("protection", "核查保护期", "protection checked"),
            Check::Interview { .. } => ("interview", "离职面谈", "interview held"),
        }
    }

    /// The thing or account it is about.
    fn asset(&self) -> Option<AssetId> {
        match self {
            Check::AccountClosed { asset_id, .. } | Check::Asset { asset_id, .. } => {
                Some(*asset_id)
            }
            _ => None,
        }
    }

    fn note(&self) -> (&str, std::ops::RangeInclusive<usize>) {
        match self {
            Check::Receivables { note }
            | Check::AccountClosed { note, .. }
            | Check::Asset { note, .. } => (note, 0..=200),
            Check::UnionNotice { note, .. } | Check::Interview { note, .. } => (note, 0..=1_000),
            Check::Protection { note } => (note, 2..=1_000),
        }
    }

    fn day(&self) -> Option<Day> {
        match self {
            Check::UnionNotice { on, .. } | Check::Interview { on, .. } => Some(*on),
            _ => None,
        }
    }
}

/// Takes down that an office has done its part.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordCheck {
    /// Which departure.
    pub departure: DepartureId,
    /// What was done.
    pub check: Check,
    /// Who did it, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    open: Vec<OpenOfCustomer>,
    /// Who holds the thing it is about.
    holder: Option<EmployeeId>,
}

/// What is open with one customer.
#[derive(Clone, Debug, Serialize)]
pub struct OpenOfCustomer {
    pub(crate) customer: CustomerId,
    pub(crate) invoices: i64,
    pub(crate) open: Fen,
    pub(crate) overdue: Fen,
}

/// Sums over all customers, kept with the check.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sums {
    /// Customers with something open.
    pub customers: i64,
    /// Open invoices.
    pub invoices: i64,
    /// What is open on them.
    pub open: Fen,
    /// What of that is overdue.
    pub overdue: Fen,
}

impl Act for RecordCheck {
    const NAME: &'static str = "departure.record_check";
    type Facts = Facts;
    type Outcome = Option<Sums>;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let open = match &self.check {
            Check::Receivables { .. } => {
                handover::holdings::open_by_customer(books, found.person.id).await?
            }
            _ => Vec::new(),
        };
        let holder = match self.check.asset() {
            Some(asset) => people::find_asset(books, asset).await?,
            None => None,
        };
        Ok(Facts {
            found,
            open,
            holder: holder.map(|asset| asset.employee),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let permission = match &self.check {
            Check::Receivables { .. } => permissions::RECEIVABLE_WRITE,
            Check::AccountClosed { .. } => permissions::DEPARTURE_ACCOUNTS,
            Check::Asset { .. } => permissions::DEPARTURE_ASSETS,
            Check::UnionNotice { .. } | Check::Protection { .. } | Check::Interview { .. } => {
                permissions::DEPARTURE_RUN
            }
        };
        Need::on(permission, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Option<Sums>, Refusal> {
        super::must_be_anothers(&facts.found, &self.by)?;
        super::must_be_open(&facts.found)?;
        let (note, fits) = self.check.note();
        bounds::length("/note", "说明", note, fits)?;
        of_the_leaver(facts)?;
        if self.check.day().is_some_and(|day| day > facts.found.today) {
            let zh = "日期不能晚于今天";
            return Err(
                Refusal::invalid("departure.check_in_future", zh, "not done yet").at("/on", zh),
            );
        }
        let sum = |of: fn(&OpenOfCustomer) -> Fen| facts.open.iter().map(of).sum();
        Ok(
            matches!(self.check, Check::Receivables { .. }).then(|| Sums {
                customers: i64::try_from(facts.open.len()).unwrap_or(i64::MAX),
                invoices: facts.open.iter().map(|line| line.invoices).sum(),
                open: sum(|line| line.open),
                overdue: sum(|line| line.overdue),
            }),
        )
    }

    async fn write(
        &self,
        Facts { found, .. }: &Facts,
        sums: &Option<Sums>,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let (word, ..) = self.check.words();
        let step = (found.departure.id, found.seq);
        let detail = serde_json::json!({ "check": self.check, "sums": sums });
        Ok(store::add_step(books, step, ("check", word), &self.by, &detail).await?)
    }

    fn record(&self, Facts { found, open, .. }: &Facts, sums: &Option<Sums>) -> Record {
        let who = super::who(found);
        let (word, zh, en) = self.check.words();
        let (zh, en) = match sums {
            Some(sums) => (
                format!(
                    "财务核对了{who}名下应收：{} 户、{} 笔，未收 {} 元，其中逾期 {} 元",
                    sums.customers, sums.invoices, sums.open, sums.overdue
                ),
                format!(
                    "Receivables of {who}: {}, {}, {} open, {} overdue",
                    many(&sums.customers, "customers"),
                    many(&sums.invoices, "invoices"),
                    sums.open,
                    sums.overdue
                ),
            ),
            None => (format!("{who}的离职事项已办：{zh}"), format!("{who}: {en}")),
        };
        let items = open.iter().map(|line| Item {
            subject: format!("customer/{}", line.customer),
            detail: serde_json::json!(line),
        });
        Record::of(found.subject(), zh, en)
            .why(word)
            .about(found.employee_subject())
            .detail(serde_json::json!({ "check": self.check, "sums": sums }))
            .items(items.collect())
    }

    fn then(&self, facts: &Facts, _: &Option<Sums>) -> Vec<Box<dyn AnyAct>> {
        let mut parts: Vec<Box<dyn AnyAct>> = match &self.check {
            Check::AccountClosed { asset_id, note } => {
                vec![Box::new(CloseAccount {
                    asset: *asset_id,
                    note: note.clone(),
                })]
            }
            Check::Asset {
                asset_id,
                cost,
                note,
            } => {
                let (asset, cost, note) = (*asset_id, *cost, note.clone());
                vec![Box::new(ReturnAsset { asset, cost, note })]
            }
            _ => Vec::new(),
        };
        parts.extend(parts::process_goes_on(&facts.found));
        parts
    }
}

/// What somebody else holds is settled with him, not in this departure.
fn of_the_leaver(facts: &Facts) -> Result<(), Refusal> {
    let leaver = facts.found.person.id;
    if facts.holder.is_none_or(|holder| holder == leaver) {
        return Ok(());
    }
    let zh = "该资产不是该员工领用的";
    Err(
        Refusal::conflict("departure.asset_of_another", zh, "somebody else holds this")
            .remedy((
                "请核对资产编号；他人领用的资产，请在其本人的页面或离职中办理",
                "Check the number of the asset; what somebody else holds is done on the page or \
                 the departure of that person",
            ))
            .at("/asset_id", zh),
    )
}
