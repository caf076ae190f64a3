//! A plan is changed 调整交接方案.

use std::collections::BTreeSet;

use ::commission::explain;
use ::commission::split_after_handover::{Agreement, Terms};
use ::handover::acceptance::Answer;
use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::HandoverPlan;
use access::Need;
use kernel::{ContractId, CustomerId, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use super::draw_up::{changed_lines, listed_anew};
use crate::commission::protection::{self, Answered};
use crate::handover::apart;
use crate::handover::change::PlanChange;
use crate::handover::loaded::{HangsOf, Loaded, earns, hangs_of, loaded, moment_of};
use crate::handover::process;
use crate::handover::store::{self, AgreedTerms, PlanState};
use crate::handover::terms::{agreed, by_table};
use crate::people::store as people;
use crate::permissions;

/// Changes who gets what, or the day. Whoever's share changed answers again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Edit {
    /// Which plan.
    pub plan: PlanId,
    /// The version that was seen; another one is refused.
    pub version: u32,
    /// What changes.
    pub change: PlanChange,
}

/// What the decision needs to know.
pub struct Facts {
    loaded: Loaded,
    suggested: Vec<(CustomerId, EmployeeId)>,
    successor_known: bool,
    successor: String,
    /// Whether everybody who is to share the team's part is an employee.
    team_known: bool,
    /// What receivers have said so far.
    answers: Vec<Answer>,
    /// What the table would say that new terms name; none when they name none.
    answered: Option<Result<Answered, Refusal>>,
    /// Contracts that the change names, with their papers.
    named: Named,
    /// What was agreed so far; read where the change names terms.
    agreed: Vec<AgreedTerms>,
}

/// Contracts that a change names.
#[derive(Default)]
struct Named {
    lines: Vec<Holding>,
    /// Of those, how many are contracts.
    contracts: usize,
    /// Named, but not found under the giver's name.
    missing: usize,
    /// They have no customer to go with: they were handed over by themselves before.
    standing: usize,
    /// Their customers move by another open plan.
    elsewhere: usize,
    /// What hangs on their customers once the change is made.
    hangs: HangsOf,
}

/// The contracts a change names, as lines.
async fn named_by(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    change: &PlanChange,
) -> Result<Named, Failure> {
    let ids = change.contracts();
    if ids.is_empty() {
        return Ok(Named::default());
    }
    let holders = loaded.givers();
    let rejoins = matches!(change, PlanChange::RejoinContracts { .. });
    let mut named = Named::default();
    for holder in &holders {
        let standing = apart::standing(books, *holder).await?;
        let mut lines = apart::holdings_of(books, *holder, ids).await?;
        // What goes back has a line; a paper that has none goes with the customer anyway.
        lines.retain(|one| !rejoins || loaded.plan.item(&one.key).is_some());
        let own = |one: &&Holding| one.key.kind == HoldingKind::Contract;
        named.contracts += lines.iter().filter(own).count();
        named.standing += lines
            .iter()
            .filter(|one| standing.contains(&one.key))
            .count();
        named.lines.extend(lines);
    }
    let unique: BTreeSet<&ContractId> = ids.iter().collect();
    named.missing = unique.len().saturating_sub(named.contracts);
    let listed = store::listed_in_open_plans(books, loaded.head.from, None).await?;
    let elsewhere = named.lines.iter().filter(|one| {
        let customer = HoldingKey {
            kind: HoldingKind::CustomerOwnership,
            subject: one.customer.map(|id| id.to_string()).unwrap_or_default(),
        };
        let away = |key: &HoldingKey| loaded.plan.item(key).is_none() && listed.contains(key);
        away(&one.key) || away(&customer)
    });
    named.elsewhere = elsewhere.count();
    let mut kept = loaded.kept.clone();
    for one in &named.lines {
        match rejoins {
            true => kept.remove(&one.key),
            false => kept.insert(one.key.clone()),
        };
    }
    named.hangs = hangs_of(books, &holders, &kept).await?;
    let touched: BTreeSet<_> = named.lines.iter().filter_map(|one| one.customer).collect();
    named
        .hangs
        .retain(|(_, customer), _| touched.contains(customer));
    Ok(named)
}

impl Named {
    /// # Errors
    /// `handover.contract_not_held`, `handover.contract_elsewhere`, `handover.contract_apart`.
    fn check(&self, change: &PlanChange) -> Result<(), Refusal> {
        let refuse = |code, zh: String, en: &str, remedy: (&str, &str)| {
            let refusal = Refusal::invalid(code, zh.clone(), en.to_owned());
            Err(refusal.remedy(remedy).at("/change/contract_ids", zh))
        };
        if self.missing > 0 {
            return refuse(
                "handover.contract_not_held",
                format!("有 {} 份合同不是移交人名下履行中的合同", self.missing),
                "not a running contract of the giver",
                (
                    "请刷新后重新选择；已结束的合同不再移交",
                    "Reload and choose again; contracts that have ended are not handed over",
                ),
            );
        }
        if self.elsewhere > 0 {
            return refuse(
                "handover.contract_elsewhere",
                "所选合同或其客户已列入该员工的另一份交接方案".to_owned(),
                "listed in another open plan",
                (
                    "请在那份方案中办理，或先作废它",
                    "Do it in that plan, or cancel that one first",
                ),
            );
        }
        if self.standing > 0 && matches!(change, PlanChange::RejoinContracts { .. }) {
            return refuse(
                "handover.contract_apart",
                "所选合同此前已单独交接，不随客户移交".to_owned(),
                "handed over by itself before",
                (
                    "请为这份合同单独指定接手人",
                    "Choose a successor for this contract alone",
                ),
            );
        }
        Ok(())
    }
}

/// What was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Edited {
    /// The version from now on.
    pub version: u32,
    /// Lines that changed.
    pub changed: usize,
}

/// What the table says of the customers that new terms are for, by the version in force on the
/// effective day: terms that could not be carried out are not agreed on.
async fn asked(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    change: &PlanChange,
) -> Result<Option<Result<Answered, Refusal>>, Failure> {
    let PlanChange::SetTerms {
        customer_ids,
        terms,
        ..
    } = change
    else {
        return Ok(None);
    };
    if !by_table(terms) {
        return Ok(None);
    }
    let owned = loaded.plan.items().iter().filter(|item| {
        let id = item.holding.customer;
        earns(item.holding.key.kind)
            && (customer_ids.is_empty() || id.is_some_and(|id| customer_ids.contains(&id)))
    });
    let owned: BTreeSet<CustomerId> = owned.filter_map(|item| item.holding.customer).collect();
    let owned: Vec<CustomerId> = owned.into_iter().collect();
    let terms = [(None, terms.clone().into())];
    let asked = ("plan", loaded.head.effective_on);
    Ok(Some(
        protection::answered(books, &terms, &owned, asked).await?,
    ))
}

/// The terms with the name of their table; what it said waits for the effective day.
fn named(terms: &Terms, answered: Option<&Result<Answered, Refusal>>) -> Terms {
    let said = answered.and_then(|answered| answered.as_ref().ok());
    let called = said
        .into_iter()
        .flat_map(|one| &one.terms)
        .find_map(|(_, one)| match &one.terms {
            Terms::ByTable { name, .. } => Some(name.clone()),
            _ => None,
        });
    match terms {
        Terms::ByTable { table, covers, .. } => Terms::ByTable {
            table: table.clone(),
            name: called.unwrap_or_default(),
            covers: *covers,
            steps: Vec::new(),
        },
        other => other.clone(),
    }
}

impl Edit {
    fn edited(&self, facts: &Facts) -> Result<(HandoverPlan, usize), Refusal> {
        let Loaded {
            today,
            at,
            zone,
            plan,
            ..
        } = &facts.loaded;
        let edit = self
            .change
            .edit((&facts.suggested, &facts.named.lines), |day| {
                moment_of(day, *today, *at, zone)
            });
        let mut plan = plan.clone();
        let changed = plan.edit(self.version, &edit)?;
        Ok((plan, changed))
    }

    /// The terms that the change names, and for whom; none of another change.
    fn agreement(&self, facts: &Facts) -> Result<Option<(&[CustomerId], Agreement)>, Refusal> {
        let PlanChange::SetTerms {
            customer_ids,
            terms,
            pool,
        } = &self.change
        else {
            return Ok(None);
        };
        let mut agreement = agreed(terms, pool.as_ref(), facts.loaded.head.from)?;
        agreement.terms = named(terms, facts.answered.as_ref());
        Ok(Some((customer_ids.as_slice(), agreement)))
    }

    /// Whether the terms that the change names count already.
    fn agreed_before(&self, facts: &Facts) -> Result<bool, Refusal> {
        let Some((customers, wanted)) = self.agreement(facts)? else {
            return Ok(false);
        };
        let counts = |customer: Option<CustomerId>| {
            let mut terms = facts.agreed.iter();
            terms.any(|one| one.customer == customer && one.agreement == wanted)
        };
        Ok(match customers {
            // Terms for all leave no customer with terms of its own.
            [] => facts.agreed.len() == 1 && counts(None),
            some => some.iter().all(|one| counts(Some(*one))),
        })
    }
}

/// What changes nothing asks nobody anew and leaves no entry.
fn nothing_changed() -> Refusal {
    let zh = "没有变化：方案已经是这样";
    let en = "Nothing would change: the plan is like this already.";
    Refusal::conflict("handover.nothing_changed", zh, en).remedy((
        "请核对所选的事项、接替人、生效日或条款；已经如此的无需再改",
        "Check the things, the successor, the day or the terms you chose; what is so already \
         needs no change",
    ))
}

impl Act for Edit {
    const NAME: &'static str = "handover.edit";
    type Facts = Facts;
    type Outcome = Edited;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let loaded = loaded(books, self.plan).await?;
        let suggested = match self.change {
            PlanChange::AcceptSuggestions => store::suggestions(books, self.plan).await?,
            _ => Vec::new(),
        };
        let successor = match self.change.successor() {
            Some(id) => people::find_employee(books, id).await?,
            None => None,
        };
        let answered = asked(books, &loaded, &self.change).await?;
        let agreed = match self.change {
            PlanChange::SetTerms { .. } => store::terms_of(books, self.plan).await?,
            _ => Vec::new(),
        };
        let team = self.change.team();
        let known = people::names_of(books, team.iter().copied()).await?;
        Ok(Facts {
            named: named_by(books, &loaded, &self.change).await?,
            team_known: team.iter().all(|one| known.contains_key(one)),
            answered,
            loaded,
            suggested,
            successor_known: successor.is_some() || self.change.successor().is_none(),
            successor: successor.map(|one| one.called()).unwrap_or_default(),
            answers: store::answers(books, self.plan).await?,
            agreed,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::HANDOVER_PLAN, facts.loaded.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Edited, Refusal> {
        let open = [PlanState::Draft, PlanState::Submitted];
        facts.loaded.must_be(&open, ("再调整", "change it"))?;
        self.change.check(facts.loaded.today)?;
        facts.named.check(&self.change)?;
        if let PlanChange::SetTerms {
            customer_ids,
            terms,
            pool,
        } = &self.change
        {
            agreed(terms, pool.as_ref(), facts.loaded.head.from)?;
            facts.loaded.must_list(customer_ids)?;
            if !facts.team_known {
                let zh = "团队份额中有不在员工名册中的人员";
                let en = "somebody of the team is not an employee";
                return Err(Refusal::invalid("commission.terms_broken", zh, en)
                    .remedy(("请从名册中选择人员", "Choose from the list of people"))
                    .at("/change/pool/members", zh));
            }
            let answered = facts.answered.as_ref().map(Result::as_ref).transpose();
            answered.map_err(|refusal| {
                let zh = refusal.message.clone();
                refusal.clone().at("/change/terms", zh)
            })?;
        }
        if !facts.successor_known {
            let zh = "接替人不存在";
            return Err(
                Refusal::invalid("handover.successor_unknown", zh, "nobody of that id")
                    .remedy(("请选择在职员工", "Choose an employee at work"))
                    .at("/change/successor_id", zh),
            );
        }
        let (plan, changed) = self.edited(facts)?;
        if changed == 0 || self.agreed_before(facts)? {
            return Err(nothing_changed());
        }
        Ok(Edited {
            version: plan.version(),
            changed,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        edited: &Edited,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let (plan, _) = self.edited(facts)?;
        let lines = changed_lines(&facts.loaded.plan, &plan);
        store::set_choices(books, self.plan, &lines).await?;
        let (fresh, gone) = listed_anew(&facts.loaded.plan, &plan);
        store::remove_items(books, self.plan, &gone).await?;
        store::add_items(books, self.plan, &fresh).await?;
        if !(fresh.is_empty() && gone.is_empty()) {
            store::set_hangs(books, self.plan, &facts.named.hangs).await?;
        }
        let next = edited.version;
        let changed = plan
            .share_versions()
            .iter()
            .filter(|(_, version)| **version == next);
        store::shares_moved(
            books,
            self.plan,
            changed.map(|(who, version)| (*who, *version)),
        )
        .await?;
        if let Some((customers, agreement)) = self.agreement(facts)? {
            store::set_terms(books, self.plan, customers, &agreement).await?;
        }
        let day = match &self.change {
            PlanChange::MoveEffective { effective_on } => *effective_on,
            _ => facts.loaded.head.effective_on,
        };
        Ok(store::set_version(books, self.plan, edited.version, day).await?)
    }

    fn record(&self, facts: &Facts, edited: &Edited) -> Record {
        let (number, count) = (&facts.loaded.head.number, edited.changed);
        let to = &facts.successor;
        let (zh, en) = match &self.change {
            PlanChange::AcceptSuggestions => (format!("采纳建议 {count} 项"), "suggestions taken"),
            PlanChange::Clear { .. } | PlanChange::ClearSuccessor { .. } => {
                (format!("清除了 {count} 项的接替人"), "lines cleared")
            }
            PlanChange::MoveEffective { effective_on } => {
                (format!("生效日改为 {effective_on}"), "another day")
            }
            PlanChange::SetTerms { terms, pool, .. } => {
                let named = named(terms, facts.answered.as_ref());
                let agreement = agreed(terms, pool.as_ref(), facts.loaded.head.from);
                let pool = agreement.ok().and_then(|one| one.pool);
                let terms = named;
                let said = explain::agreement(&Agreement { terms, pool }).zh;
                (
                    format!("{count} 户客户的提成条款改为：{said}"),
                    "other terms",
                )
            }
            PlanChange::AssignContracts { .. } => {
                let contracts = facts.named.contracts;
                let papers = facts.named.lines.len().saturating_sub(contracts);
                (
                    format!("{contracts} 份合同单独交给{to}，连同其 {papers} 笔应收与订单"),
                    "contracts set apart",
                )
            }
            PlanChange::RejoinContracts { .. } => {
                let contracts = facts.named.contracts;
                (
                    format!("{contracts} 份合同不再单独交接，随客户移交"),
                    "contracts go with their customers",
                )
            }
            _ => (format!("{count} 项改由{to}接替"), "lines reassigned"),
        };
        Record::of(
            facts.loaded.subject(),
            format!("调整交接方案 {number}：{zh}"),
            format!("Changed the plan {number}: {en} ({count})"),
        )
        .detail(serde_json::json!({
            "before": self.version,
            "after": edited.version,
            "change": self.change,
            "changed": count,
        }))
    }

    /// Whoever's share is another one now finds it among his tasks.
    fn then(&self, facts: &Facts, edited: &Edited) -> Vec<Box<dyn AnyAct>> {
        let asked = facts.loaded.head.state == PlanState::Submitted && edited.changed > 0;
        let plan = self.edited(facts).ok().filter(|_| asked);
        plan.and_then(|(plan, _)| process::changes(&facts.loaded, &plan, &facts.answers))
            .into_iter()
            .collect()
    }
}
