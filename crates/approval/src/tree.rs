//! Walking the tree 流程树.

use kernel::EmployeeId;

use crate::def::{Def, Node, NodeId, OnFailure, Par, Seq};
use crate::fact::{FactDecl, Guard};
use crate::policy::{
    Anchor, Class, Due, Empty, Inactive, OnTimeout, Permit, Remind, Resume, ReturnTo, Who,
};

/// The same expression for every kind of step.
macro_rules! on_any {
    ($node:expr, $it:ident => $body:expr) => {
        match $node {
            Node::Seq($it) => $body,
            Node::Par($it) => $body,
            Node::Choice($it) | Node::MultiChoice($it) => $body,
            Node::Approve($it) => $body,
            Node::Task($it) => $body,
            Node::Each($it) => $body,
            Node::Sub($it) => $body,
            Node::Wait($it) => $body,
            Node::Timer($it) => $body,
            Node::Call($it) => $body,
            Node::Cc($it) => $body,
            Node::Milestone($it) => $body,
            Node::Nop($it) => $body,
        }
    };
}

/// What `approve` and `task` have in common.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Nobody can be asked.
    pub empty: &'a Empty,
    /// Who must never act here.
    pub exclude: &'a [Anchor],
    /// The person is not at work.
    pub inactive: Inactive,
    /// Own due time.
    pub due: Option<Due>,
    /// Reminders.
    pub remind: &'a [Remind],
    /// When the due time passes.
    pub on_timeout: &'a OnTimeout,
    /// What holders may do.
    pub allow: &'a [Permit],
    /// Where they may send it back to.
    pub return_to: &'a [ReturnTo],
    /// The way back up.
    pub resume: Resume,
}

macro_rules! rules_of {
    ($it:ident) => {
        Some(Rules {
            empty: &$it.empty,
            exclude: &$it.exclude,
            inactive: $it.inactive,
            due: $it.due,
            remind: &$it.remind,
            on_timeout: &$it.on_timeout,
            allow: &$it.allow,
            return_to: &$it.return_to,
            resume: $it.resume,
        })
    };
}

impl Node {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> &NodeId {
        on_any!(self, it => &it.id)
    }

    /// 标题, or the id when it has none.
    #[must_use]
    pub fn title(&self) -> &str {
        let title = on_any!(self, it => &it.title);
        if title.is_empty() {
            &self.id().0
        } else {
            title
        }
    }

    /// Title in English, or the Chinese one when it has none.
    #[must_use]
    pub fn title_en(&self) -> &str {
        let title = on_any!(self, it => &it.title_en);
        if title.is_empty() {
            self.title()
        } else {
            title
        }
    }

    /// Its own class, not that of the steps above it.
    #[must_use]
    pub fn class(&self) -> Class {
        on_any!(self, it => it.class)
    }

    /// Direct children in order.
    #[must_use]
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Node::Seq(Seq { children, .. }) | Node::Par(Par { children, .. }) => {
                children.iter().collect()
            }
            Node::Choice(it) | Node::MultiChoice(it) => {
                let ways = it.branches.iter().map(|branch| &branch.node);
                ways.chain([&*it.otherwise]).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it has no children.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.children().is_empty()
    }

    /// Itself and everything below, in tree order.
    #[must_use]
    pub fn subtree(&self) -> Vec<&Node> {
        let below = self.children().into_iter().flat_map(Node::subtree);
        std::iter::once(self).chain(below).collect()
    }

    /// The steps from this one down to the named one, both included; empty when it is not below.
    #[must_use]
    pub fn path_to(&self, id: &NodeId) -> Vec<&Node> {
        if self.id() == id {
            return vec![self];
        }
        let mut below = self.children().into_iter().map(|child| child.path_to(id));
        match below.find(|path| !path.is_empty()) {
            Some(path) => std::iter::once(self).chain(path).collect(),
            None => Vec::new(),
        }
    }

    /// The shared settings of `approve` and `task`.
    #[must_use]
    pub fn rules(&self) -> Option<Rules<'_>> {
        match self {
            Node::Approve(it) => rules_of!(it),
            Node::Task(it) => rules_of!(it),
            _ => None,
        }
    }

    /// The right that whoever decides here must hold.
    #[must_use]
    pub fn right(&self) -> Option<&str> {
        match self {
            Node::Approve(it) => it.right.as_deref(),
            _ => None,
        }
    }

    /// Everybody it asks, wherever it says so.
    #[must_use]
    pub fn whos(&self) -> Vec<&Who> {
        let mut whos: Vec<&Who> = match self {
            Node::Approve(it) => it.approvers.iter().collect(),
            Node::Task(it) => vec![&it.owner],
            Node::Cc(it) => it.to.iter().collect(),
            Node::Call(it) => match &it.on_failure {
                OnFailure::Task { owner } => vec![owner],
                OnFailure::Reject => Vec::new(),
            },
            _ => Vec::new(),
        };
        if let Some(Empty::To(who)) = self.rules().map(|rules| rules.empty) {
            whos.push(who);
        }
        if let Some(OnTimeout::Escalate { to }) = self.on_timeout() {
            whos.push(to);
        }
        whos
    }

    /// What happens when its due time passes, if it has one.
    #[must_use]
    pub fn on_timeout(&self) -> Option<&OnTimeout> {
        match self {
            Node::Wait(it) => Some(&it.on_timeout),
            _ => self.rules().map(|rules| rules.on_timeout),
        }
    }

    /// Its conditions.
    #[must_use]
    pub fn guards(&self) -> Vec<&Guard> {
        match self {
            Node::Choice(it) | Node::MultiChoice(it) => {
                it.branches.iter().map(|branch| &branch.when).collect()
            }
            Node::Wait(it) => vec![&it.until],
            _ => Vec::new(),
        }
    }

    /// The definition it starts sub-cases of, without the version.
    #[must_use]
    pub fn process(&self) -> Option<&str> {
        let named = match self {
            Node::Each(it) => &it.process,
            Node::Sub(it) => &it.process,
            _ => return None,
        };
        Some(named.split_once('@').map_or(named, |(key, _)| key))
    }
}

impl Def {
    /// Every step in tree order.
    #[must_use]
    pub fn nodes(&self) -> Vec<&Node> {
        self.root.subtree()
    }

    /// The step of that name.
    #[must_use]
    pub fn find(&self, id: &NodeId) -> Option<&Node> {
        self.root.path_to(id).pop()
    }

    /// The declaration of a fact.
    #[must_use]
    pub fn fact(&self, key: &str) -> Option<&FactDecl> {
        self.facts.iter().find(|fact| fact.key == key)
    }

    /// Whether silence must never mean yes at this step: the definition, the step or a step above
    /// it is of a guarded class.
    #[must_use]
    pub fn is_guarded(&self, id: &NodeId) -> bool {
        let path = self.root.path_to(id);
        self.class.is_guarded() || path.iter().any(|node| node.class().is_guarded())
    }

    /// The role keys it speaks of, for the caller who loads the directory.
    #[must_use]
    pub fn roles(&self) -> Vec<&str> {
        let nodes = self.nodes();
        let whos = nodes.iter().flat_map(|node| node.whos());
        let mut roles: Vec<&str> = whos
            .chain(self.climbs.values())
            .filter_map(|who| match who {
                Who::Role { key } | Who::Pool { key } => Some(key.as_str()),
                _ => None,
            })
            .chain([crate::directory::ADMIN])
            .collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The decision tables and outputs it asks, for the caller who loads the directory.
    #[must_use]
    pub fn rules(&self) -> Vec<(&str, &str)> {
        let nodes = self.nodes();
        let guards = nodes.iter().flat_map(|node| node.guards());
        guards.flat_map(Guard::rules).collect()
    }

    /// The steps that name this person and must be repaired before he leaves.
    #[must_use]
    pub fn naming(&self, person: EmployeeId) -> Vec<&NodeId> {
        let names_him = |who: &&Who| matches!(who, Who::Person { id } if *id == person);
        let nodes = self.nodes().into_iter();
        nodes
            .filter(|node| node.whos().iter().any(names_him))
            .map(Node::id)
            .collect()
    }

    /// Whether it asks, excludes or favours somebody by this point of the case.
    #[must_use]
    pub fn speaks_of(&self, anchor: &Anchor) -> bool {
        let nodes = self.nodes();
        let asks = |who: &Who| who.anchor().as_ref() == Some(anchor);
        let excludes = |node: &&Node| node.rules().is_some_and(|it| it.exclude.contains(anchor));
        self.gains.contains(anchor)
            || nodes.iter().any(|node| node.whos().into_iter().any(asks))
            || self.climbs.values().any(asks)
            || nodes.iter().any(excludes)
    }
}

impl Who {
    /// The point of the case it starts from; none for people and roles by name.
    #[must_use]
    pub fn anchor(&self) -> Option<Anchor> {
        match self {
            Who::Person { .. } | Who::Role { .. } | Who::Pool { .. } => None,
            Who::Manager { of, .. } => Some(of.clone()),
            Who::Initiator => Some(Anchor::Initiator),
            Who::Subject => Some(Anchor::Subject),
            Who::Fact { key } => Some(Anchor::Fact(key.clone())),
        }
    }
}
