//! Nobody who leaves or left is given a customer by a file, and what he has goes by his plan.

use baton::import::Action;

use super::refused;
use super::undone::papers;
use crate::departure::resign;
use crate::harness::{Company, World};

story!(
    whoever_leaves_is_given_no_customer,
    what_a_leaver_has_does_not_change_hands_by_a_file,
);

/// Number and owner of every customer.
async fn owners(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT c.number AS number, coalesce(e.name, '') AS owner FROM customer c \
                 LEFT JOIN people_employee e ON e.id = c.owner_id ORDER BY c.number";
    world.texts(query, &["number", "owner"]).await
}

async fn whoever_leaves_is_given_no_customer(world: World) {
    let company = Company::found(&world).await;
    resign(&world, &company.zhang.login).await;
    world
        .raw("UPDATE people_employee SET state = 'left' WHERE number = 'E003'")
        .await
        .expect("he leaves");
    let k = "R001,远山机电有限公司,华东,E002\nR002,近水机电有限公司,华东,E003\n\
             R003,潮白铸造有限公司,华东,E004";
    let c = format!("RK1,R003,E002,{},5000,,", world.today());
    let summary = papers(&world, [k, &c, "", ""]).await;
    let became = &summary.counts["customer"];
    assert_eq!(
        (became[&Action::Refused], became[&Action::Created]),
        (2, 1),
        "{became:?}"
    );
    let remedy = "请把负责人改为接手人后重新导入，尚未确定的先留空";
    let leaving = "负责人张三（E002）正在办理离职，不能再接收客户";
    assert_eq!(
        refused(&summary),
        [
            ([2].as_slice(), leaving, remedy),
            (&[3], "负责人李四（E003）已离职", remedy),
        ]
    );
    assert_eq!(owners(&world).await, [["R003", "王五"]]);
    // A contract that he made is his while he is here.
    let owner = "SELECT e.name AS name FROM receivable_contract t \
                 JOIN people_employee e ON e.id = t.owner_id";
    assert_eq!(world.texts(owner, &["name"]).await, [["张三"]]);
}

async fn what_a_leaver_has_does_not_change_hands_by_a_file(world: World) {
    let company = Company::found(&world).await;
    let k = |first: &str, second: &str| {
        format!("R001,远山机电有限公司,华东,{first}\nR002,近水机电有限公司,华东,{second}")
    };
    papers(&world, [&k("E002", "E004"), "", "", ""]).await;
    resign(&world, &company.zhang.login).await;
    papers(&world, [&k("E003", "E002"), "", "", ""]).await;
    assert_eq!(owners(&world).await, [["R001", "张三"], ["R002", "王五"]]);
    let number = world.texts("SELECT number FROM departure", &["number"]);
    let number = number.await.swap_remove(0).swap_remove(0);
    let notes = "SELECT note FROM import_record WHERE action = 'same' ORDER BY key";
    let held =
        format!("现负责人张三（E002）正在办理离职（{number}），请在其交接方案中移交，归属未改动");
    let taken = "负责人张三（E002）正在办理离职，不能再接收客户，归属未改动";
    assert_eq!(
        world.texts(notes, &["note"]).await,
        [[held.as_str()], [taken]]
    );
}
