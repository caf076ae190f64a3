//! What a clerk would expect, line by line.

use access::{
    AdminDuty, FieldMask, Masking, Mode, Need, Permission, Policy, RowFilter, Scope, Target,
    Violation, decide, filter,
};

use crate::world::{
    ALL, DIRECTORY, EXPORT, HAND_OVER, LOGINS, READ, REVEAL, actor, dpt, emp, lgn, policy, role,
    spec,
};

fn mine() -> Target {
    Target {
        owner: Some(emp(1)),
        department: Some(dpt(10)),
        ..Target::default()
    }
}

fn colleagues() -> Target {
    Target {
        owner: Some(emp(2)),
        department: Some(dpt(10)),
        ..Target::default()
    }
}

fn below() -> Target {
    Target {
        owner: Some(emp(3)),
        department: Some(dpt(11)),
        ..Target::default()
    }
}

fn helped() -> Target {
    Target {
        owner: Some(emp(9)),
        collaborators: vec![emp(1)],
        department: Some(dpt(90)),
        ..Target::default()
    }
}

#[test]
fn each_scope_includes_those_before_it() {
    let stranger = Target {
        owner: Some(emp(9)),
        department: Some(dpt(90)),
        ..Target::default()
    };
    let targets = [
        mine(),
        helped(),
        colleagues(),
        below(),
        stranger,
        Target::default(),
    ];
    for (roles, sees) in [
        ("nobody", [false, false, false, false, false, false]),
        ("salesperson", [true, true, false, false, false, false]),
        ("team_lead", [true, true, true, false, false, false]),
        ("sales_manager", [true, true, true, true, false, false]),
        ("executive", [true, true, true, true, true, true]),
    ] {
        let actor = actor(&[roles], Mode::Normal);
        let seen = targets
            .clone()
            .map(|target| decide(&policy(), &actor, &Need::on(READ, target)).allowed);
        assert_eq!(seen, sees, "{roles}");
    }
}

#[test]
fn what_is_kept_from_somebody_is_not_there_for_him_whatever_he_holds() {
    let theirs = |person: u8| Need::on(HAND_OVER, mine()).kept_from(Some(emp(person)));
    for roles in ["salesperson", "team_lead", "executive"] {
        // `actor` is the employee 1.
        let himself = decide(&policy(), &actor(&[roles], Mode::Normal), &theirs(1));
        assert_eq!((himself.allowed, himself.known), (false, false), "{roles}");
    }
    let others = decide(&policy(), &actor(&["executive"], Mode::Normal), &theirs(2));
    let plain = decide(
        &policy(),
        &actor(&["executive"], Mode::Normal),
        &Need::on(HAND_OVER, mine()),
    );
    assert_eq!(others, plain);
}

#[test]
fn the_notice_period_leaves_only_what_is_ones_own() {
    let manager = actor(&["salesperson", "sales_manager"], Mode::Handover);
    for (need, allowed, sentence) in [
        (
            Need::on(READ, mine()),
            true,
            "角色「业务员」可以「查看客户」，数据范围为本人",
        ),
        (
            Need::on(READ, colleagues()),
            false,
            "角色「业务员」的「查看客户」权限目前只到本人，此项不在范围内",
        ),
        (Need::on(EXPORT, mine()), false, "交接期间不能「导出客户」"),
        (
            Need::on(HAND_OVER, mine()),
            false,
            "交接期间不能「移交客户」",
        ),
        (
            Need::on(REVEAL, mine()),
            false,
            "交接期间「显示联系方式」需要填写理由",
        ),
        (
            Need::on(REVEAL, mine()).with_reason(true),
            true,
            "角色「业务员」可以「显示联系方式」，数据范围为本人",
        ),
        (
            Need::on_everything(DIRECTORY),
            true,
            "角色「业务员」可以「查看同事」，数据范围为全部",
        ),
    ] {
        let decision = decide(&policy(), &manager, &need);
        assert_eq!(
            (decision.allowed, decision.zh().as_str()),
            (allowed, sentence)
        );
        assert!(!decision.en().is_empty());
    }
}

#[test]
fn the_notice_period_is_no_reason_where_no_role_ever_granted_it() {
    let executive = actor(&["executive"], Mode::Handover);
    let auditor = actor(&["salesperson", "auditor"], Mode::Handover);
    for (who, need, sentence) in [
        (
            &executive,
            Need::on(EXPORT, mine()),
            "您的角色都没有「导出客户」的权限",
        ),
        (
            &executive,
            Need::on(REVEAL, mine()),
            "您的角色都没有「显示联系方式」的权限",
        ),
        (
            &auditor,
            Need::on(EXPORT, mine()),
            "角色「审计」禁止「导出客户」",
        ),
    ] {
        assert_eq!(decide(&policy(), who, &need).zh(), sentence);
    }
}

#[test]
fn only_what_one_may_read_is_refused_by_name() {
    let seller = actor(&["salesperson"], Mode::Normal);
    let lead = actor(&["team_lead"], Mode::Normal);
    let leaver = actor(&["salesperson"], Mode::Handover);
    let gone = actor(&["executive"], Mode::Suspended);
    for (who, need, known) in [
        (&seller, Need::on(HAND_OVER, colleagues()), false),
        (&lead, Need::on(HAND_OVER, colleagues()), true),
        (&leaver, Need::on(EXPORT, mine()), true),
        (&lead, Need::on_each(EXPORT, vec![mine(), below()]), false),
        (&seller, Need::on_everything(EXPORT), true),
        (&seller, Need::at_all(LOGINS), true),
        (&gone, Need::on(READ, mine()), false),
    ] {
        let decision = decide(&policy(), who, &need);
        assert_eq!(
            (decision.allowed, decision.known),
            (false, known),
            "{}",
            decision.en()
        );
    }
}

#[test]
fn one_item_out_of_reach_refuses_the_whole() {
    let seller = actor(&["salesperson"], Mode::Normal);
    let both = decide(
        &policy(),
        &seller,
        &Need::on_each(READ, vec![mine(), colleagues()]),
    );
    let own = decide(
        &policy(),
        &seller,
        &Need::on_each(READ, vec![mine(), helped()]),
    );
    assert_eq!((both.allowed, own.allowed), (false, true));
}

#[test]
fn what_forbids_wins() {
    let both = actor(&["salesperson", "auditor"], Mode::Normal);
    let decision = decide(&policy(), &both, &Need::on(EXPORT, mine()));
    assert_eq!(decision.zh(), "角色「审计」禁止「导出客户」");
    assert_eq!(filter(&policy(), &both, EXPORT), RowFilter::Nothing);
}

#[test]
fn the_list_is_closed() {
    let stray = role(
        "stray",
        "游离",
        &[(Permission("customer.delete"), Scope::All)],
    );
    let refusal = Policy::new(ALL.map(spec), [stray]).unwrap_err();
    assert_eq!(refusal.code, "access.unknown_permission");

    let boss = actor(&["executive"], Mode::Normal);
    let unlisted = Need::at_all(Permission("customer.delete"));
    assert!(!decide(&policy(), &boss, &unlisted).allowed);
}

#[test]
fn a_login_without_a_person_owns_nothing() {
    let mut machine = actor(&["salesperson", "sales_manager"], Mode::Normal);
    (machine.employee, machine.department) = (None, None);
    machine.departments_below.clear();
    assert_eq!(filter(&policy(), &machine, READ), RowFilter::Nothing);
}

#[test]
fn sensitive_fields_are_masked_unless_shown() {
    let seller = actor(&["salesperson"], Mode::Normal);
    let mask = FieldMask::of(&policy(), &seller, REVEAL, Masking::Phone);
    let own = mask.show(&mine(), "13812341234");
    assert_eq!((own.text.as_str(), own.masked), ("13812341234", false));
    let others = mask.show(&colleagues(), "13812341234");
    assert_eq!((others.text.as_str(), others.masked), ("138****1234", true));
    assert!(!mask.show(&colleagues(), "").masked);

    let leaver = actor(&["salesperson"], Mode::Handover);
    let mask = FieldMask::of(&policy(), &leaver, REVEAL, Masking::Hidden);
    assert_eq!(mask.show(&mine(), "8000.00").text, "***");
}

#[test]
fn three_administrators_are_three_people_without_business() {
    let held = |n, roles: &[&str]| (lgn(n), roles.iter().map(|r| (*r).to_owned()).collect());
    let fine = [
        held(1, &["system_admin"]),
        held(2, &["auditor"]),
        held(3, &["executive"]),
    ];
    assert_eq!(policy().violations(&fine), []);

    let wrong = [
        held(1, &["system_admin", "auditor"]),
        held(2, &["auditor", "salesperson"]),
    ];
    assert_eq!(
        policy().violations(&wrong),
        [
            Violation::TwoDuties {
                login: lgn(1),
                duties: vec![AdminDuty::System, AdminDuty::Audit],
            },
            Violation::AdministratorInBusiness {
                login: lgn(2),
                duty: AdminDuty::Audit,
                role: "salesperson".to_owned(),
            },
        ]
    );

    let mut security = role(
        "security",
        "安全管理员",
        &[(READ, Scope::All), (LOGINS, Scope::All)],
    );
    security.duty = Some(AdminDuty::Security);
    let mixed = Policy::new(ALL.map(spec), [security]).unwrap();
    let violation = Violation::RoleMixesDuties {
        role: "security".to_owned(),
        permissions: vec![READ],
    };
    assert_eq!(mixed.violations(&[]), [violation]);
}

#[test]
fn a_decision_travels_as_json() {
    let seller = actor(&["salesperson"], Mode::Normal);
    let decision = decide(&policy(), &seller, &Need::on(READ, mine()));
    let json = serde_json::to_value(&decision).unwrap();
    assert_eq!(json["ground"]["code"], "granted");
    assert_eq!(json["ground"]["scope"], "own");
    assert_eq!(json["permission"]["key"], "customer.read");
}
