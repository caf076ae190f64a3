//! Editing, preview and conflicts, by hand.

use handover::conflict::{ConflictKind, OwnerTruth, Receiver, Severity, UnderApproval, conflicts};
use handover::holding::{Holding, HoldingKey, HoldingKind};
use handover::plan::{Chosen, Edit, HandoverPlan, Rule, Scope};
use handover::preview::preview;
use kernel::{Fen, Moment};
use succession::facts::{CandidateFacts, CustomerFacts, Weights};

use crate::books::{
    CHEN, EFFECTIVE, LI, WANG, ZHAO, cus, desk, office, plan_id, plan_of, thing, who,
};

fn key(kind: HoldingKind, subject: &str) -> HoldingKey {
    HoldingKey {
        kind,
        subject: subject.into(),
    }
}

fn edit(plan: &mut HandoverPlan, edit: Edit) -> usize {
    plan.edit(plan.version(), &edit).unwrap()
}

fn by_region(region: &str, successor: u8) -> Edit {
    let rule = Rule {
        regions: vec![region.into()],
        only_unassigned: true,
        ..Rule::default()
    };
    Edit::AssignByRule {
        rule,
        successor: who(successor),
    }
}

/// 华东 to 李, everything else to 王.
fn shared_out() -> HandoverPlan {
    let mut plan = plan_of(desk());
    edit(&mut plan, by_region("华东", LI));
    let rest = Rule {
        only_unassigned: true,
        ..Rule::default()
    };
    edit(
        &mut plan,
        Edit::AssignByRule {
            rule: rest,
            successor: who(WANG),
        },
    );
    plan
}

#[test]
fn by_rule_in_bulk_and_by_drag() {
    let mut plan = plan_of(desk());
    assert_eq!(edit(&mut plan, by_region("华东", LI)), 5);
    assert_eq!(
        edit(
            &mut plan,
            Edit::AssignCustomers {
                customers: vec![cus(2)],
                successor: who(WANG)
            }
        ),
        2
    );
    let role = key(HoldingKind::LineManagerRole, "销售一组");
    assert_eq!(
        edit(
            &mut plan,
            Edit::Assign {
                keys: vec![role.clone()],
                successor: who(ZHAO)
            }
        ),
        1
    );
    assert_eq!(
        plan.item(&role).unwrap().choice.unwrap().how,
        Chosen::ByHand
    );
    let pairs = vec![(cus(1), who(WANG)), (cus(8), who(WANG))];
    // Suggestions leave what was decided: only the seat at customer 8 is open.
    assert_eq!(edit(&mut plan, Edit::AcceptSuggestions { pairs }), 1);
    assert_eq!(
        edit(&mut plan, Edit::ClearSuccessor { successor: who(LI) }),
        5
    );
    assert_eq!(edit(&mut plan, Edit::Clear { keys: vec![role] }), 1);
    assert_eq!(plan.version(), 7);
    assert_eq!(
        edit(&mut plan, Edit::ClearSuccessor { successor: who(LI) }),
        0
    );
    assert_eq!(plan.version(), 7, "nothing changed, no new version");
}

#[test]
fn suggestions_are_taken_over_customer_by_customer() {
    let customers: Vec<CustomerFacts> = (1..4)
        .map(|n| CustomerFacts {
            customer: cus(n),
            region: Some(if n % 2 == 1 { "华东" } else { "华南" }.into()),
            industry: None,
            tier: 1,
            value: Fen(1_000_000),
            department: None,
            collaborators: Vec::new(),
            declined_by: Vec::new(),
        })
        .collect();
    let neighbour = |n, region: &str| CandidateFacts {
        employee: who(n),
        name: region.into(),
        regions: vec![region.into()],
        industries: Vec::new(),
        departments: Vec::new(),
        current_load: 0,
        capacity: 80,
        current_value: Fen::ZERO,
        leaving: false,
        active: true,
    };
    let people = [neighbour(LI, "华东"), neighbour(WANG, "华南")];
    let advice = succession::suggest(&customers, &people, &Weights::default());
    let mut plan = plan_of(desk());
    // Three customers with what belongs to them; the role, the approval and a seat stay open.
    assert_eq!(edit(&mut plan, Edit::accept(&advice)), 7);
    let opportunity = plan
        .item(&key(HoldingKind::Opportunity, "海川二期"))
        .unwrap();
    let choice = opportunity.choice.unwrap();
    assert_eq!(
        (choice.successor, choice.how),
        (who(LI), Chosen::BySuggestion)
    );
}

#[test]
fn things_that_arrive_while_planning_are_added_open() {
    let mut plan = shared_out();
    let late = thing(HoldingKind::PendingTask, "新待办", None, 0);
    let holdings = vec![late.clone()];
    assert_eq!(edit(&mut plan, Edit::Add { holdings }), 1);
    assert_eq!(plan.item(&late.key).unwrap().choice, None);
    assert_eq!((plan.items().len(), plan.version()), (11, 4));
}

#[test]
fn edits_that_cannot_be_change_nothing() {
    let mut plan = shared_out();
    let untouched = plan.clone();
    let nowhere = vec![
        key(HoldingKind::Contract, "合同 3"),
        key(HoldingKind::Contract, "合同 99"),
    ];
    let mars = Rule {
        regions: vec!["火星".into()],
        ..Rule::default()
    };
    let own = plan.items()[0].holding.clone();
    let foreign = handover::holding::Holding {
        holder: who(LI),
        ..thing(HoldingKind::Contract, "合同 4", None, 0)
    };
    for (seen, edit, code) in [
        (1, by_region("华东", LI), "handover.plan_changed"),
        (3, Edit::Clear { keys: nowhere }, "handover.unknown_item"),
        (
            3,
            Edit::AssignByRule {
                rule: mars,
                successor: who(LI),
            },
            "handover.rule_means_nothing",
        ),
        (
            3,
            Edit::AssignByRule {
                rule: Rule::default(),
                successor: who(CHEN),
            },
            "handover.successor_is_holder",
        ),
        (
            3,
            Edit::Add {
                holdings: vec![own],
            },
            "handover.listed_twice",
        ),
        (
            3,
            Edit::Add {
                holdings: vec![foreign],
            },
            "handover.not_the_givers",
        ),
        (
            3,
            Edit::Add {
                holdings: vec![thing(HoldingKind::CustomerOwnership, "无名", None, 0)],
            },
            "handover.ownership_without_customer",
        ),
    ] {
        let refusal = plan.edit(seen, &edit).unwrap_err();
        assert_eq!(refusal.code, code);
        assert!(!refusal.remedy.is_empty() && !refusal.remedy_en.is_empty());
        assert_eq!(plan, untouched);
    }
}

#[test]
fn an_unknown_line_is_named_by_its_place() {
    let keys = vec![
        key(HoldingKind::Contract, "合同 3"),
        key(HoldingKind::Contract, "合同 99"),
    ];
    let refusal = plan_of(desk()).edit(1, &Edit::Clear { keys }).unwrap_err();
    assert_eq!(refusal.fields[0].pointer, "/keys/1");
    assert_eq!(refusal.fields[0].detail_en, "It is not in the plan");
    assert_eq!(refusal.message, "方案中没有「合同 合同 99」");
}

#[test]
fn the_preview_counts_customers_and_money() {
    let preview = preview(&shared_out(), &office().receivers);
    let total = &preview.total;
    assert_eq!(
        (total.items, total.customers, total.opportunities),
        (10, 3, 1)
    );
    assert_eq!(total.opportunity_amount, Fen(20_000_000));
    assert_eq!(
        (total.receivable_open, total.overdue),
        (Fen(3_500_000), Fen(1_000_000))
    );
    let li = &preview.shares[0];
    assert_eq!(
        (li.moves.customers, li.moves.receivable_open),
        (2, Fen(3_000_000))
    );
    assert_eq!(
        li.load.map(|load| (load.before, load.after, load.capacity)),
        Some((10, 12, 80))
    );
    assert_eq!(
        preview.shares[1].moves.by_kind[&HoldingKind::PendingApproval],
        1
    );
    assert_eq!(preview.unassigned.items, 0);
}

#[test]
fn a_plan_without_trouble_has_no_conflict() {
    assert_eq!(conflicts(&shared_out(), &office()), []);
}

#[test]
fn open_lines_block_only_when_they_must_move() {
    let found = conflicts(&plan_of(desk()), &office());
    let told: Vec<_> = found
        .iter()
        .map(|c| (c.kind, c.severity, c.items.len()))
        .collect();
    assert_eq!(
        told,
        [
            (ConflictKind::Unassigned, Severity::Blocks, 9),
            (ConflictKind::Unassigned, Severity::Warns, 1),
        ]
    );
}

#[test]
fn receivers_who_cannot_receive() {
    let plan = shared_out();
    let change = |change: fn(&mut Receiver)| {
        let mut facts = office();
        change(&mut facts.receivers[0]);
        let found = conflicts(&plan, &facts);
        assert!(
            found
                .iter()
                .all(|c| c.severity == Severity::Blocks && !c.remedy.is_empty())
        );
        assert!(
            found
                .iter()
                .all(|c| c.employee == Some(who(LI)) && c.items.len() == 5)
        );
        found
            .into_iter()
            .map(|c| (c.kind, c.zh))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        change(|li| li.capacity = 11),
        [(
            ConflictKind::CapacityExceeded,
            "李娜 交接后 12 户，超过上限 11 户".to_owned()
        )]
    );
    assert_eq!(
        change(|li| li.leaving_on = "2025-12-31".parse().ok()),
        [(
            ConflictKind::ReceiverLeaving,
            "李娜 将于 2025-12-31 离职，不能接收".to_owned()
        )]
    );
    assert_eq!(
        change(|li| {
            li.leaving_on = "2025-12-31".parse().ok();
            li.gone = true;
        }),
        [(
            ConflictKind::ReceiverLeaving,
            "李娜 已于 2025-12-31 离职，不能接收".to_owned()
        )]
    );
    assert_eq!(
        change(|li| li.active = false)[0].0,
        ConflictKind::ReceiverInactive
    );
    assert_eq!(
        change(|li| li.employee = who(77))[0].0,
        ConflictKind::ReceiverUnknown
    );
}

#[test]
fn two_truths_about_the_owner() {
    let plan = shared_out();
    for (timeline, record, opportunity, expected) in [
        (CHEN, CHEN, CHEN, None),
        (
            CHEN,
            LI,
            CHEN,
            Some((ConflictKind::TwoOwners, Severity::Blocks)),
        ),
        (
            LI,
            LI,
            LI,
            Some((ConflictKind::TwoOwners, Severity::Blocks)),
        ), // the plan is out of date
        (
            CHEN,
            CHEN,
            LI,
            Some((ConflictKind::OpportunityOwnerDiffers, Severity::Warns)),
        ),
    ] {
        let mut facts = office();
        facts.owners.push(OwnerTruth {
            customer: cus(1),
            timeline: Some(who(timeline)),
            record: Some(who(record)),
            opportunities: vec![who(opportunity)],
        });
        let found: Vec<_> = conflicts(&plan, &facts)
            .into_iter()
            .map(|c| (c.kind, c.severity))
            .collect();
        assert_eq!(found, Vec::from_iter(expected));
    }
}

#[test]
fn approvals_under_way_and_receivables_apart_are_warned_of() {
    let mut plan = shared_out();
    let invoice = key(HoldingKind::ReceivableResponsibility, "发票 7");
    edit(
        &mut plan,
        Edit::Assign {
            keys: vec![invoice.clone()],
            successor: who(WANG),
        },
    );
    let mut facts = office();
    let contract = key(HoldingKind::Contract, "合同 3");
    facts.under_approval.push(UnderApproval {
        item: contract,
        title: "合同变更".into(),
        title_en: "Contract change".into(),
    });
    let found = conflicts(&plan, &facts);
    let kinds: Vec<_> = found.iter().map(|c| (c.kind, c.severity)).collect();
    assert_eq!(
        kinds,
        [
            (ConflictKind::ReceivableApart, Severity::Warns),
            (ConflictKind::UnderApproval, Severity::Warns),
        ]
    );
    assert_eq!(found[0].items, [invoice]);
    assert!(found[1].en.ends_with("is under approval: Contract change."));
}

#[test]
fn an_approver_who_gains() {
    let mut plan = plan_of(desk());
    edit(
        &mut plan,
        Edit::AssignByRule {
            rule: Rule::default(),
            successor: who(ZHAO),
        },
    );
    assert_eq!(
        conflicts(&plan, &office())[0].kind,
        ConflictKind::ApproverGains
    );
    edit(
        &mut plan,
        Edit::AssignCustomers {
            customers: vec![cus(2)],
            successor: who(LI),
        },
    );
    let found = conflicts(&plan, &office());
    assert_eq!(
        (found[0].kind, found[0].severity),
        (ConflictKind::ApproverGains, Severity::Blocks)
    );
}

#[test]
fn a_plan_travels_as_json() {
    let plan = shared_out();
    let json = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<HandoverPlan>(&json).unwrap(), plan);
    let listed = HandoverPlan::new(plan_id(2), Scope::Listed, EFFECTIVE, desk()).unwrap();
    let preview = preview(&listed, &[]);
    let json = serde_json::to_string(&preview).unwrap();
    assert_eq!(
        serde_json::from_str::<handover::preview::Preview>(&json).unwrap(),
        preview
    );
    let moved = Edit::MoveEffective { at: Moment(5) };
    let json = serde_json::to_string(&moved).unwrap();
    assert_eq!(serde_json::from_str::<Edit>(&json).unwrap(), moved);
}

/// Two customers go to 李, but for a contract of the first with its paper, which goes to 王.
fn parted() -> (HandoverPlan, [Holding; 2]) {
    use HoldingKind::{Contract, CustomerOwnership, ReceivableResponsibility};
    let owned = [("海川机械", 1), ("南粤物流", 2)];
    let owned = owned.map(|(name, n)| thing(CustomerOwnership, name, Some(n), 0));
    let mut plan = plan_of(owned.to_vec());
    edit(
        &mut plan,
        Edit::AssignCustomers {
            customers: vec![cus(1), cus(2)],
            successor: who(LI),
        },
    );
    let lines = [
        thing(Contract, "合同 1", Some(1), 90_000),
        thing(ReceivableResponsibility, "发票 1", Some(1), 30_000),
    ];
    assert_eq!(edit(&mut plan, apart(&lines, WANG)), 2);
    (plan, lines)
}

fn apart(lines: &[Holding], to: u8) -> Edit {
    Edit::SetApart {
        holdings: lines.to_vec(),
        successor: who(to),
    }
}

#[test]
fn a_contract_set_apart_takes_its_papers_and_stays_where_it_was_given() {
    let (mut plan, lines) = parted();
    let [contract, paper] = lines.clone();
    let how = |plan: &HandoverPlan, key: &HoldingKey| plan.item(key).and_then(|one| one.choice);
    let to = |plan: &HandoverPlan, key: &HoldingKey| how(plan, key).map(|one| one.successor);
    assert_eq!(
        how(&plan, &contract.key).map(|one| one.how),
        Some(Chosen::Apart)
    );
    assert_eq!(
        how(&plan, &paper.key).map(|one| one.how),
        Some(Chosen::WithContract)
    );
    // Both answer again: one gets it, the other gets the customer without it.
    let version = plan.version();
    assert_eq!(
        (plan.share_version(who(WANG)), plan.share_version(who(LI))),
        (version, version)
    );
    // Money that somebody else chases is no surprise here.
    let found = conflicts(&plan, &office());
    assert!(
        !found
            .iter()
            .any(|one| one.kind == ConflictKind::ReceivableApart)
    );
    // The customer goes elsewhere, and everything in its region too; the contract stays.
    edit(
        &mut plan,
        Edit::AssignCustomers {
            customers: vec![cus(1)],
            successor: who(ZHAO),
        },
    );
    let rule = Rule {
        regions: vec!["华东".into()],
        ..Rule::default()
    };
    edit(
        &mut plan,
        Edit::AssignByRule {
            rule,
            successor: who(ZHAO),
        },
    );
    assert_eq!(to(&plan, &contract.key), Some(who(WANG)));
    // Its paper was given to somebody by hand: another holder of the contract leaves it there.
    edit(
        &mut plan,
        Edit::Assign {
            keys: vec![paper.key.clone()],
            successor: who(LI),
        },
    );
    assert_eq!(edit(&mut plan, apart(&lines, ZHAO)), 1);
    assert_eq!(
        (to(&plan, &contract.key), to(&plan, &paper.key)),
        (Some(who(ZHAO)), Some(who(LI)))
    );
}

#[test]
fn a_contract_set_apart_goes_with_its_customer_again() {
    let (mut plan, lines) = parted();
    let [contract, paper] = lines.clone();
    // Nobody hands a contract to himself, and nothing has changed then.
    let before = plan.clone();
    let refused = plan.edit(plan.version(), &apart(&lines, CHEN)).unwrap_err();
    assert_eq!(refused.code, "handover.successor_is_holder");
    assert_eq!(plan, before);
    // Back with its customer it is no line any more.
    let keys = vec![contract.key.clone(), paper.key.clone()];
    assert_eq!(edit(&mut plan, Edit::Rejoin { keys }), 2);
    assert!(plan.item(&contract.key).is_none());
    assert_eq!(plan.items().len(), 2);
    let mut alone = plan_of(vec![contract.clone()]);
    let keys = vec![contract.key];
    let refused = alone
        .edit(alone.version(), &Edit::Rejoin { keys })
        .unwrap_err();
    assert_eq!(refused.code, "handover.nothing_to_rejoin");
}
