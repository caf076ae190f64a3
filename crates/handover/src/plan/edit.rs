//! Changes to a plan: one line, many, by rule, by suggestion 方案调整.

use std::collections::BTreeMap;

use kernel::{CustomerId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use succession::suggest::{Advice, Suggestion};

use super::{Choice, Chosen, HandoverPlan, Item};
use crate::holding::{Holding, HoldingKey, HoldingKind};

/// A line by its place, and what it is to become.
type Wanted = (usize, Option<Choice>);

/// Which lines a rule means; an empty list means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// Kinds.
    pub kinds: Vec<HoldingKind>,
    /// Regions.
    pub regions: Vec<String>,
    /// Industries.
    pub industries: Vec<String>,
    /// Whether lines that have a successor keep it.
    pub only_unassigned: bool,
}

impl Rule {
    fn means(&self, item: &Item) -> bool {
        let named = |list: &[String], own: &Option<String>| {
            list.is_empty() || own.as_ref().is_some_and(|own| list.contains(own))
        };
        let holding = &item.holding;
        (self.kinds.is_empty() || self.kinds.contains(&holding.key.kind))
            && named(&self.regions, &holding.region)
            && named(&self.industries, &holding.industry)
            && !(self.only_unassigned && item.choice.is_some())
    }
}

/// One change to a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// These lines, one or many, go to this person.
    Assign {
        /// Which lines.
        keys: Vec<HoldingKey>,
        /// To whom.
        successor: EmployeeId,
    },
    /// Everything of these customers goes to this person (a drag of the customer).
    AssignCustomers {
        /// Which customers.
        customers: Vec<CustomerId>,
        /// To whom.
        successor: EmployeeId,
    },
    /// Everything the rule means goes to this person.
    AssignByRule {
        /// Which lines.
        rule: Rule,
        /// To whom.
        successor: EmployeeId,
    },
    /// Unassigned lines of these customers go where it was suggested.
    AcceptSuggestions {
        /// Customer by customer.
        pairs: Vec<(CustomerId, EmployeeId)>,
    },
    /// These lines become unassigned.
    Clear {
        /// Which lines.
        keys: Vec<HoldingKey>,
    },
    /// Everything of this successor becomes unassigned, e.g. after a decline.
    ClearSuccessor {
        /// Whose share.
        successor: EmployeeId,
    },
    /// Contracts with their papers go to this person apart from their customer. What is not listed
    /// yet becomes a line; papers that somebody gave to another person by hand stay there.
    SetApart {
        /// Contracts and what hangs on them.
        holdings: Vec<Holding>,
        /// To whom.
        successor: EmployeeId,
    },
    /// These lines go with their customers again: they are listed no more.
    Rejoin {
        /// Which lines.
        keys: Vec<HoldingKey>,
    },
    /// Things that arrived meanwhile are added, unassigned.
    Add {
        /// Which things.
        holdings: Vec<Holding>,
    },
    /// The handover takes effect at another moment.
    MoveEffective {
        /// When.
        at: Moment,
    },
    /// What the giver still gets of these customers, or of all, is another share now.
    ChangeTerms {
        /// Which customers; empty for all.
        customers: Vec<CustomerId>,
    },
}

impl Edit {
    /// The edit that takes over what was suggested.
    #[must_use]
    pub fn accept(advice: &Advice) -> Edit {
        let pair = |suggestion: &Suggestion| (suggestion.customer, suggestion.successor);
        Edit::AcceptSuggestions {
            pairs: advice.suggestions.iter().map(pair).collect(),
        }
    }
}

impl HandoverPlan {
    /// Changes the plan and tells how many lines changed.
    ///
    /// # Errors
    /// `handover.plan_changed` when somebody else edited the plan since `seen_version`;
    /// `handover.unknown_item`, `handover.rule_means_nothing`, `handover.successor_is_holder`, and
    /// those of [`HandoverPlan::new`] for added things. After an error nothing has changed.
    pub fn edit(&mut self, seen_version: u32, edit: &Edit) -> Result<usize, Refusal> {
        if seen_version != self.version {
            return Err(plan_changed(seen_version, self.version));
        }
        match edit {
            Edit::Add { holdings } => {
                let before = self.items.len();
                self.add(holdings.clone())?;
                let added = self.items.len() - before;
                self.version += u32::from(added > 0);
                return Ok(added);
            }
            Edit::SetApart {
                holdings,
                successor,
            } => return self.set_apart(holdings, *successor),
            Edit::Rejoin { keys } => return self.rejoin(keys),
            Edit::MoveEffective { at } => return Ok(self.move_effective(*at)),
            Edit::ChangeTerms { customers } => return self.change_terms(customers),
            _ => {}
        }
        let wanted = self.wanted(edit)?;
        if let Some(at) = wanted.iter().find_map(|(at, choice)| {
            let holder = self.items[*at].holding.holder;
            choice
                .is_some_and(|choice| choice.successor == holder)
                .then_some(*at)
        }) {
            return Err(successor_is_holder(&self.items[at]));
        }
        Ok(self.apply(wanted))
    }

    /// The lines an edit means and what they are to become.
    fn wanted(&self, edit: &Edit) -> Result<Vec<Wanted>, Refusal> {
        let choose = |successor, how| Some(Choice { successor, how });
        let all = |means: &dyn Fn(&Item) -> bool, choice: Option<Choice>| -> Vec<_> {
            let lines = self.items.iter().enumerate();
            lines
                .filter(|(_, item)| means(item))
                .map(|(at, _)| (at, choice))
                .collect()
        };
        // A contract that was set apart stays where it was given.
        let apart = |item: &Item| {
            let how = item.choice.map(|choice| choice.how);
            matches!(how, Some(Chosen::Apart | Chosen::WithContract))
        };
        let of_customers = |list: &[CustomerId], item: &Item| {
            let named = item.holding.customer.filter(|one| list.contains(one));
            named.is_some() && !apart(item)
        };
        let meant = |rule: &Rule, item: &Item| {
            let named = rule.kinds.contains(&item.holding.key.kind);
            rule.means(item) && (named || !apart(item))
        };
        let wanted = match edit {
            Edit::Assign { keys, successor } => {
                return self.lines(keys, choose(*successor, Chosen::ByHand));
            }
            Edit::Clear { keys } => return self.lines(keys, None),
            Edit::ClearSuccessor { successor } => {
                all(&|item| item.successor() == Some(*successor), None)
            }
            Edit::AssignCustomers {
                customers,
                successor,
            } => all(
                &|item| of_customers(customers, item),
                choose(*successor, Chosen::WithCustomer),
            ),
            Edit::AssignByRule { rule, successor } => all(
                &|item| meant(rule, item),
                choose(*successor, Chosen::ByRule),
            ),
            Edit::AcceptSuggestions { pairs } => self.suggested(pairs),
            Edit::Add { .. }
            | Edit::SetApart { .. }
            | Edit::Rejoin { .. }
            | Edit::MoveEffective { .. }
            | Edit::ChangeTerms { .. } => Vec::new(),
        };
        let by_rule = matches!(
            edit,
            Edit::AssignByRule { .. } | Edit::AssignCustomers { .. }
        );
        if by_rule && wanted.is_empty() {
            return Err(rule_means_nothing());
        }
        Ok(wanted)
    }

    fn set_apart(&mut self, holdings: &[Holding], successor: EmployeeId) -> Result<usize, Refusal> {
        let mut plan = self.clone();
        let listed = |one: &&Holding| plan.find(&one.key).is_err();
        let fresh: Vec<Holding> = holdings.iter().filter(listed).cloned().collect();
        // Whoever gets the customer now gets it without them.
        let givers: Vec<EmployeeId> = fresh.iter().filter_map(|one| self.with(one)).collect();
        plan.add(fresh)?;
        let mut wanted = Vec::with_capacity(holdings.len());
        for one in holdings {
            let at = plan.find(&one.key).map_err(|_| unknown_item(0, &one.key))?;
            let item = &plan.items[at];
            if item.holding.holder == successor {
                return Err(successor_is_holder(item));
            }
            let own = item.holding.key.kind == HoldingKind::Contract;
            let by_hand = item.choice.is_some_and(|one| one.how == Chosen::ByHand);
            let how = match own {
                true => Chosen::Apart,
                false => Chosen::WithContract,
            };
            if own || !by_hand {
                wanted.push((at, Some(Choice { successor, how })));
            }
        }
        let changed = plan.apply(wanted);
        plan.touched(givers);
        *self = plan;
        Ok(changed)
    }

    fn rejoin(&mut self, keys: &[HoldingKey]) -> Result<usize, Refusal> {
        let apart = self.apart();
        let mut going = Vec::with_capacity(keys.len());
        for (nth, key) in keys.iter().enumerate() {
            self.find(key).map_err(|_| unknown_item(nth, key))?;
            if !apart.contains(key) {
                return Err(nothing_to_rejoin(nth, key));
            }
            going.push(key);
        }
        let gone = |item: &&Item| going.contains(&&item.holding.key);
        let people: Vec<EmployeeId> = self
            .items
            .iter()
            .filter(gone)
            .flat_map(|item| [item.successor(), self.with(&item.holding)])
            .flatten()
            .collect();
        let before = self.items.len();
        self.items.retain(|item| !keys.contains(&item.holding.key));
        let removed = before - self.items.len();
        self.version += u32::from(removed > 0);
        self.touched(people);
        Ok(removed)
    }

    /// These people's shares are others from this version on.
    fn touched(&mut self, people: Vec<EmployeeId>) {
        let version = self.version;
        let moved = people.into_iter().map(|person| (person, version));
        self.share_changed.extend(moved);
    }

    fn lines(&self, keys: &[HoldingKey], choice: Option<Choice>) -> Result<Vec<Wanted>, Refusal> {
        let line = |(nth, key)| {
            let at = self.find(key).map_err(|_| unknown_item(nth, key))?;
            Ok((at, choice))
        };
        keys.iter().enumerate().map(line).collect()
    }

    fn suggested(&self, pairs: &[(CustomerId, EmployeeId)]) -> Vec<Wanted> {
        let by_customer: BTreeMap<CustomerId, EmployeeId> = pairs.iter().copied().collect();
        let lines = self.items.iter().enumerate();
        lines
            .filter(|(_, item)| item.choice.is_none())
            .filter_map(|(at, item)| {
                let successor = *by_customer.get(&item.holding.customer?)?;
                let how = Chosen::BySuggestion;
                Some((at, Some(Choice { successor, how })))
            })
            .collect()
    }

    fn apply(&mut self, wanted: Vec<Wanted>) -> usize {
        let next = self.version + 1;
        let mut changed = 0;
        for (at, choice) in wanted {
            let item = &mut self.items[at];
            if item.choice == choice {
                continue;
            }
            changed += 1;
            let before = item.successor();
            item.choice = choice;
            if before != item.successor() {
                let touched = [before, item.successor()].into_iter().flatten();
                self.share_changed
                    .extend(touched.map(|person| (person, next)));
            }
        }
        self.version += u32::from(changed > 0);
        changed
    }

    fn move_effective(&mut self, at: Moment) -> usize {
        if self.effective_at == at {
            return 0;
        }
        self.effective_at = at;
        self.version += 1;
        let everybody = self.successors().into_iter();
        self.share_changed
            .extend(everybody.map(|person| (person, self.version)));
        self.items.len()
    }

    /// Whoever receives one of these customers, or a contract of one by itself, is asked again: his
    /// pay is another one.
    fn change_terms(&mut self, customers: &[CustomerId]) -> Result<usize, Refusal> {
        let concerned = |item: &&Item| {
            let customer = item.holding.customer;
            let kind = item.holding.key.kind;
            matches!(kind, HoldingKind::CustomerOwnership | HoldingKind::Contract)
                && (customers.is_empty() || customer.is_some_and(|one| customers.contains(&one)))
        };
        let lines: Vec<&Item> = self.items.iter().filter(concerned).collect();
        if lines.is_empty() {
            return Err(rule_means_nothing());
        }
        let (count, next) = (lines.len(), self.version + 1);
        let receivers: Vec<EmployeeId> = lines.iter().filter_map(|line| line.successor()).collect();
        self.version = next;
        self.share_changed
            .extend(receivers.into_iter().map(|person| (person, next)));
        Ok(count)
    }
}

fn plan_changed(seen: u32, now: u32) -> Refusal {
    Refusal::conflict(
        "handover.plan_changed",
        format!("方案已被他人修改（您看到的是第 {seen} 版，当前为第 {now} 版）"),
        format!("Somebody else changed the plan: you saw version {seen}, it is {now} now."),
    )
    .remedy(("请刷新后重新修改", "Reload and make the change again"))
}

fn unknown_item(nth: usize, key: &HoldingKey) -> Refusal {
    Refusal::invalid(
        "handover.unknown_item",
        format!("方案中没有「{key}」"),
        "The plan has no such line.",
    )
    .remedy((
        "请刷新方案；新到的事项请先加入方案",
        "Reload the plan; what is new must be added to it first",
    ))
    .at(
        &format!("/keys/{nth}"),
        ("不在方案中", "It is not in the plan"),
    )
}

fn rule_means_nothing() -> Refusal {
    Refusal::invalid(
        "handover.rule_means_nothing",
        "没有符合条件的事项",
        "Nothing in the plan meets the rule.",
    )
    .remedy((
        "请放宽类型、地区或行业条件",
        "Choose wider kinds, regions or industries",
    ))
}

fn nothing_to_rejoin(nth: usize, key: &HoldingKey) -> Refusal {
    Refusal::invalid(
        "handover.nothing_to_rejoin",
        format!("「{key}」的客户不在本方案中，不能随客户移交"),
        "Its customer does not move by this plan.",
    )
    .remedy(("请为它指定接替人", "Choose a successor for it"))
    .at(
        &format!("/keys/{nth}"),
        ("其客户不在本方案中", "Its customer is not in this plan"),
    )
}

fn successor_is_holder(item: &Item) -> Refusal {
    Refusal::invalid(
        "handover.successor_is_holder",
        format!("「{}」不能交给移交人自己", item.holding.title),
        "A thing cannot be handed over to its present holder.",
    )
    .remedy(("请选择其他接替人", "Choose another successor"))
    .at(
        "/successor",
        ("不能是移交人本人", "It may not be the giver"),
    )
}
