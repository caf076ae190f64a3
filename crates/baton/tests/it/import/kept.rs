//! Columns that no field takes stand on the pages of the records that they came with.

use baton::import;
use serde_json::{Value as Json, json};
use spine::By;

use crate::harness::{Company, World};

story!(
    what_a_file_said_beside_stands_with_the_record,
    what_a_file_said_of_a_person_is_for_him_and_for_the_files_of_people,
);

const FILES: &str = "name = \"台账\"\nsystem = \"kept\"\n[source.k]\nfile = \"k.csv\"\n\
    [source.c]\nfile = \"c.csv\"\n[source.f]\nfile = \"f.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"k\"\n[record.fields]\n\
    number = \"no\"\nname = \"name\"\nowner = \"owner\"\nfounded = \"since\"\n\
    [[record]]\nkind = \"contract\"\nsource = \"c\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nsigned_on = \"day\"\namount = \"amount\"\n\
    [[record]]\nkind = \"invoice\"\nsource = \"f\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nissued_on = \"day\"\namount = \"amount\"\n";

async fn load(world: &World, mapping: &str, files: &[(&str, String)]) {
    let files = files.iter();
    let files = files.map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes()));
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, mapping, files.collect()).await;
    loaded.expect("the import");
}

fn column(name: &str, name_en: &str, value: &str) -> Json {
    json!({ "name": name, "name_en": name_en, "value": value })
}

async fn what_a_file_said_beside_stands_with_the_record(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li) = (&company.zhang.login, &company.li.login);
    let today = world.today();
    let k = "no,name,owner,since,备注,联系电话\nR1,远山机电有限公司,E002,1996,老客户,13800138001\n\
             R2,近水机电有限公司,E002,,,\n";
    let c = format!("no,customer,day,amount,付款方式\nC1,R1,{today},500,月结\n");
    let f = format!("no,customer,day,amount,开票人\nF1,R1,{today},10,孙会计\n");
    let files = [("k.csv", k.to_owned()), ("c.csv", c), ("f.csv", f)];
    load(&world, FILES, &files).await;
    let ids = world
        .texts("SELECT id FROM customer ORDER BY number", &["id"])
        .await;
    let path = |n: usize| format!("/customers/{}/kept", ids[n][0]);
    let told = world.get(zhang, &path(0)).await.ok();
    let records = told.as_array().expect("a list");
    let names: Vec<_> = records
        .iter()
        .map(|one| (one["kind_zh"].as_str(), one["called"].as_str()))
        .collect();
    assert_eq!(
        names,
        [
            (Some("客户"), Some("R1")),
            (Some("合同"), Some("C1")),
            (Some("发票"), Some("F1")),
        ]
    );
    let columns = records[0]["columns"].as_array().expect("columns");
    for wanted in [
        column("成立年份", "founded", "1996"),
        column("备注", "备注", "老客户"),
        column("联系电话", "联系电话", "138****8001"),
    ] {
        assert!(columns.contains(&wanted), "{wanted}: {columns:?}");
    }
    let terms = json!([column("付款方式", "付款方式", "月结")]);
    assert_eq!(records[1]["columns"], terms);
    // Nothing was kept with the other one, and a colleague of another customer sees neither.
    assert_eq!(world.get(zhang, &path(1)).await.ok(), json!([]));
    world.get(li, &path(0)).await.problem(404);

    let invoice = world.texts("SELECT id FROM receivable_invoice", &["id"]);
    let invoice = format!("/invoices/{}", invoice.await[0][0]);
    let page = world.get(&company.finance.login, &invoice).await.ok();
    assert_eq!(page["kept"], json!([column("开票人", "开票人", "孙会计")]));
}

const STAFF: &str = "name = \"花名册\"\nsystem = \"kept\"\n[source.s]\nfile = \"s.csv\"\n\
    [[record]]\nkind = \"employee\"\nsource = \"s\"\n[record.fields]\nnumber = \"no\"\n\
    name = \"name\"\n";

async fn what_a_file_said_of_a_person_is_for_him_and_for_the_files_of_people(world: World) {
    let company = Company::found(&world).await;
    let text = "no,name,岗位津贴\nX1,赵新,800\n".to_owned();
    load(&world, STAFF, &[("s.csv", text)]).await;
    let id = "SELECT id FROM people_employee WHERE number = 'X1'";
    let id = world.texts(id, &["id"]).await[0][0].clone();
    let own = id.parse().expect("an id");
    let zhao = world.login(Some(own), &["salesperson"]).await;
    let path = format!("/employees/{id}");
    let told = json!([column("岗位津贴", "岗位津贴", "800")]);
    for (login, kept) in [
        (&company.hr.login, &told),
        (&zhao, &told),
        (&company.li.login, &json!([])),
    ] {
        let page = world.get(login, &path).await.ok();
        assert_eq!(&page["kept"], kept);
    }
}
