//! A table whose columns are called as usual needs no mapping.

use serde_json::json;

use super::customer;
use crate::harness::{Company, World};

story!(
    a_table_comes_in_by_its_column_names,
    a_mapping_says_what_it_asks_for,
    what_a_mapping_leaves_out_is_no_mistake,
);

const TABLE: &str = "客户编号,客户名称,所属行业,负责人工号,联系人,联系电话,备注\n\
    ZK1,永定机床有限公司,制造业,E002,王芳,13800138001,老客户\n";

async fn a_table_comes_in_by_its_column_names(world: World) {
    let company = Company::found(&world).await;
    let (finance, zhang) = (&company.finance.login, &company.zhang.login);
    let file = ("file", "我的客户.csv", TABLE.as_bytes());
    let denied = world.upload(zhang, "/import-draft", &[file]).await;
    denied.problem(403);
    let nothing = [("encoding", "", b"auto".as_slice())];
    let none = world.upload(finance, "/import-draft", &nothing).await;
    assert_eq!(none.problem(422), "import.files");

    let strange = ("file", "别的.csv", "颜色,重量\n红,3\n".as_bytes());
    let drawn = world
        .upload(finance, "/import-draft", &[file, strange])
        .await
        .ok();
    let (mine, other) = (&drawn["files"][0], &drawn["files"][1]);
    assert_eq!(
        (&mine["kind"], &mine["header_row"]),
        (&json!("customer"), &json!(1))
    );
    let columns = mine["columns"].as_array().expect("columns");
    assert_eq!(
        columns[2],
        json!({ "column": "所属行业", "field": "行业", "field_en": "industry" })
    );
    assert!(columns[6]["field"].is_null(), "kept as it stands");
    assert!(other["kind"].is_null() && other["problem"].is_null());

    let text = drawn["text"].as_str().expect("a mapping").to_owned();
    let parts = [("mapping_text", "", text.as_bytes()), file];
    let id = world.upload(finance, "/imports", &parts).await.id();
    let path = format!("/imports/{id}");
    let report = world.get(finance, &path).await.ok();
    assert_eq!(report["batch"]["left_out"], 0, "{report}");
    world
        .post(finance, &format!("{path}/commit"), json!({}))
        .await
        .ok();
    let booked = customer(&world, "ZK1").await;
    assert_eq!(booked[1], "永定机床有限公司");
    assert_eq!(booked[3], "张三");
    let contact = "SELECT name, phone FROM customer_contact";
    let contact = world.texts(contact, &["name", "phone"]).await;
    assert_eq!(contact, [["王芳", "13800138001"]]);
}

async fn a_mapping_says_what_it_asks_for(world: World) {
    let finance = &Company::found(&world).await.finance.login;
    let list = world.get(finance, "/import-mappings").await.ok();
    let items = list["items"].as_array().expect("mappings");
    let ledger = items.iter().find(|item| item["key"] == "ledger");
    let asks = &ledger.expect("the ledger")["asks"][0];
    assert_eq!(
        (&asks["file"], &asks["header_row"]),
        (&json!("客户台账*"), &json!(2))
    );
    let columns = asks["columns"].to_string();
    for name in ["客户编号", "合同金额(万元)", "联系电话"] {
        assert!(columns.contains(name), "{name}: {columns}");
    }
    let templates = list["templates"].as_array().expect("templates");
    let kinds: Vec<_> = templates.iter().map(|of| of["kind"].as_str()).collect();
    let wanted = ["employee", "customer", "contract", "invoice", "receipt"];
    assert_eq!(kinds, wanted.map(Some));
    assert!(
        templates[1]["csv"]
            .as_str()
            .is_some_and(|csv| csv.contains("客户名称"))
    );
}

async fn what_a_mapping_leaves_out_is_no_mistake(world: World) {
    let finance = &Company::found(&world).await.finance.login;
    let file = |name| ("file", name, b"a\n1\n".as_slice());
    let parts = [
        ("mapping", "", b"northwind".as_slice()),
        file("Region.csv"),
        file("Strange.csv"),
    ];
    let shown = world.upload(finance, "/import-preview", &parts).await.ok();
    let problem = |at: usize| &shown["items"][at]["problem"];
    assert_eq!(problem(0)["code"], "file_ignored");
    assert_eq!(problem(1)["code"], "file_not_mapped");
    let reason = problem(1)["reason"].to_string();
    assert!(reason.contains("Orders.csv"), "{reason}");
}
