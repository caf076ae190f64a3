//! Gates, waivers and stages up to closing 办结.

use departure::gate_facts::{
    AccountFact, AssetFact, AssetState, CommissionFact, CommissionLack, DocumentFact, GateFacts,
    HeldThing, Holder, Waiver,
};
use departure::gates::{GateKey, GateState, gates, may_close, may_waive};
use departure::may_wait::ExitDuty;
use departure::state::{Stage, Step, may, replay};
use kernel::{Day, EmployeeId, Fen, Moment};
use proptest::prelude::*;

fn person(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(1), [n; 10])
}

fn day() -> Day {
    "2025-12-01".parse().unwrap()
}

fn held(title: &str, holder: Holder) -> HeldThing {
    HeldThing {
        id: title.into(),
        title: title.into(),
        holder,
        open: None,
    }
}

fn taken_over() -> Holder {
    Holder::Person {
        employee: person(2),
        staying: true,
    }
}

/// Everything is in order.
fn in_order() -> GateFacts {
    GateFacts {
        leaver: person(1),
        customers: vec![held("海川机械", taken_over()), held("旧客户", Holder::Pool)],
        receivables: vec![held("发票 0042", taken_over())],
        pending_work: vec![held("报价审批", taken_over())],
        assets: vec![
            AssetFact {
                id: "1".into(),
                title: "笔记本（SN-7）".into(),
                title_en: "笔记本 (SN-7)".into(),
                state: AssetState::Returned { on: day() },
            },
            AssetFact {
                id: "2".into(),
                title: "手机（SN-8）".into(),
                title_en: "手机 (SN-8)".into(),
                state: AssetState::CostAgreed {
                    amount: Fen(120_000),
                    on: day(),
                },
            },
        ],
        accounts: vec![AccountFact {
            system: "邮箱".into(),
            closed_at: Some(Moment(1)),
        }],
        documents: vec![DocumentFact {
            title: "离职证明".into(),
            title_en: "The leaving certificate".into(),
            issued_on: Some(day()),
        }],
        commission: Vec::new(),
        waivers: Vec::new(),
    }
}

/// Everything is in order but this gate.
fn red(key: GateKey) -> GateFacts {
    let mut facts = in_order();
    match key {
        GateKey::Customers => facts.customers.push(held("东风物流", Holder::Nobody)),
        GateKey::Receivables => facts.receivables.push(HeldThing {
            open: Some(Fen(1_234_567)),
            ..held("发票 0043", Holder::Pool)
        }),
        GateKey::PendingWork => facts.pending_work.push(held("待办", Holder::Leaver)),
        GateKey::Assets => facts.assets[0].state = AssetState::Out,
        GateKey::Accounts => facts.accounts[0].closed_at = None,
        GateKey::Documents => facts.documents[0].issued_on = None,
        GateKey::Commission => facts.commission.push(CommissionFact {
            id: "3".into(),
            title: "HT-7 产线改造".into(),
            lacks: CommissionLack::Decision,
        }),
    }
    facts
}

#[test]
fn each_gate_alone_keeps_the_departure_open() {
    assert_eq!(may_close(&gates(&in_order())), Ok(()));
    for key in GateKey::ALL {
        let gates = gates(&red(key));
        let reds: Vec<GateKey> = gates
            .iter()
            .filter(|gate| gate.state == GateState::Red)
            .map(|gate| gate.key)
            .collect();
        assert_eq!(reds, [key]);
        let refusal = may_close(&gates).unwrap_err();
        assert!(
            refusal.conflict && refusal.message.contains(key.title().0),
            "{}",
            refusal.message
        );
        assert!(!refusal.message_en.contains(".."), "{}", refusal.message_en);
    }
}

#[test]
fn missing_things_are_named_with_their_money() {
    let gates = gates(&red(GateKey::Receivables));
    let gate = gates
        .iter()
        .find(|gate| gate.key == GateKey::Receivables)
        .unwrap();
    assert_eq!(
        gate.missing[0].zh,
        "「发票 0043」（未收 12,345.67 元）不能放入公海，须有责任人"
    );
    assert_eq!(
        gate.missing[0].en,
        "发票 0043 (12,345.67 not received): a pool cannot answer for it."
    );
    let mut facts = in_order();
    facts.customers[0].holder = Holder::Person {
        employee: person(3),
        staying: false,
    };
    assert!(
        departure::gates::gates(&facts)[0].missing[0]
            .zh
            .contains("接替人也在离职")
    );
}

#[test]
fn no_gate_holds_back_wages_leave_pay_or_certificate() {
    for gate in gates(&in_order()) {
        for duty in [
            ExitDuty::Wages,
            ExitDuty::LeavePay,
            ExitDuty::LeavingCertificate,
        ] {
            assert!(!gate.may_hold.contains(&duty), "{:?}", gate.key);
        }
        let companys = [GateKey::Accounts, GateKey::Documents, GateKey::Commission];
        let own_handover = !companys.contains(&gate.key);
        assert_eq!(
            gate.may_hold.contains(&ExitDuty::EconomicCompensation),
            own_handover
        );
    }
}

#[test]
fn certificate_is_due_even_when_nobody_listed_it() {
    let facts = GateFacts {
        documents: Vec::new(),
        ..in_order()
    };
    let refused = may_close(&gates(&facts)).unwrap_err();
    assert_eq!(refused.code, "departure.gates_red");
}

#[test]
fn what_is_red_is_named_as_not_passed() {
    let lacks = |n: u8| CommissionFact {
        id: format!("ctr_{n}"),
        title: format!("HT-{n}"),
        lacks: CommissionLack::Decision,
    };
    let facts = GateFacts {
        commission: vec![lacks(1), lacks(2)],
        ..in_order()
    };
    let told = may_close(&gates(&facts)).unwrap_err().message_en;
    assert_eq!(
        told,
        "The departure cannot be closed yet: not passed: “Every open commission is decided” (2): \
         Commission of HT-1: it has no decision."
    );
}

#[test]
fn a_thing_lent_is_named_in_each_language_as_it_writes() {
    let gates = gates(&red(GateKey::Assets));
    let missing = gates.iter().flat_map(|gate| &gate.missing);
    let told: Vec<(&str, &str)> = missing.map(|one| (&*one.zh, &*one.en)).collect();
    assert_eq!(
        told,
        [(
            "「笔记本（SN-7）」未归还，也未约定赔偿金额",
            "笔记本 (SN-7) is neither returned nor its cost agreed."
        )]
    );
}

#[test]
fn a_gate_not_looked_at_is_red() {
    let mut looked = gates(&in_order());
    looked.pop();
    assert!(may_close(&looked).is_err());
}

#[test]
fn waivers_need_another_person_and_a_reason() {
    let waiver = |gate, by, reason: &str| Waiver {
        gate,
        by,
        reason: reason.into(),
    };
    for (given, code) in [
        (
            waiver(GateKey::Assets, person(2), "工牌遗失，免予赔偿"),
            None,
        ),
        (
            waiver(GateKey::Assets, person(1), "我觉得可以"),
            Some("departure.waiver_by_leaver"),
        ),
        (
            waiver(GateKey::Assets, person(2), "  "),
            Some("departure.waiver_without_reason"),
        ),
        (
            waiver(GateKey::Customers, person(2), "以后再说"),
            Some("departure.gate_not_waivable"),
        ),
        (
            waiver(GateKey::Documents, person(2), "不需要"),
            Some("departure.gate_not_waivable"),
        ),
        (
            waiver(GateKey::Commission, person(2), "离职不发"),
            Some("departure.gate_not_waivable"),
        ),
    ] {
        let refusal = may_waive(&given, person(1)).err();
        assert_eq!(refusal.map(|r| r.code).as_deref(), code);
        let key = given.gate;
        let facts = GateFacts {
            waivers: vec![given],
            ..red(key)
        };
        let gate = gates(&facts)
            .into_iter()
            .find(|gate| gate.key == key)
            .unwrap();
        let expected = if code.is_none() {
            GateState::Waived
        } else {
            GateState::Red
        };
        assert_eq!(gate.state, expected, "{key:?}");
        assert!(!gate.missing.is_empty(), "a waiver hides nothing");
    }
}

fn close() -> Step {
    Step::Close {
        gates: gates(&in_order()),
    }
}

fn withdraw(employee_agrees: bool, company_agrees: bool, employment_ended: bool) -> Step {
    Step::Withdraw {
        employee_agrees,
        company_agrees,
        employment_ended,
    }
}

#[test]
fn the_usual_way_and_its_detours() {
    use Stage::{Closed, Settling};
    let usual = [
        Step::Acknowledge,
        Step::BeginHandover,
        Step::BeginSettlement,
        close(),
    ];
    assert_eq!(replay(&usual), Ok(Closed));
    // HR need not acknowledge for the handover to begin; nothing to hand over is fine too.
    assert_eq!(
        replay(&[Step::BeginHandover, Step::BeginSettlement]),
        Ok(Settling)
    );
    assert_eq!(
        replay(&[Step::Acknowledge, Step::BeginSettlement]),
        Ok(Settling)
    );
    let red_close = Step::Close {
        gates: gates(&red(GateKey::Customers)),
    };
    assert_eq!(
        may(Settling, &red_close).unwrap_err().code,
        "departure.gates_red"
    );
    assert_eq!(
        may(Stage::Filed, &close()).unwrap_err().code,
        "departure.step_out_of_order"
    );
}

#[test]
fn what_was_never_declared_is_given_up_without_anybodys_consent() {
    assert_eq!(may(Stage::Filed, &Step::GiveUp), Ok(Stage::Withdrawn));
    for over in [Stage::Closed, Stage::Withdrawn] {
        let refusal = may(over, &Step::GiveUp).unwrap_err();
        assert_eq!(refusal.code, "departure.step_out_of_order");
    }
}

#[test]
fn withdrawal_needs_both_and_comes_in_time() {
    for stage in [
        Stage::Filed,
        Stage::Acknowledged,
        Stage::HandingOver,
        Stage::Settling,
    ] {
        assert_eq!(
            may(stage, &withdraw(true, true, false)),
            Ok(Stage::Withdrawn)
        );
        for (employee, company) in [(true, false), (false, true), (false, false)] {
            let refusal = may(stage, &withdraw(employee, company, false)).unwrap_err();
            assert_eq!(refusal.code, "departure.withdraw_needs_both");
        }
        let late = may(stage, &withdraw(true, true, true)).unwrap_err();
        assert_eq!(late.code, "departure.withdraw_too_late");
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Acknowledge),
        Just(Step::BeginHandover),
        Just(Step::BeginSettlement),
        prop::sample::select(GateKey::ALL.to_vec()).prop_map(|key| Step::Close {
            gates: gates(&red(key))
        }),
        Just(close()),
        any::<(bool, bool, bool)>().prop_map(|(a, b, c)| withdraw(a, b, c)),
    ]
}

proptest! {
    /// Stages only go forward, the last ones are last, and closing needs every gate.
    #[test]
    fn a_departure_never_goes_back(steps in prop::collection::vec(any_step(), 0..12)) {
        let mut stage = Stage::Filed;
        for step in &steps {
            match may(stage, step) {
                Ok(next) => {
                    // A receipt that comes late is taken down where the departure stands.
                    let stays = next == stage && *step == Step::Acknowledge;
                    prop_assert!((next > stage || stays) && !stage.is_final());
                    if let Step::Close { gates } = step {
                        prop_assert_eq!(may_close(gates), Ok(()));
                    }
                    stage = next;
                }
                Err(refusal) => {
                    let said = [&refusal.remedy, &refusal.remedy_en];
                    prop_assert!(said.iter().all(|words| !words.is_empty()), "{refusal}");
                }
            }
        }
    }
}
