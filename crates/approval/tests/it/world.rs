//! A small company and a case on its way.

use approval::apply::{apply, fold};
use approval::command::{Action, Command, Seating, Target};
use approval::decide::decide;
use approval::def::NodeId;
use approval::directory::{Roll, around_the_clock};
use approval::event::{Event, What};
use approval::fact::{Facts, Value};
use approval::item::{Holder, ItemKind, ItemNo, ItemState};
use approval::shipped::read;
use approval::state::{CaseState, NodeState, Outcome, State, TimerNo, TimerState};
use approval::validate::{Published, publish};
use kernel::{EmployeeId, Moment, Refusal};

pub(crate) const HOUR: i64 = 3_600_000;

/// The n-th employee; the constants below say who is who.
pub(crate) fn person(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(i64::from(n)), [n; 10])
}

pub(crate) const GM: u8 = 0;
pub(crate) const DIRECTOR: u8 = 1;
pub(crate) const MANAGER: u8 = 2;
pub(crate) const LI: u8 = 3;
pub(crate) const WANG: u8 = 4;
pub(crate) const ZHAO: u8 = 5;
pub(crate) const HR: u8 = 6;
pub(crate) const HR2: u8 = 7;
pub(crate) const FINANCE: u8 = 8;
pub(crate) const IT: u8 = 9;
pub(crate) const ADMIN: u8 = 10;
pub(crate) const LEGAL: u8 = 11;
pub(crate) const PEOPLE: u8 = 12;

/// Li, Wang and Zhao sell; above them the manager, the director, the general manager.
pub(crate) fn roll() -> Roll<'static> {
    let mut roll = Roll::new(&around_the_clock);
    for (under, above) in [
        (LI, MANAGER),
        (WANG, MANAGER),
        (ZHAO, MANAGER),
        (MANAGER, DIRECTOR),
        (DIRECTOR, GM),
        (HR, GM),
        (HR2, HR),
        (FINANCE, GM),
        (IT, GM),
        (LEGAL, GM),
    ] {
        roll.managers.insert(person(under), person(above));
    }
    for (role, members) in [
        ("admin", vec![ADMIN]),
        ("hr", vec![HR, HR2]),
        ("hr_director", vec![HR]),
        ("finance", vec![FINANCE]),
        ("it", vec![IT]),
        ("administration", vec![IT]),
        ("legal", vec![LEGAL]),
        ("sales_ops", vec![FINANCE]),
        ("sales_director", vec![DIRECTOR]),
        ("gm", vec![GM]),
    ] {
        let members = members.into_iter().map(person).collect();
        roll.roles.insert(role.to_owned(), members);
    }
    for (right, holders) in [
        ("handover.approve", vec![MANAGER, DIRECTOR, GM]),
        ("departure.approve", vec![GM]),
        ("departure.waive", vec![GM]),
        ("signing.approve", vec![LEGAL, GM]),
        ("evidence.agree", vec![GM]),
    ] {
        let holders = holders.into_iter().map(person).collect();
        roll.rights.insert(right.to_owned(), holders);
    }
    roll
}

/// A definition of one root and the facts most tests use.
pub(crate) fn def_text(root: &str, extra: &str) -> String {
    let facts = r#"[{"key":"n","type":"number"},{"key":"flag","type":"flag"},
        {"key":"buddy","type":"person"},{"key":"team","type":"people"},
        {"key":"list","type":"items"},{"key":"locked","type":"number","fixed":true}]"#;
    format!(
        r#"{{"schema":"baton.process/1","key":"test","title":"测试","title_en":"Test",
        "subject":"thing","due":{{"hours":8}},"facts":{facts},{extra}"root":{root}}}"#
    )
}

pub(crate) fn flow(root: &str) -> Published {
    flow_with(root, "")
}

pub(crate) fn flow_with(root: &str, extra: &str) -> Published {
    publish(read(&def_text(root, extra)).unwrap(), 1).unwrap()
}

/// A case with everything that happened to it.
pub(crate) struct Case {
    pub(crate) flow: Published,
    pub(crate) roll: Roll<'static>,
    pub(crate) state: State,
    pub(crate) events: Vec<Event>,
    pub(crate) at: Moment,
}

impl Case {
    pub(crate) fn new(flow: Published) -> Case {
        Case {
            flow,
            roll: roll(),
            state: State::default(),
            events: Vec::new(),
            at: Moment(0),
        }
    }

    /// Started by Li about himself.
    pub(crate) fn of(root: &str) -> Case {
        Case::new(flow(root)).started(LI, &[])
    }

    pub(crate) fn started(mut self, by: u8, facts: &[(&str, Value)]) -> Case {
        let facts: Facts = facts
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect();
        self.ask(
            Some(by),
            Action::Start {
                initiator: person(by),
                subject: "thing_1".to_owned(),
                subject_person: Some(person(LI)),
                facts,
            },
        )
        .unwrap();
        self
    }

    pub(crate) fn ask(&mut self, by: Option<u8>, action: Action) -> Result<Vec<Event>, Refusal> {
        let command = Command {
            by: by.map(person),
            action,
        };
        let events = decide(&self.flow, &self.state, &command, &self.roll, self.at)?;
        for event in &events {
            apply(&mut self.state, event);
        }
        self.events.extend(events.iter().cloned());
        assert_eq!(
            fold(&self.events),
            self.state,
            "the state is the fold of the events"
        );
        Ok(events)
    }

    /// The live or ended item of this person at this step, latest first.
    pub(crate) fn item(&self, node: &str, who: u8) -> ItemNo {
        let items = self.state.items.iter().rev();
        let mut his =
            items.filter(|item| item.node.0 == node && item.holder == Holder::Person(person(who)));
        his.next()
            .unwrap_or_else(|| panic!("{who} has no item at {node}"))
            .no
    }

    pub(crate) fn pooled(&self, node: &str) -> ItemNo {
        let items = self.state.items.iter().rev();
        let mut pooled = items.filter(|item| {
            item.node.0 == node && matches!(item.holder, Holder::Pool(_)) && item.is_live()
        });
        pooled
            .next()
            .unwrap_or_else(|| panic!("{node} has no pooled item"))
            .no
    }

    pub(crate) fn try_approve(&mut self, node: &str, who: u8) -> Result<Vec<Event>, Refusal> {
        let item = self.item(node, who);
        let comment = String::new();
        self.ask(Some(who), Action::Approve { item, comment })
    }

    pub(crate) fn approve(&mut self, node: &str, who: u8) {
        self.try_approve(node, who).unwrap();
    }

    pub(crate) fn reject(&mut self, node: &str, who: u8) {
        let item = self.item(node, who);
        let comment = "不同意".to_owned();
        self.ask(Some(who), Action::Reject { item, comment })
            .unwrap();
    }

    pub(crate) fn complete(&mut self, node: &str, who: u8) {
        let item = self.item(node, who);
        self.finish(item, who).unwrap();
    }

    /// Completes with every entry of the checklist ticked.
    pub(crate) fn finish(&mut self, item: ItemNo, who: u8) -> Result<Vec<Event>, Refusal> {
        let node = self.state.item(item).unwrap().node.clone();
        let checked = match self.flow.find(&node) {
            Some(approval::def::Node::Task(step)) => step.checklist.clone(),
            _ => Vec::new(),
        };
        let comment = String::new();
        self.ask(
            Some(who),
            Action::Complete {
                item,
                comment,
                checked,
            },
        )
    }

    pub(crate) fn claim(&mut self, node: &str, who: u8) -> Result<Vec<Event>, Refusal> {
        let item = self.pooled(node);
        self.ask(Some(who), Action::Claim { item })
    }

    pub(crate) fn claim_and_complete(&mut self, node: &str, who: u8) {
        self.claim(node, who).unwrap();
        self.complete(node, who);
    }

    pub(crate) fn claim_and_approve(&mut self, node: &str, who: u8) {
        self.claim(node, who).unwrap();
        self.approve(node, who);
    }

    pub(crate) fn send_back(
        &mut self,
        node: &str,
        who: u8,
        to: Target,
    ) -> Result<Vec<Event>, Refusal> {
        let item = self.item(node, who);
        let comment = "请修改".to_owned();
        self.ask(Some(who), Action::SendBack { item, to, comment })
    }

    pub(crate) fn add(
        &mut self,
        node: &str,
        who: u8,
        whom: u8,
        seating: Seating,
    ) -> Result<(), Refusal> {
        let item = self.item(node, who);
        let (person, comment) = (person(whom), String::new());
        let action = Action::AddSigner {
            item,
            person,
            seating,
            comment,
        };
        self.ask(Some(who), action).map(drop)
    }

    pub(crate) fn hand_on(&mut self, node: &str, who: u8, whom: u8) -> Result<(), Refusal> {
        let item = self.item(node, who);
        let (to, comment) = (person(whom), String::new());
        self.ask(Some(who), Action::HandOn { item, to, comment })
            .map(drop)
    }

    pub(crate) fn delegate(&mut self, node: &str, who: u8, whom: u8) -> Result<(), Refusal> {
        let item = self.item(node, who);
        let (to, comment) = (person(whom), String::new());
        self.ask(Some(who), Action::Delegate { item, to, comment })
            .map(drop)
    }

    pub(crate) fn set(&mut self, key: &str, value: Value) -> Result<Vec<Event>, Refusal> {
        let key = key.to_owned();
        self.ask(None, Action::SetFact { key, value })
    }

    /// Fires the armed timer that comes next, at its time; false when there is none.
    pub(crate) fn fire_next(&mut self) -> bool {
        let armed = self.state.timers.iter();
        let armed = armed.filter(|timer| timer.state == TimerState::Armed);
        let Some(next) = armed.min_by_key(|timer| (timer.fire_at, timer.no)).cloned() else {
            return false;
        };
        self.at = self.at.max(next.fire_at);
        self.fire(next.no).unwrap();
        true
    }

    pub(crate) fn fire(&mut self, timer: TimerNo) -> Result<Vec<Event>, Refusal> {
        self.ask(None, Action::FireTimer { timer })
    }

    pub(crate) fn status(&self, node: &str) -> NodeState {
        self.state.status(&NodeId::from(node))
    }

    pub(crate) fn is_active(&self, node: &str) -> bool {
        self.status(node) == NodeState::Active
    }

    pub(crate) fn passed(&self, node: &str) -> bool {
        self.status(node) == NodeState::Ended(Outcome::Passed)
    }

    pub(crate) fn item_state(&self, no: ItemNo) -> ItemState {
        self.state.item(no).unwrap().state
    }

    pub(crate) fn is_done(&self) -> bool {
        self.state.case == CaseState::Completed
    }

    /// Who holds something live at this step.
    pub(crate) fn holders(&self, node: &str) -> Vec<Holder> {
        let node = NodeId::from(node);
        let live = self.state.items_in(&node).filter(|item| item.is_live());
        let live = live.filter(|item| item.kind != ItemKind::Cc);
        live.map(|item| item.holder.clone()).collect()
    }

    pub(crate) fn told(&self) -> Vec<&What> {
        let whats = self.events.iter().map(|event| &event.what);
        whats
            .filter(|what| matches!(what, What::Told { .. }))
            .collect()
    }
}

pub(crate) fn one(who: u8) -> Holder {
    Holder::Person(person(who))
}

pub(crate) fn admins() -> Holder {
    Holder::Pool("admin".to_owned())
}

pub(crate) fn name(who: u8) -> Value {
    Value::Text(person(who).to_string())
}

pub(crate) fn names(who: &[u8]) -> Value {
    Value::List(who.iter().map(|n| person(*n).to_string()).collect())
}

/// An approval by named people, with more settings if wanted.
pub(crate) fn approve(id: &str, people: &[u8], extra: &str) -> String {
    let people: Vec<String> = people
        .iter()
        .map(|n| format!(r#"{{"from":"person","id":"{}"}}"#, person(*n)))
        .collect();
    let people = people.join(",");
    let comma = if extra.is_empty() { "" } else { "," };
    format!(
        r#"{{"id":"{id}","kind":"approve","title":"审批{id}","approvers":[{people}]{comma}{extra}}}"#
    )
}

pub(crate) fn task(id: &str, who: u8, extra: &str) -> String {
    let comma = if extra.is_empty() { "" } else { "," };
    let id_of = person(who);
    format!(
        r#"{{"id":"{id}","kind":"task","title":"办理{id}",
        "owner":{{"from":"person","id":"{id_of}"}}{comma}{extra}}}"#
    )
}

pub(crate) fn seq(id: &str, children: &[String]) -> String {
    let children = children.join(",");
    format!(r#"{{"id":"{id}","kind":"seq","children":[{children}]}}"#)
}

pub(crate) fn par(id: &str, join: &str, children: &[String]) -> String {
    let children = children.join(",");
    format!(r#"{{"id":"{id}","kind":"par","join":{join},"children":[{children}]}}"#)
}
