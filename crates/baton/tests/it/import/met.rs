//! Customers and contacts that the books have already, by another mapping or by hand.

use baton::import::{self, Action, Summary};
use serde_json::json;
use spine::By;

use super::undo_of;
use crate::harness::{Company, World};

story!(
    a_contact_that_its_customer_has_does_not_come_twice,
    a_contact_of_a_merged_customer_is_met_with_the_one_that_stays,
    what_the_books_say_otherwise_is_named,
);

/// Takes a table of this kind in whose columns bear the names of the fields.
async fn load(world: &World, (system, kind): (&str, &str), head: &str, rows: &str) -> Summary {
    let fields = head.split(',').map(|name| format!("{name} = \"{name}\"\n"));
    let fields: String = fields.collect();
    let mapping = format!(
        "name = \"表\"\nsystem = \"{system}\"\n[source.t]\nfile = \"t.csv\"\n[[record]]\n\
         kind = \"{kind}\"\nsource = \"t\"\n[record.fields]\n{fields}"
    );
    let files = vec![("t.csv".to_owned(), format!("{head}\n{rows}\n").into_bytes())];
    let loaded = import::load(&world.house, &By::system("test"), &mapping, files).await;
    loaded.expect("the import")
}

/// What was told of rows that came in, or were there.
fn told(summary: &Summary) -> Vec<(&str, &[u64])> {
    let findings = summary.report.findings.iter();
    let noted = findings.filter(|one| one.code == "came_in_with_a_note");
    noted
        .map(|one| (one.reason.as_str(), one.rows.as_slice()))
        .collect()
}

async fn contacts(world: &World) -> Vec<Vec<String>> {
    let all = "SELECT name, title, coalesce(phone, '') AS phone FROM customer_contact";
    let mut all = world.texts(all, &["name", "title", "phone"]).await;
    all.sort();
    all
}

const CONTACTS: &str = "customer,name,title,phone,email";

async fn a_contact_that_its_customer_has_does_not_come_twice(world: World) {
    let company = Company::found(&world).await;
    let (zhang, name) = (&company.zhang.login, "永定机床有限公司");
    let new = json!({ "name": name, "number": "N001" });
    let id = world.post(zhang, "/customers", new).await.id();
    let typed = json!({ "name": "吴十", "title": "厂长", "phone": "138 0000 0001" });
    let page = format!("/customers/{id}/contacts");
    world.post(zhang, &page, typed).await.ok();
    let first = [
        "N001,吴十,厂长,+86 13800000001,",
        "N001,张红,采购,13800000002,red@a.cn",
    ]
    .join("\n");
    let first = load(&world, ("one", "contact"), CONTACTS, &first).await;
    let counts = &first.counts["contact"];
    assert_eq!((counts[&Action::Matched], counts[&Action::Created]), (1, 1));
    assert!(told(&first).is_empty(), "{:?}", told(&first));
    // Another mapping calls the customer by name.
    let again = format!("{name},吴十,,13800000001,\n{name},张红,经理,,RED@a.cn");
    let again = load(&world, ("two", "contact"), CONTACTS, &again).await;
    assert_eq!(again.counts["contact"][&Action::Matched], 2);
    let title = "该客户在系统中已有此联系人；文件中的职务未采用，以系统中的为准";
    assert_eq!(told(&again), [(title, [3].as_slice())]);
    let kind = again.report.kinds.iter().find(|of| of.kind == "contact");
    assert_eq!(kind.expect("contacts").unchanged, Some(2));
    // Of the same name, and reached otherwise or not at all.
    let others = "N001,吴十,厂长,13800000003,\nN001,张红,采购,,";
    let others = load(&world, ("three", "contact"), CONTACTS, others).await;
    assert_eq!(others.counts["contact"][&Action::Created], 2);
    assert_eq!(
        contacts(&world).await,
        [
            ["吴十", "厂长", "13800000001"],
            ["吴十", "厂长", "13800000003"],
            ["张红", "采购", ""],
            ["张红", "采购", "13800000002"],
        ]
    );
    world.done(&undo_of(others.id)).await;
    // The same ledger with another number, which may be another person's.
    let other = "N001,张红,采购,13800000009,red@a.cn";
    let other = load(&world, ("one", "contact"), CONTACTS, other).await;
    assert_eq!(other.counts["contact"][&Action::Updated], 1);
    let number = "联系人的电话或邮箱与上次不同，按文件更新，同名的另一人请在客户页添加";
    assert_eq!(told(&other), [(number, [2].as_slice())]);
    world.done(&undo_of(other.id)).await;
    world.done(&undo_of(again.id)).await;
    assert_eq!(contacts(&world).await.len(), 2, "those it met stay");
}

async fn a_contact_of_a_merged_customer_is_met_with_the_one_that_stays(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang.login;
    let mut ids = Vec::new();
    for (number, name) in [("N001", "永定机床有限公司"), ("N002", "潮白铸造厂")] {
        let new = json!({ "name": name, "number": number });
        ids.push(world.post(zhang, "/customers", new).await.id());
    }
    let typed = json!({ "name": "吴十", "title": "", "phone": "13800000001" });
    let page = format!("/customers/{}/contacts", ids[1]);
    world.post(zhang, &page, typed).await.ok();
    let merge = json!({ "into_id": ids[0], "reason": "重复录入" });
    let page = format!("/customers/{}/merge", ids[1]);
    world.post(&company.chief.login, &page, merge).await.ok();
    let rows = "N001,吴十,,13800000001,";
    let loaded = load(&world, ("one", "contact"), CONTACTS, rows).await;
    assert_eq!(loaded.counts["contact"][&Action::Matched], 1);
    assert_eq!(contacts(&world).await.len(), 1);
}

async fn what_the_books_say_otherwise_is_named(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang.login;
    for (number, name) in [("N001", "永定机床有限公司"), ("N002", "远山机电有限公司")]
    {
        let new = json!({ "number": number, "name": name, "region": "华东", "tier": "A" });
        world.post(zhang, "/customers", new).await.ok();
    }
    let head = "number,name,credit_code,region,tier,owner";
    let rows = "N001,永定机床有限公司,911100001000006048,华北,A,E003\n\
                N002,远山机电有限公司,,华东,A,E002";
    let loaded = load(&world, ("one", "customer"), head, rows).await;
    assert_eq!(loaded.counts["customer"][&Action::Matched], 2);
    let differs = "编号和名称与系统中已有的记录相同；\
                   文件中的统一社会信用代码、区域、负责人未采用，以系统中的为准";
    assert_eq!(told(&loaded), [(differs, [2].as_slice())]);
    let notes = "SELECT coalesce(note, '') AS note FROM import_record ORDER BY key";
    let same = "编号和名称与系统中已有的记录相同";
    assert_eq!(world.texts(notes, &["note"]).await, [[differs], [same]]);
    let finding = loaded.report.findings.iter();
    let finding = finding.filter(|one| one.code == "came_in_with_a_note");
    let english: Vec<&str> = finding.map(|one| one.reason_en.as_str()).collect();
    let said = "number and name are those of a record in the books; not taken from the file, as \
                the books say otherwise: credit code, region, owner";
    assert_eq!(english, [said]);
}
