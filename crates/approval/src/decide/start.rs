//! The beginning and the end of a case 发起、撤回、终止.

use std::collections::BTreeSet;

use kernel::{EmployeeId, Refusal};

use super::place::Bar;
use super::{Desk, Done, refusals};
use crate::def::{NodeId, START};
use crate::directory::ADMIN;
use crate::event::{What, Why};
use crate::fact::Facts;
use crate::item::{Holder, ItemKind, ItemState, Origin};
use crate::policy::{Anchor, Withdraw};
use crate::state::{CaseState, NodeState, Outcome};

impl Desk<'_> {
    pub(super) fn start(
        &mut self,
        initiator: EmployeeId,
        subject: &str,
        subject_person: Option<EmployeeId>,
        facts: &Facts,
    ) -> Done {
        if !self.pool_is_manned(ADMIN, &Bar::default()) {
            return Err(no_admin());
        }
        if subject.trim().is_empty() {
            return Err(no_subject("请指明流程所办的事项"));
        }
        if subject_person.is_none() && self.flow.speaks_of(&Anchor::Subject) {
            return Err(no_subject("该流程须指明当事人"));
        }
        self.check_facts(facts)?;
        self.emit(What::Started {
            definition: self.flow.key.clone(),
            version: self.flow.version,
            initiator,
            subject: subject.to_owned(),
            subject_person,
            facts: facts.clone(),
        });
        Ok(())
    }

    fn check_facts(&self, facts: &Facts) -> Done {
        for (key, value) in facts {
            self.declared(key, value)?;
        }
        let mut declared = self.flow.facts.iter();
        match declared.find(|fact| fact.required && !facts.contains_key(&fact.key)) {
            Some(missing) => Err(refusals::bad_fact(&missing.key, "必须提供", "is required")),
            None => Ok(()),
        }
    }

    pub(super) fn withdraw(&mut self, reason: &str) -> Done {
        if self.by.is_none() || self.by != self.state.initiator {
            return Err(not_initiator());
        }
        let in_hand = self.state.status(&NodeId::from(START)) == NodeState::Active;
        let may = match self.flow.withdraw {
            Withdraw::Never => false,
            Withdraw::AnyTime => true,
            Withdraw::BeforeFirstAction => in_hand || !self.somebody_acted(),
        };
        if !may {
            return Err(cannot_withdraw(self.flow.notice));
        }
        self.brief(reason)?;
        self.close_case(CaseState::Withdrawn, reason);
        Ok(())
    }

    fn somebody_acted(&self) -> bool {
        let mut items = self.state.items.iter();
        items.any(|item| {
            item.state == ItemState::Done
                && item.kind != ItemKind::Cc
                && item.origin != Origin::Deduped
        })
    }

    pub(super) fn terminate(&mut self, reason: &str) -> Done {
        self.words(reason, "终止须填写理由", "/reason")?;
        // A notice stands until both sides take it back, which is the business of whoever runs it.
        if self.flow.notice && self.by.is_some() {
            return Err(notice_stands());
        }
        self.close_case(CaseState::Terminated, reason);
        Ok(())
    }

    /// Ends the case: everything open is cancelled, copies for reading stay, the initiator is told,
    /// and so is everybody who had something to do.
    pub(super) fn close_case(&mut self, end: CaseState, reason: &str) {
        let live = self.state.items.iter().filter(|item| item.is_live());
        let mut tell: BTreeSet<EmployeeId> = live
            .filter_map(|item| match &item.holder {
                Holder::Person(person) => Some(*person),
                Holder::Pool(_) => None,
            })
            .collect();
        tell.extend(self.state.initiator);
        let start = NodeId::from(START);
        if self.state.status(&start) == NodeState::Active {
            self.close(&start, Outcome::Cancelled, Why::CaseClosed);
        }
        self.cancel_below(&self.flow.root, Why::CaseClosed);
        self.emit(What::CaseClosed {
            state: end,
            tell: tell.into_iter().collect(),
            reason: reason.to_owned(),
        });
    }
}

fn no_admin() -> Refusal {
    Refusal::conflict(
        "approval.no_admin",
        "没有在岗的流程管理员，流程无人兜底",
        "No process administrator is at work",
    )
    .remedy((
        "请安全管理员先为一名在岗的人事或高管开通账号并授予角色",
        "Let the security administrator open a login for somebody of HR or an executive at work, \
         with the role",
    ))
}

fn no_subject(message: &str) -> Refusal {
    Refusal::invalid(
        "approval.no_subject",
        message,
        "The case must say what and whom it is about",
    )
    .remedy(("请补充后重新发起", "Complete it and start again"))
    .at("/subject", message)
}

fn not_initiator() -> Refusal {
    Refusal::invalid(
        "approval.not_initiator",
        "只有发起人可以撤回",
        "Only the initiator may withdraw",
    )
    .remedy(("请联系发起人", "Ask whoever started it"))
}

fn notice_stands() -> Refusal {
    Refusal::conflict(
        "approval.notice_stands",
        "通知已送达即生效，不能由一方终止",
        "A notice takes effect by itself and is not terminated by one side",
    )
    .remedy((
        "请在该离职的页面登记双方同意撤回",
        "Record on the page of this departure that both sides agree to withdraw it",
    ))
}

fn cannot_withdraw(notice: bool) -> Refusal {
    let remedy = if notice {
        (
            "请在该离职的页面登记双方同意撤回",
            "Record on the page of the departure that both sides agree to withdraw it",
        )
    } else {
        (
            "请与办理人沟通，由其退回或拒绝",
            "Speak to whoever has it, who can send it back or refuse",
        )
    };
    Refusal::conflict(
        "approval.cannot_withdraw",
        "流程已有人办理或不允许撤回",
        "The case can no longer be withdrawn",
    )
    .remedy(remedy)
}
