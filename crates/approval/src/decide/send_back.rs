//! Sending a case back, and the way up again 退回.
//!
//! A return goes to a step that was really done and comes before the caller *in some sequence*.
//! What comes after the target in that sequence is walked again; branches beside the target keep
//! running or stay done. Between parallel branches there is no "before", hence no return. A task
//! whose work has come undone is opened again where it stands.

use super::{Desk, Done, refusals};
use crate::command::Target;
use crate::def::{Node, NodeId, START};
use crate::event::{What, Why};
use crate::item::{Decision, ItemKind, ItemNo, SeatKind};
use crate::policy::{Permit, Resume, ReturnTo};
use crate::state::{ChildState, DirectBack, NodeState, Outcome};

/// What a return does to the tree.
pub(super) struct WayBack<'a> {
    pub(super) to: NodeId,
    /// Walked again: the target and what comes after it.
    pub(super) reset: Vec<&'a Node>,
    /// Ended steps around the target that must run on.
    pub(super) reopened: Vec<NodeId>,
}

type Way<'a> = Result<WayBack<'a>, kernel::Refusal>;

impl<'a> Desk<'a> {
    pub(super) fn send_back(&mut self, no: ItemNo, to: &Target, comment: &str) -> Done {
        let item = self.mine(no)?;
        self.words(comment, "退回须填写理由", "/comment")?;
        let decides = matches!(item.kind, ItemKind::Approve | ItemKind::Task);
        if !decides || item.seat == SeatKind::Delegated || self.by.is_none() {
            return Err(refusals::wrong_kind((
                "受委派的人只提意见，不能退回",
                "Whoever was asked for an opinion cannot send it back",
            )));
        }
        self.permitted(&item, Permit::SendBack)?;
        if self.state.returns >= self.flow.max_returns {
            return Err(refusals::nowhere_back(
                "退回次数已达上限",
                "it has been sent back too often",
            ));
        }
        let way = self.way_to(&item.node, to)?;
        self.check_side_effects(&way)?;
        self.record(&item, Decision::SendBack, comment, &[]);
        self.go_back(&item.node, way);
        Ok(())
    }

    fn way_to(&self, from: &NodeId, to: &Target) -> Way<'a> {
        let rules = self.find(from).and_then(Node::rules);
        let allowed = |wanted| rules.is_some_and(|rules| rules.return_to.contains(&wanted));
        let initiator = || {
            let not = refusals::not_allowed(&from.0, "退回发起人", "send back to the initiator");
            let way = WayBack {
                to: NodeId::from(START),
                reset: self.flow.root.subtree(),
                reopened: Vec::new(),
            };
            allowed(ReturnTo::Initiator).then_some(way).ok_or(not)
        };
        match to {
            Target::Initiator => initiator(),
            Target::Previous if allowed(ReturnTo::Previous) => match self.previous(from) {
                Some(way) => Ok(way),
                None => initiator(),
            },
            Target::Node(node) if node.0 == START => initiator(),
            Target::Node(node) if allowed(ReturnTo::AnyCompleted) => self.way_back(from, node),
            Target::Node(node) if allowed(ReturnTo::Previous) => {
                let previous = self.previous(from).filter(|way| way.to == *node);
                previous.ok_or_else(|| refusals::nowhere_back("只能退回上一节点", "not the last"))
            }
            _ => Err(refusals::not_allowed(
                &from.0,
                "这样退回",
                "send it back there",
            )),
        }
    }

    /// The way to the step that was done last among those one may return to.
    fn previous(&self, from: &NodeId) -> Option<WayBack<'a>> {
        let nodes = self.flow.nodes().into_iter();
        let ways = nodes.filter_map(|node| self.way_back(from, node.id()).ok());
        ways.max_by_key(|way| self.state.run(&way.to).map_or(0, |run| run.ended_seq))
    }

    fn way_back(&self, from: &NodeId, to: &NodeId) -> Way<'a> {
        let no = refusals::nowhere_back;
        let (there, here) = (self.flow.root.path_to(to), self.flow.root.path_to(from));
        let target = there.last();
        if !matches!(target, Some(Node::Approve(_) | Node::Task(_))) {
            return Err(no(
                "目标不是审批或办理节点",
                "the target is no step of people",
            ));
        }
        if self.state.status(to) != NodeState::Ended(Outcome::Passed) {
            return Err(no("目标节点尚未办结", "the target has not been done"));
        }
        let pairs = there.iter().zip(&here);
        let shared = pairs.take_while(|(a, b)| a.id() == b.id()).count();
        let ends = shared
            .checked_sub(1)
            .filter(|_| shared < there.len().min(here.len()));
        let Some(fork) = ends.filter(|fork| matches!(there[*fork], Node::Seq(_))) else {
            return Err(no(
                "目标节点在另一并行分支中",
                "the target is in another parallel branch",
            ));
        };
        let reset = from_here_on(&there, fork);
        if !reset.iter().any(|node| node.id() == from) {
            return Err(no(
                "目标节点在本节点之后",
                "the target comes after this step",
            ));
        }
        let between = &there[fork + 1..there.len() - 1];
        Ok(WayBack {
            to: to.clone(),
            reset,
            reopened: between.iter().map(|node| node.id().clone()).collect(),
        })
    }

    /// Opens a task again that was done, with the steps around it that had ended. Nothing happens
    /// where it is not done, or where people have gone on from it: what they did stands.
    pub(super) fn reopen(&mut self, id: &NodeId) -> Done {
        self.by_system()?;
        let path = self.flow.root.path_to(id);
        if !matches!(path.last(), Some(Node::Task(_))) {
            return Err(refusals::wrong_kind((
                "只有办理节点可以重新办理",
                "Only a task can be done again",
            )));
        }
        let passed = NodeState::Ended(Outcome::Passed);
        let status = |node: &Node| self.state.status(node.id());
        let around = &path[..path.len() - 1];
        let stands = around
            .iter()
            .all(|node| [NodeState::Active, passed].contains(&status(node)));
        let reset = from_here_on(&path, 0);
        let waits = reset.iter().skip(1).all(|node| match status(node) {
            NodeState::Pending => true,
            NodeState::Active => matches!(node, Node::Wait(_)),
            NodeState::Ended(_) => false,
        });
        if self.state.status(id) != passed || !stands || !waits {
            return Ok(());
        }
        let ended = around.iter().filter(|node| status(node) == passed);
        let reopened = ended.map(|node| node.id().clone()).collect();
        let to = id.clone();
        self.go_back(
            id,
            WayBack {
                to,
                reset,
                reopened,
            },
        );
        Ok(())
    }

    /// What has been done outside cannot be walked back over unless something undoes it.
    pub(super) fn check_side_effects(&self, way: &WayBack<'a>) -> Done {
        for node in &way.reset {
            let status = self.state.status(node.id());
            let closed = |state| matches!(state, ChildState::Closed(_));
            let blocks = match node {
                Node::Call(call) => match status {
                    NodeState::Active => true,
                    NodeState::Ended(Outcome::Passed) => call.compensate.is_none(),
                    _ => false,
                },
                Node::Each(_) | Node::Sub(_) => {
                    let mut children = self.state.children_in(node.id());
                    children.any(|child| closed(child.state))
                }
                _ => false,
            };
            if blocks {
                let title = node.title();
                return Err(refusals::nowhere_back(
                    &format!("「{title}」已产生外部结果，无法撤销"),
                    &format!("“{title}” has taken effect outside and cannot be undone"),
                ));
            }
        }
        Ok(())
    }

    pub(super) fn go_back(&mut self, from: &NodeId, way: WayBack<'a>) {
        for node in &way.reset {
            match (node, self.state.status(node.id())) {
                (_, NodeState::Active) => {
                    self.close(node.id(), Outcome::SentBack, Why::SentBack);
                }
                (Node::Call(call), NodeState::Ended(Outcome::Passed)) => {
                    if let Some(service) = call.compensate.clone() {
                        self.emit(What::CompensationQueued {
                            node: call.id.clone(),
                            service,
                        });
                    }
                }
                _ => {}
            }
        }
        let rules = self.find(from).and_then(Node::rules);
        let resume = rules.map_or(Resume::Replay, |rules| rules.resume);
        let walked = way.reset.iter().map(|node| node.id());
        let walked = walked.filter(|id| self.state.run(id).is_some());
        let start = NodeId::from(START);
        let start = (way.to == start).then_some(start);
        let reset = start.into_iter().chain(walked.cloned()).collect();
        self.emit(What::SentBack {
            from: from.clone(),
            to: way.to,
            reset,
            reopened: way.reopened,
            resume,
        });
    }

    /// The target of a `direct_back` return has been done again: what people had passed before is
    /// not asked twice, except guarded steps whose facts have changed meanwhile.
    pub(super) fn skip_what_was_passed(&mut self, back: &DirectBack) {
        let changed = back.facts != self.state.facts;
        for id in &back.reset {
            let skippable = matches!(
                self.find(id),
                Some(
                    Node::Approve(_)
                        | Node::Task(_)
                        | Node::Timer(_)
                        | Node::Cc(_)
                        | Node::Milestone(_)
                )
            );
            if !skippable || (changed && self.flow.is_guarded(id)) {
                continue;
            }
            let runs = self.state.nodes.get(id).map_or(&[][..], Vec::as_slice);
            if let [.., before, now] = runs
                && now.state == NodeState::Pending
                && matches!(
                    before.state,
                    NodeState::Ended(Outcome::Passed | Outcome::Skipped)
                )
            {
                let iteration = now.iteration;
                self.emit(What::NodeClosed {
                    node: id.clone(),
                    iteration,
                    outcome: Outcome::Skipped,
                    why: Why::DirectBack,
                });
            }
        }
    }
}

/// The last step of a path, and whatever comes after it in the sequences around it from the
/// `fork`-th step of the path downwards.
pub(super) fn from_here_on<'a>(path: &[&'a Node], fork: usize) -> Vec<&'a Node> {
    let mut steps: Vec<&Node> = path.last().copied().into_iter().collect();
    for pair in path.windows(2).skip(fork) {
        if let Node::Seq(seq) = pair[0] {
            let after = seq.children.iter();
            let after = after.skip_while(|child| child.id() != pair[1].id());
            steps.extend(after.skip(1).flat_map(Node::subtree));
        }
    }
    steps
}
