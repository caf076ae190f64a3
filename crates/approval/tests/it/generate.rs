//! Definitions and commands out of thin air.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::world::*;

fn who() -> impl Strategy<Value = Json> {
    prop_oneof![
        (0..PEOPLE).prop_map(|n| json!({"from": "person", "id": person(n).to_string()})),
        Just(json!({"from": "role", "key": "hr"})),
        Just(json!({"from": "role", "key": "ghosts"})),
        Just(json!({"from": "pool", "key": "finance"})),
        (1..4_u8, prop_oneof![Just("initiator"), Just("subject")])
            .prop_map(|(level, of)| json!({"from": "manager", "of": of, "level": level})),
        Just(json!({"from": "manager", "of": {"fact": "buddy"}, "level": 1})),
        Just(json!({"from": "initiator"})),
        Just(json!({"from": "fact", "key": "team"})),
    ]
}

fn mode() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!("all_of")),
        Just(json!("any_of")),
        Just(json!("in_turn")),
        (1..4_u32, any::<bool>())
            .prop_map(|(num, veto)| { json!({"weighted": {"num": num, "den": 4, "veto": veto}}) }),
    ]
}

fn on_timeout() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!({"do": "notify"})),
        Just(json!({"do": "auto_pass"})),
        Just(json!({"do": "auto_reject"})),
        Just(json!({"do": "escalate", "to": {"from": "manager", "of": "assignee", "level": 1}})),
        Just(json!({"do": "escalate", "to": {"from": "pool", "key": "hr"}})),
    ]
}

fn exclude() -> impl Strategy<Value = Json> {
    prop_oneof![Just(json!([])), Just(json!([{"fact": "buddy"}]))]
}

fn approve_node() -> impl Strategy<Value = Json> {
    let who_asks = (prop::collection::vec(who(), 1..4), mode(), exclude());
    let how = (
        prop_oneof![Just("to_manager"), Just("keep"), Just("skip")],
        prop_oneof![Just("none"), Just("adjacent"), Just("anywhere")],
        prop_oneof![Just("to_admin"), Just("auto_pass"), Just("auto_reject")],
        prop_oneof![Just("replay"), Just("direct_back")],
        on_timeout(),
        prop_oneof![7 => Just("ends"), 1 => Just("amend")],
    );
    (who_asks, how).prop_map(
        |((approvers, mode, exclude), (own, dedupe, empty, resume, late, no))| {
            json!({
                "kind": "approve", "title": "审批", "approvers": approvers, "mode": mode,
                "exclude": exclude, "self": own, "dedupe": dedupe, "empty": empty, "resume": resume,
                "on_reject": no,
                "on_timeout": late, "remind": [{"every_hours": 2, "max": 3}, {"before_hours": 1}],
                "allow": ["hand_on", "delegate", "add_before", "add_after", "add_parallel",
                    "send_back", "abstain"],
            })
        },
    )
}

fn task_node() -> impl Strategy<Value = Json> {
    (who(), exclude(), on_timeout()).prop_map(|(owner, exclude, late)| {
        json!({
            "kind": "task", "title": "办理", "owner": owner, "exclude": exclude,
            "on_timeout": late, "allow": ["hand_on", "delegate", "send_back"],
        })
    })
}

fn guard() -> impl Strategy<Value = Json> {
    prop_oneof![
        (0..3_i64).prop_map(|n| json!({"fact": "n", "op": "=", "value": n})),
        any::<bool>().prop_map(|it| json!({"fact": "flag", "op": "=", "value": it})),
    ]
}

fn leaf() -> impl Strategy<Value = Json> {
    prop_oneof![
        8 => approve_node(),
        4 => task_node(),
        1 => (guard(), on_timeout()).prop_filter("waits have no assignee", |(_, late)| {
            !late.to_string().contains("assignee")
        }).prop_map(|(until, late)| json!({
            "kind": "wait", "title": "等待", "until": until, "deadline": {"hours": 5},
            "on_timeout": late,
        })),
        1 => Just(json!({"kind": "timer", "after": {"hours": 3}})),
        1 => prop_oneof![Just(json!(null)), Just(json!("undo"))].prop_map(|undo| json!({
            "kind": "call", "service": "freeze", "retry": {"max": 2}, "compensate": undo,
            "on_failure": {"do": "task", "owner": {"from": "role", "key": "finance"}},
        })),
        1 => Just(json!({"kind": "cc", "to": [{"from": "role", "key": "hr"}]})),
        1 => Just(json!({"kind": "milestone", "key": "m"})),
        1 => Just(json!({"kind": "nop"})),
        1 => prop_oneof![Just(json!("all")), Just(json!("any")), Just(json!({"k": 2}))].prop_map(
            |join| json!({
                "kind": "each", "over": "list", "as": "it", "process": "other", "limit": 9,
                "join": join,
            })
        ),
        1 => Just(json!({"kind": "sub", "process": "other@^1"})),
    ]
}

fn tree() -> impl Strategy<Value = Json> {
    leaf().prop_recursive(3, 16, 4, |inner| {
        let few = prop::collection::vec(inner.clone(), 1..5);
        let join = prop_oneof![
            Just(json!("all")),
            Just(json!("any")),
            Just(json!({"k": 1}))
        ];
        prop_oneof![
            3 => few.clone().prop_map(|it| json!({"kind": "seq", "children": it})),
            2 => (few, join).prop_map(|(it, join)| {
                json!({"kind": "par", "join": join, "children": it})
            }),
            1 => (guard(), inner.clone(), inner.clone(), any::<bool>()).prop_map(
                |(when, node, otherwise, many)| json!({
                    "kind": if many { "multi_choice" } else { "choice" },
                    "branches": [{"when": when, "node": node}], "otherwise": otherwise,
                })
            ),
        ]
    })
}

/// Gives every step and branch a name of its own.
fn number(node: &mut Json, next: &mut u32) {
    match node {
        Json::Object(fields) => {
            if fields.contains_key("kind") || fields.contains_key("when") {
                *next += 1;
                fields.insert("id".to_owned(), json!(format!("n{next}")));
            }
            for (key, value) in fields.iter_mut() {
                if ["children", "branches", "node", "otherwise"].contains(&key.as_str()) {
                    number(value, next);
                }
            }
        }
        Json::Array(nodes) => nodes.iter_mut().for_each(|node| number(node, next)),
        _ => {}
    }
}

/// The text of a definition that the validator accepts.
pub(crate) fn definition() -> impl Strategy<Value = String> {
    let withdraw = prop_oneof![Just("before_first_action"), Just("any_time"), Just("never")];
    let trees = prop::collection::vec(tree(), 1..4);
    (trees, withdraw, 0..3_u32).prop_map(|(trees, withdraw, returns)| {
        let mut root = json!({"kind": "seq", "children": trees});
        number(&mut root, &mut 0);
        let extra = format!(r#""withdraw":"{withdraw}","max_returns":{returns},"#);
        def_text(&root.to_string(), &extra)
    })
}

/// One blind poke at a case: what, by whom, at which item, with which other person or number.
pub(crate) type Poke = (u8, u8, u8, u8);

pub(crate) fn pokes(most: usize) -> impl Strategy<Value = Vec<Poke>> {
    prop::collection::vec((0..100_u8, 0..PEOPLE, any::<u8>(), any::<u8>()), 1..most)
}
