//! Whom a file calls by name alone, and what is still said of references that the books answer.

use baton::import::{self, ImportView};
use serde_json::json;
use spine::By;

use super::undone::{papers, staged};
use super::{everything_is_booked, ledger, refused, take_ledger};
use crate::harness::{Company, World, hire, person};

story!(
    the_only_one_of_a_name_is_meant,
    nobody_guesses_among_several,
    what_the_books_know_is_not_warned_of,
    figures_by_owner_are_of_owners,
    what_came_in_for_somebody_is_his_in_the_report_after_a_handover,
    a_number_behind_a_name_is_a_number,
);

/// Key and note of every record of the books' imports.
async fn notes(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT key, coalesce(note, '') AS note FROM import_record ORDER BY key";
    world.texts(query, &["key", "note"]).await
}

/// The references of which the report says that nothing answers them.
fn waiting(report: &ImportView) -> Vec<&str> {
    let findings = report.findings.iter();
    let waiting = findings.filter(|one| one.code == "unresolved_ref");
    waiting.map(|one| one.value.as_str()).collect()
}

async fn the_only_one_of_a_name_is_meant(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.li, "永定机床（集团）有限公司")
        .await;
    let number = world.texts("SELECT number FROM customer", &["number"]);
    let number = number.await.swap_remove(0).swap_remove(0);
    let today = world.today();
    let k = "R001,远山机电有限公司,华东,张三";
    let c = format!(
        "RK1,远山机电有限公司,张三,{today},5000,,\n\
         RK2,永定机床(集团)有限公司,李四,{today},300,,"
    );
    let report = papers(&world, [k, &c, "", ""]).await.report;
    // By owner too: the file's 张三 is E002 of the books.
    everything_is_booked(&report);
    assert!(waiting(&report).is_empty(), "{:?}", report.findings);
    let english = "owner by name: 张三 (E002)";
    let mut told = report.findings.iter();
    assert!(
        told.any(|one| one.reason_en == english),
        "{:?}",
        report.findings
    );
    let owner = |name: &str, number: &str| format!("负责人按姓名对应到{name}（{number}）");
    let (zhang, li) = (owner("张三", "E002"), owner("李四", "E003"));
    let known = format!("客户按名称对应到永定机床(集团)有限公司（{number}）");
    assert_eq!(
        notes(&world).await,
        [
            ["R001".to_owned(), zhang.clone()],
            [
                "RK1".to_owned(),
                format!("客户按名称对应到远山机电有限公司（R001）；{zhang}")
            ],
            ["RK2".to_owned(), format!("{known}；{li}")],
        ]
    );
    let booked = "SELECT t.number AS number, c.name AS customer, e.number AS owner \
                  FROM receivable_contract t JOIN customer c ON c.id = t.customer_id \
                  JOIN people_employee e ON e.id = t.owner_id ORDER BY t.number";
    assert_eq!(
        world.texts(booked, &["number", "customer", "owner"]).await,
        [
            ["RK1", "远山机电有限公司", "E002"],
            ["RK2", "永定机床（集团）有限公司", "E003"],
        ]
    );
}

async fn nobody_guesses_among_several(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.south, company.post);
    hire(&world, person(place, "E200", "张三", true), "salesperson").await;
    let today = world.today();
    let k = "R001,远山机电有限公司,华东,张三\nR002,近水机电有限公司,华东,\n\
             R003,近水机电有限公司,华东,";
    let c = format!(
        "RK1,近水机电有限公司,,{today},10,,\nRK2,远山机电股份有限公司,,{today},10,,\n\
         RK3,远山机电有限公司,,{today},10,,"
    );
    let summary = papers(&world, [k, &c, "", ""]).await;
    let other = "找不到客户「远山机电股份有限公司」，请先导入或新建";
    assert_eq!(
        refused(&summary),
        [
            (
                [2].as_slice(),
                "有 2 个客户的名称是「近水机电有限公司」，不能确定是哪一个",
                "请在文件中改填客户编号后重新导入",
            ),
            (&[3], other, "补上所缺的记录后重新导入"),
        ]
    );
    let several = "有 2 个员工的姓名是「张三」，不能确定是哪一个（请在文件中改填工号），暂无负责人";
    let told = notes(&world).await;
    assert_eq!(told[0], ["R001", several]);
    assert_eq!(told[5], ["RK3", "客户按名称对应到远山机电有限公司（R001）"]);
    let nobody = "SELECT name FROM customer WHERE owner_id IS NOT NULL";
    assert!(world.texts(nobody, &["name"]).await.is_empty());
    assert_eq!(
        waiting(&summary.report),
        ["张三", "近水机电有限公司", "远山机电股份有限公司"]
    );
}

async fn what_the_books_know_is_not_warned_of(world: World) {
    Company::found(&world).await;
    papers(&world, ["R001,远山机电有限公司,华东,", "", "", ""]).await;
    let today = world.today();
    let c = format!("RK1,R001,E002,{today},10,,\nRK2,R001,E999,{today},10,,");
    assert_eq!(waiting(&staged(&world, ["", &c, "", ""]).await), ["E999"]);
    let written = papers(&world, ["", &c, "", ""]).await.report;
    assert_eq!(waiting(&written), ["E999"]);
    // Nor where nothing of the file is new.
    assert_eq!(waiting(&staged(&world, ["", &c, "", ""]).await), ["E999"]);
    let again = papers(&world, ["", &c, "", ""]).await.report;
    assert_eq!(waiting(&again), ["E999"]);
}

/// Whom nobody finds has no figures of his own, and a contact has no owner to count by.
async fn figures_by_owner_are_of_owners(world: World) {
    Company::found(&world).await;
    let k = "R001,远山机电有限公司,华东,王小五\nR002,潮白铸造有限公司,华东,E002";
    let report = papers(&world, [k, "", "", ""]).await.report;
    let customers = report.kinds.iter().find(|of| of.kind == "customer");
    let owners = customers.expect("customers").owners.iter();
    let figures: Vec<(&str, u64, u64)> = owners
        .map(|of| (of.owner.as_str(), of.staged, of.booked))
        .collect();
    assert_eq!(figures, [("", 1, 1), ("E002", 1, 1)]);
    let report = take_ledger(&world, &ledger()).await.report;
    let contacts = report.kinds.iter().find(|of| of.kind == "contact");
    let contacts = contacts.expect("contacts");
    assert!(contacts.booked > 0 && contacts.owners.is_empty());
}

/// Kind, owner, what was read for him, what of it is in the books, and what of that is not his.
fn figures(report: &ImportView) -> Vec<(&str, &str, u64, u64, u64)> {
    let each = report.kinds.iter();
    let each = each.flat_map(|kind| kind.owners.iter().map(|of| (kind.kind.as_str(), of)));
    let figures = each.map(|(kind, of)| (kind, of.owner.as_str(), of.staged, of.booked, of.moved));
    figures.collect()
}

async fn what_came_in_for_somebody_is_his_in_the_report_after_a_handover(world: World) {
    let company = Company::found(&world).await;
    let today = world.today();
    let k = "R001,远山机电有限公司,华东,张三\nR002,潮白铸造有限公司,华东,E002\n\
             R003,近水机电有限公司,华东,E003";
    let c = format!("RK1,R001,张三,{today},5000,,\nRK2,R003,E999,{today},300,,");
    let f = format!("RF1,R001,RK1,{today},{today},3000");
    let h = format!("RH1,R001,RF1,{today},1000");
    let batch = papers(&world, [k, &c, &f, &h]).await.id;
    let id = "SELECT id FROM customer WHERE number = 'R001'";
    let id = world.texts(id, &["id"]).await.remove(0).remove(0);
    let to = json!({ "to_id": company.li.id, "effective_on": today, "reason": "区域调整" });
    let place = format!("/customers/{id}/hand-over");
    world.post(&company.chief.login, &place, to).await.ok();
    let by = By::system("test");
    let after = import::report(&world.house, &by, batch).await;
    let after = after.expect("the report");
    let wanted = [
        ("customer", "E002", 2, 2, 1),
        ("customer", "E003", 1, 1, 0),
        ("contract", "", 1, 1, 0),
        ("contract", "E002", 1, 1, 1),
        ("invoice", "E002", 1, 1, 1),
        ("receipt", "E002", 1, 1, 1),
    ];
    assert_eq!(figures(&after), wanted);
    let contract = after.kinds.iter().find(|of| of.kind == "contract");
    let zhang = &contract.expect("contracts").owners[1];
    assert_eq!(
        (zhang.name.as_str(), zhang.booked_amount.as_deref()),
        ("张三", Some("5000.00"))
    );
    assert_eq!(zhang.moved_amount.as_deref(), Some("5000.00"));
    // The same of what the books hold of a file that is not written yet.
    let before = staged(&world, ["", &c, "", ""]).await;
    let wanted = [("contract", "", 1, 1, 0), ("contract", "E002", 1, 1, 1)];
    assert_eq!(figures(&before), wanted);
}

async fn a_number_behind_a_name_is_a_number(world: World) {
    Company::found(&world).await;
    let k = "R001,远山机电有限公司,华东,张三（E002）\nR002,潮白铸造有限公司,华东,e003\n\
             R003,近水机电有限公司,华东,王小五(E002)";
    let report = papers(&world, [k, "", "", ""]).await.report;
    let owners = "SELECT c.number AS number, coalesce(e.number, '') AS owner FROM customer c \
                  LEFT JOIN people_employee e ON e.id = c.owner_id ORDER BY c.number";
    assert_eq!(
        world.texts(owners, &["number", "owner"]).await,
        [["R001", "E002"], ["R002", "E003"], ["R003", ""]]
    );
    assert_eq!(waiting(&report), ["王小五(E002)"]);
}
