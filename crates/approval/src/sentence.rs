//! The history of a case in sentences 流程留痕.

use kernel::{EmployeeId, many};

use crate::def::{Def, Node, NodeId, START};
use crate::event::{Event, What};
use crate::item::{Decision, Holder, Item, ItemKind, Origin, SeatKind};
use crate::state::{CaseState, NodeState, Outcome};
use crate::words::entry_label;

/// How people and roles are called on the screen.
pub trait Names {
    /// A person's name.
    fn person(&self, id: EmployeeId) -> String;
    /// A role's name, Chinese and English.
    fn role(&self, key: &str) -> (String, String);
}

/// Ids and keys as they are, where no names are at hand.
#[derive(Clone, Copy, Debug)]
pub struct Bare;

impl Names for Bare {
    fn person(&self, id: EmployeeId) -> String {
        id.to_string()
    }

    fn role(&self, key: &str) -> (String, String) {
        (key.to_owned(), key.to_owned())
    }
}

/// A sentence in both languages.
pub type Pair = (String, String);

/// What an event says to people; nothing for the engine's own bookkeeping.
#[must_use]
pub fn sentence(def: &Def, event: &Event, names: &dyn Names) -> Option<Pair> {
    let told = Telling { def, event, names };
    told.case()
        .or_else(|| told.step())
        .or_else(|| told.item())
        .or_else(|| told.outside())
}

struct Telling<'a> {
    def: &'a Def,
    event: &'a Event,
    names: &'a dyn Names,
}

fn pair(zh: String, en: String) -> Option<Pair> {
    Some((zh, en))
}

impl Telling<'_> {
    fn title(&self, node: &NodeId) -> Pair {
        if node.0 == START {
            return ("发起".to_owned(), "Start".to_owned());
        }
        match self.def.find(node) {
            Some(step) => (step.title().to_owned(), step.title_en().to_owned()),
            None => (node.0.clone(), node.0.clone()),
        }
    }

    fn actor(&self) -> Pair {
        match self.event.by {
            Some(person) => (self.names.person(person), self.names.person(person)),
            None => ("系统".to_owned(), "The system".to_owned()),
        }
    }

    fn holder(&self, holder: &Holder) -> Pair {
        match holder {
            Holder::Person(person) => (self.names.person(*person), self.names.person(*person)),
            Holder::Pool(role) => {
                let (zh, en) = self.names.role(role);
                (format!("「{zh}」待办池"), format!("the pool of {en}"))
            }
        }
    }

    fn case(&self) -> Option<Pair> {
        match &self.event.what {
            What::Started { initiator, .. } => {
                let who = self.names.person(*initiator);
                let (title, title_en) = (&self.def.title, &self.def.title_en);
                if self.event.by.is_none() {
                    return pair(
                        format!("发起「{title}」，发起账号没有对应的员工，由 {who} 负责答复"),
                        format!("“{title_en}” began; its login is no employee’s, {who} answers"),
                    );
                }
                pair(
                    format!("{who} 发起「{title}」"),
                    format!("{who} started “{title_en}”"),
                )
            }
            What::CaseClosed { state, reason, .. } => {
                let words = quoted(reason);
                let actor = match state {
                    CaseState::Withdrawn | CaseState::Terminated => self.actor(),
                    _ => (String::new(), String::new()),
                };
                pair(
                    format!("{}流程{}{}", spaced(&actor.0), state.label_zh(), words.0),
                    format!(
                        "{}The case is {}{}",
                        colon(&actor.1),
                        state.label_en(),
                        words.1
                    ),
                )
            }
            What::FactSet { key, .. } => {
                let (who, who_en) = self.actor();
                let fact = self.def.fact(key);
                let title = fact.map_or(key.as_str(), |fact| &fact.title);
                let title = if title.is_empty() { key } else { title };
                let title_en = key.replace('_', " ");
                pair(
                    format!("{who} 更新了「{title}」"),
                    format!("{who_en} updated “{title_en}”"),
                )
            }
            What::InitiatorPassed { from, to } => {
                let from = from.map_or_else(String::new, |it| self.names.person(it));
                let to = self.names.person(*to);
                pair(
                    format!("发起人由 {from} 更换为 {to}"),
                    format!("{to} answers for the case instead of {from}"),
                )
            }
            What::Commented { text } => {
                let (who, who_en) = self.actor();
                pair(
                    format!("{who} 评论：{text}"),
                    format!("{who_en} commented: {text}"),
                )
            }
            What::NotDone { why, why_en } => pair(
                format!("审批已通过，但未能执行：{why}"),
                format!("Approved, but it could not be carried out: {why_en}"),
            ),
            _ => None,
        }
    }

    fn step(&self) -> Option<Pair> {
        match &self.event.what {
            What::NodeClosed {
                node, outcome, why, ..
            } => {
                // Containers end silently; what people did to a leaf has been told already. A way
                // on which nothing is done has nothing to say but its title.
                let leaf = self.def.find(node).is_some_and(|step| match step {
                    Node::Nop(nothing) => !nothing.title.is_empty(),
                    step => step.is_leaf(),
                });
                let state = NodeState::Ended(*outcome);
                let telling = matches!(outcome, Outcome::Passed | Outcome::Rejected)
                    || *outcome == Outcome::Skipped;
                if !leaf || !telling {
                    return None;
                }
                let (zh, en) = self.title(node);
                pair(
                    format!("「{zh}」{}（{}）", state.label_zh(), why.label_zh()),
                    format!("“{en}” {} ({})", state.label_en(), why.label_en()),
                )
            }
            What::MilestoneReached { node, .. } => {
                let (zh, en) = self.title(node);
                pair(
                    format!("到达里程碑「{zh}」"),
                    format!("Milestone “{en}” reached"),
                )
            }
            What::SentBack { from, to, .. } if from == to => {
                let (zh, en) = self.title(to);
                if matches!(self.def.find(to), Some(Node::Task(_))) {
                    return pair(
                        format!("「{zh}」已办的事项不再成立，须重新办理"),
                        format!("What was done at “{en}” stands no more, it is asked again"),
                    );
                }
                pair(
                    format!("内容有调整，「{zh}」重新征求意见"),
                    format!("The content changed, “{en}” is asked again"),
                )
            }
            What::SentBack { from, to, .. } => {
                let ((from, from_en), (to, to_en)) = (self.title(from), self.title(to));
                let (who, who_en) = self.actor();
                pair(
                    format!("{who} 从「{from}」退回到「{to}」"),
                    format!("{who_en} sent it back from “{from_en}” to “{to_en}”"),
                )
            }
            What::Told { node, to, about } => {
                let (zh, en) = self.title(node);
                let whom: Vec<Pair> = to.iter().map(|holder| self.holder(holder)).collect();
                let (whom, whom_en): (Vec<String>, Vec<String>) = whom.into_iter().unzip();
                pair(
                    format!("「{zh}」{}，已通知 {}", about.label_zh(), whom.join("、")),
                    format!("“{en}” {}: told {}", about.label_en(), whom_en.join(", ")),
                )
            }
            _ => None,
        }
    }

    fn item(&self) -> Option<Pair> {
        match &self.event.what {
            What::ItemOpened { item } => self.opened(item),
            What::ItemDecided {
                node,
                acting_for,
                decision,
                comment,
                ..
            } => self.decided(node, *acting_for, *decision, comment),
            What::ItemMoved {
                node,
                from,
                to,
                origin,
                comment,
                ..
            } => {
                let (zh, en) = self.title(node);
                let ((from, from_en), (to, to_en)) = (self.holder(from), self.holder(to));
                let words = quoted(comment);
                let (way, way_en) = (origin.label_zh(), origin.label_en());
                if *origin == Origin::Claim {
                    return pair(
                        format!("{to} 认领「{zh}」"),
                        format!("{to_en} claimed “{en}”"),
                    );
                }
                pair(
                    format!("「{zh}」由 {from} 转给 {to}（{way}）{}", words.0),
                    format!(
                        "“{en}” went from {from_en} to {to_en} ({way_en}){}",
                        words.1
                    ),
                )
            }
            What::Urged { node, holder, .. } => {
                let ((who, who_en), (whom, whom_en)) = (self.actor(), self.holder(holder));
                let (zh, en) = self.title(node);
                pair(
                    format!("{who} 就「{zh}」催办 {whom}"),
                    format!("{who_en} urged {whom_en} about “{en}”"),
                )
            }
            What::ItemsDropped {
                items,
                node,
                superseded,
                why,
            } => {
                let (zh, en) = self.title(node);
                let (state, state_en) = if *superseded {
                    ("已由他人处理", "superseded")
                } else {
                    ("已取消", "cancelled")
                };
                let (count, why, why_en) = (items.len(), why.label_zh(), why.label_en());
                pair(
                    format!("「{zh}」的 {count} 项待办{state}（{why}）"),
                    format!("{} of “{en}” {state_en} ({why_en})", many(&count, "items")),
                )
            }
            _ => None,
        }
    }

    fn opened(&self, item: &Item) -> Option<Pair> {
        let (zh, en) = self.title(&item.node);
        let (whom, whom_en) = self.holder(&item.holder);
        let (who, who_en) = self.actor();
        if item.origin == Origin::Deduped {
            return pair(
                format!("{whom} 此前已同意，「{zh}」自动计为同意"),
                format!("{whom_en} had approved before and counts as approving “{en}”"),
            );
        }
        if item.seat != SeatKind::Own {
            let (way, way_en) = (item.seat.label_zh(), item.seat.label_en());
            return pair(
                format!("{who} 请 {whom} 参与「{zh}」（{way}）"),
                format!("{who_en} asked {whom_en} in at “{en}” ({way_en})"),
            );
        }
        let (acting, acting_en) = self.acting(item.acting_for);
        let (ask, ask_en) = match item.kind {
            ItemKind::Cc => ("抄送", "copied to"),
            _ => ("待办", "to do for"),
        };
        pair(
            format!("「{zh}」{ask}：{whom}{acting}"),
            format!("“{en}” {ask_en} {whom_en}{acting_en}"),
        )
    }

    fn acting(&self, whom: Option<EmployeeId>) -> Pair {
        whom.map_or_else(Default::default, |whom| {
            let name = self.names.person(whom);
            (format!("（代 {name}）"), format!(" (for {name})"))
        })
    }

    fn decided(
        &self,
        node: &NodeId,
        acting_for: Option<EmployeeId>,
        decision: Decision,
        comment: &str,
    ) -> Option<Pair> {
        let ((who, who_en), (zh, en)) = (self.actor(), self.title(node));
        let ((acting, acting_en), words) = (self.acting(acting_for), quoted(comment));
        let (did, did_en) = (decision.label_zh(), decision.label_en());
        pair(
            format!("{who}{acting} {did}「{zh}」{}", words.0),
            format!("{who_en}{acting_en} {did_en} “{en}”{}", words.1),
        )
    }

    fn outside(&self) -> Option<Pair> {
        match &self.event.what {
            What::ChildWanted { node, key, .. } => {
                let ((zh, en), entry) = (self.title(node), entry_label(key));
                pair(
                    format!("「{zh}」发起子流程 {entry}").trim_end().to_owned(),
                    format!("“{en}” started sub-case {entry}")
                        .trim_end()
                        .to_owned(),
                )
            }
            What::ChildClosed { node, key, outcome } => {
                let ((zh, en), entry) = (self.title(node), entry_label(key));
                pair(
                    format!("「{zh}」的子流程 {entry} {}", outcome.label_zh()),
                    format!("Sub-case {entry} of “{en}” is {}", outcome.label_en()),
                )
            }
            What::ChildTerminated { node, key, .. } => {
                let ((zh, en), entry) = (self.title(node), entry_label(key));
                pair(
                    format!("「{zh}」的子流程 {entry} 随主流程终止"),
                    format!("Sub-case {entry} of “{en}” ended with its parent"),
                )
            }
            What::CallQueued {
                node,
                service,
                attempt,
                ..
            } => {
                let (zh, en) = self.title(node);
                pair(
                    format!("「{zh}」第 {attempt} 次调用 {service}"),
                    format!("“{en}” calls {service}, attempt {attempt}"),
                )
            }
            What::CallFailed { node, reason } => {
                let (zh, en) = self.title(node);
                pair(
                    format!("「{zh}」调用失败：{reason}"),
                    format!("The call of “{en}” failed: {reason}"),
                )
            }
            What::CompensationQueued { node, service } => {
                let (zh, en) = self.title(node);
                pair(
                    format!("「{zh}」以 {service} 撤销"),
                    format!("“{en}” is undone by {service}"),
                )
            }
            _ => None,
        }
    }
}

fn quoted(words: &str) -> Pair {
    if words.trim().is_empty() {
        return Pair::default();
    }
    (format!("：{words}"), format!(": {words}"))
}

fn spaced(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!("{name}：")
    }
}

fn colon(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!("{name}: ")
    }
}
