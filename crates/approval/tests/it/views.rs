//! What people see: timeline, buttons, sentences.

use approval::command::{Action, Seating, Target};
use approval::fact::Value;
use approval::item::ItemState;
use approval::sentence::{Bare, Names, sentence};
use approval::state::{NodeState, Outcome};
use approval::view::{Button, buttons, open_items_in_pool, open_items_of, summary};
use kernel::EmployeeId;

use crate::world::*;

struct Staff;

impl Names for Staff {
    fn person(&self, id: EmployeeId) -> String {
        let names = [(LI, "李娜"), (WANG, "王伟"), (ZHAO, "赵敏"), (HR, "何静")];
        let found = names.iter().find(|(n, _)| person(*n) == id);
        found.map_or("某人", |(_, name)| name).to_owned()
    }

    fn role(&self, key: &str) -> (String, String) {
        (format!("{key}角色"), key.to_owned())
    }
}

fn told() -> Case {
    let pool = r#"{"id":"t","kind":"task","title":"归档","title_en":"File",
        "owner":{"from":"role","key":"hr"}}"#;
    let steps = [
        approve("a", &[WANG], r#""title_en":"A""#),
        approve("b", &[ZHAO], r#""title_en":"B""#),
        pool.to_owned(),
    ];
    let mut case = Case::of(&seq("s", &steps));
    case.approve("a", WANG);
    case.at = case.at.plus_millis(HOUR);
    case.send_back("b", ZHAO, Target::Node("a".into())).unwrap();
    case.add("a", WANG, HR, Seating::Before).unwrap();
    case.approve("a", HR);
    case.approve("a", WANG);
    case.approve("b", ZHAO);
    case
}

#[test]
fn the_timeline_shows_every_walk_and_what_is_to_come() {
    let mut case = Case::of(&seq("s", &[approve("a", &[WANG], ""), task("b", ZHAO, "")]));
    let lines = summary(&case.flow, &case.state);
    let states: Vec<(&str, NodeState)> = lines
        .iter()
        .map(|line| (line.node.0.as_str(), line.state))
        .collect();
    let passed = NodeState::Ended(Outcome::Passed);
    assert_eq!(
        states,
        [
            ("start", passed),
            ("a", NodeState::Active),
            ("b", NodeState::Pending)
        ]
    );
    case.at = case.at.plus_millis(HOUR);
    case.send_back("a", WANG, Target::Initiator).unwrap();
    let lines = summary(&case.flow, &case.state);
    let kinds: Vec<(&str, u32, &str)> = lines
        .iter()
        .map(|line| (line.node.0.as_str(), line.iteration, line.state_zh))
        .collect();
    assert_eq!(
        kinds,
        [
            ("start", 1, "已通过"),
            ("a", 1, "已退回"),
            ("start", 2, "进行中"),
            ("a", 0, "未到"),
            ("b", 0, "未到")
        ]
    );
    assert_eq!(lines[1].seats[0].comment, "请修改");
    assert_eq!((lines[1].title.as_str(), lines[1].kind), ("审批a", "审批"));
}

#[test]
fn open_items_are_found_by_person_and_by_pool() {
    let mut case = told();
    assert!(open_items_of(&case.state, person(WANG)).is_empty());
    assert_eq!(open_items_in_pool(&case.state, "hr").len(), 1);
    case.claim("t", HR).unwrap();
    assert!(open_items_in_pool(&case.state, "hr").is_empty());
    assert_eq!(open_items_of(&case.state, person(HR)).len(), 1);
}

#[test]
fn the_history_in_sentences() {
    let case = told();
    let lines: Vec<(String, String)> = case
        .events
        .iter()
        .filter_map(|it| sentence(&case.flow, it, &Staff))
        .collect();
    let zh: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(
        zh,
        [
            "李娜 发起「测试」",
            "「审批a」待办：王伟",
            "王伟 同意「审批a」",
            "「审批a」已通过（表决已有结果）",
            "「审批b」待办：赵敏",
            "赵敏 退回「审批b」：请修改",
            "赵敏 从「审批b」退回到「审批a」",
            "「审批a」待办：王伟",
            "王伟 请 何静 参与「审批a」（前加签）",
            "何静 同意「审批a」",
            "王伟 同意「审批a」",
            "「审批a」已通过（表决已有结果）",
            "「审批b」待办：赵敏",
            "赵敏 同意「审批b」",
            "「审批b」已通过（表决已有结果）",
            "「归档」待办：「hr角色」待办池",
        ]
    );
    assert_eq!(lines[0].1, "李娜 started “Test”");
    assert_eq!(lines[8].1, "王伟 asked 何静 in at “A” (signer before)");
    assert_eq!(lines[15].1, "“File” to do for the pool of hr");
    let bare = sentence(&case.flow, &case.events[0], &Bare).unwrap();
    assert!(bare.0.starts_with("emp_"));
}

#[test]
fn a_way_on_which_nothing_is_done_is_told_by_its_title_or_not_at_all() {
    for (title, told) in [("", false), (r#","title":"无须支付""#, true)] {
        let choice = format!(
            r#"{{"id":"x","kind":"choice","branches":[{{"id":"yes","node":{},
            "when":{{"fact":"flag","op":"=","value":true}}}}],
            "otherwise":{{"id":"no_pay","kind":"nop"{title}}}}}"#,
            approve("b", &[ZHAO], "")
        );
        let root = seq("s", &[choice, approve("c", &[HR], "")]);
        let case = Case::new(flow(&root)).started(LI, &[("flag", Value::Flag(false))]);
        let lines: Vec<String> = case
            .events
            .iter()
            .filter_map(|it| sentence(&case.flow, it, &Staff))
            .map(|(zh, _)| zh)
            .collect();
        assert!(
            lines.iter().all(|line| !line.contains("no_pay")),
            "{lines:?}"
        );
        assert_eq!(lines.iter().any(|line| line.contains("无须支付")), told);
    }
}

#[test]
fn buttons_are_those_the_step_allows() {
    let allow = r#""allow":["delegate","send_back","abstain"]"#;
    let mut case = Case::of(&approve("a", &[WANG], allow));
    let shown = |case: &Case, who| {
        let item = case.item("a", who);
        buttons(&case.flow, case.state.item(item).unwrap())
    };
    use Button::{Abstain, Approve, Delegate, Reject, SendBack};
    assert_eq!(
        shown(&case, WANG),
        [Approve, Reject, Delegate, SendBack, Abstain]
    );
    case.delegate("a", WANG, ZHAO).unwrap();
    assert_eq!(shown(&case, WANG), [], "it is not his turn");
    assert_eq!(shown(&case, ZHAO), [Approve, Reject, Delegate, Abstain]);
    assert_eq!(Button::Reject.label_zh(), "拒绝（终止）");
    assert_eq!(ItemState::Superseded.label_zh(), "已由他人处理");
    let act = Action::Claim {
        item: case.item("a", ZHAO),
    };
    assert_eq!((act.label_zh(), act.label_en()), ("认领", "claim"));
}
