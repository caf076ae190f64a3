//! A file gives an owner to what has none, and takes nothing from anybody.

use baton::import::{self, Action, ImportView, Summary};
use serde_json::json;
use spine::By;

use super::undo_of;
use super::undone::{papers, staged};
use crate::harness::{Company, World, hire, person};

story!(
    a_file_does_not_take_a_customer_from_its_owner,
    whoever_was_handed_a_customer_keeps_it_when_the_old_file_comes,
    an_owner_who_is_known_at_last_gets_what_waited_for_him,
    what_was_released_is_not_given_back_by_the_same_file,
    an_order_and_an_opportunity_get_their_owner_at_last,
);

/// Number and owner of every customer and contract.
async fn owners(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT c.number AS number, coalesce(e.number, '') AS owner FROM customer c \
                 LEFT JOIN people_employee e ON e.id = c.owner_id UNION ALL \
                 SELECT t.number, coalesce(e.number, '') FROM receivable_contract t \
                 LEFT JOIN people_employee e ON e.id = t.owner_id";
    let mut all = world.texts(query, &["number", "owner"]).await;
    all.sort();
    all
}

async fn assignments(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT CAST(a.seq AS TEXT) AS seq, coalesce(e.number, '') AS owner, \
                 a.reason AS reason FROM customer_assignment a \
                 LEFT JOIN people_employee e ON e.id = a.owner_id ORDER BY a.customer_id, a.seq";
    world.texts(query, &["seq", "owner", "reason"]).await
}

/// Reason, remedy and rows of every finding about an owner who stays.
fn stays(report: &ImportView) -> Vec<(&str, &str, &[u64])> {
    let findings = report.findings.iter();
    let about = findings.filter(|one| one.reason.contains("归属未改动"));
    about
        .map(|one| {
            let (reason, remedy) = (one.reason.as_str(), one.remedy.as_str());
            (reason, remedy, one.rows.as_slice())
        })
        .collect()
}

fn held(kind: &str, file: &str, books: &str) -> String {
    format!("{kind}的负责人在文件中为{file}，账上为{books}，归属未改动，请通过交接办理")
}

const REMEDY: &str = "换负责人请在客户页「交接给他人」，或制定交接方案；文件写错的，改好后重新上传";

/// The first row of a file.
const ROW: &[u64] = &[2];

/// Whose each customer is by the file, how many of it the books have, and how many are not his.
fn customers_of(report: &ImportView) -> Vec<(&str, u64, u64)> {
    let customers = report.kinds.iter().find(|of| of.kind == "customer");
    let owners = customers.expect("customers").owners.iter();
    let each = owners.map(|of| (of.owner.as_str(), of.booked, of.moved));
    each.collect()
}

/// New, changed and found as they are.
fn became(report: &ImportView, kind: &str) -> [Option<u64>; 3] {
    let found = report.kinds.iter().find(|of| of.kind == kind);
    let kind = found.expect("the kind");
    [kind.created, kind.updated, kind.unchanged]
}

async fn responsible(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT i.number AS number, e.number AS who FROM receivable_invoice i \
                 JOIN people_employee e ON e.id = i.responsible_id";
    world.texts(query, &["number", "who"]).await
}

const C: &str = "RK1,R001,E002,2026-03-02,5000,P9,800";
const F: &str = "RF1,R001,RK1,2026-04-01,2026-05-01,3000";

async fn a_file_does_not_take_a_customer_from_its_owner(world: World) {
    Company::found(&world).await;
    papers(&world, ["R001,远山机电有限公司,华东,E002", C, F, ""]).await;
    let before = [["R001", "E002"], ["RK1", "E002"]];
    assert_eq!(owners(&world).await, before);
    let customer = held("客户", "李四（E003）", "张三（E002）");
    let contract = held("合同", "李四（E003）", "张三（E002）");
    let both = [
        (contract.as_str(), REMEDY, ROW),
        (customer.as_str(), REMEDY, ROW),
    ];
    // Nothing but the owner is another one: nothing would change, and the report says so.
    let (k, c) = ("R001,远山机电有限公司,华东,E003", C.replace("E002", "E003"));
    let told = staged(&world, [k, &c, "", ""]).await;
    assert_eq!(stays(&told), both);
    let mut findings = told.findings.iter();
    let english = findings.find(|one| one.reason == customer);
    let english = &english.expect("the finding").reason_en;
    assert!(english.contains("of the customer is 李四"), "{english}");
    for kind in ["customer", "contract"] {
        assert_eq!(became(&told, kind), [Some(0), Some(0), Some(1)], "{kind}");
    }
    assert!(told.idle, "there is nothing to write");
    // Whom the file names, what the books have for him, and that it is not his.
    assert_eq!(customers_of(&told), [("E003", 1, 1)]);
    let written = papers(&world, [k, &c, "", ""]).await;
    assert_eq!(stays(&written.report), both);
    assert_eq!(customers_of(&written.report), [("E003", 1, 1)]);
    assert_eq!(owners(&world).await, before);
    // What else the row says comes in, and the owner stays.
    let (k, c) = ("R001,远山机电有限公司,西南,E003", c.replace("5000", "6000"));
    let told = staged(&world, [k, &c, "", ""]).await;
    assert_eq!(stays(&told), both);
    let written = papers(&world, [k, &c, "", ""]).await;
    assert_eq!(stays(&written.report), both);
    for kind in ["customer", "contract"] {
        assert_eq!(written.counts[kind][&Action::Updated], 1, "{kind}");
    }
    let region = "SELECT c.region AS region, CAST(t.amount AS TEXT) AS amount FROM customer c \
                  JOIN receivable_contract t ON t.customer_id = c.id";
    let now = world.texts(region, &["region", "amount"]).await;
    assert_eq!(now, [["西南", "600000"]]);
    assert_eq!(owners(&world).await, before);
    assert_eq!(responsible(&world).await, [["RF1", "E002"]]);
    assert_eq!(assignments(&world).await, [["1", "E002", "imported"]]);
    // Nor does an empty cell take him away, of either.
    let (k, c) = ("R001,远山机电有限公司,西南,", c.replace("E003", ""));
    let emptied = papers(&world, [k, &c, "", ""]).await;
    let reason = "文件没有写负责人，归属未改动";
    let told = stays(&emptied.report);
    assert!(
        told.iter().all(|one| one.0 == reason) && !told.is_empty(),
        "{told:?}"
    );
    assert_eq!(owners(&world).await, before);
}

async fn whoever_was_handed_a_customer_keeps_it_when_the_old_file_comes(world: World) {
    let company = Company::found(&world).await;
    let k = "R001,远山机电有限公司,华东,E002";
    papers(&world, [k, C, F, ""]).await;
    let id = "SELECT id FROM customer WHERE number = 'R001'";
    let id = world.texts(id, &["id"]).await.remove(0).remove(0);
    let to = json!({ "to_id": company.li.id, "effective_on": world.today(),
        "reason": "区域调整" });
    let place = format!("/customers/{id}/hand-over");
    world.post(&company.chief.login, &place, to).await.ok();
    let handed = [["R001", "E003"], ["RK1", "E003"]];
    assert_eq!(owners(&world).await, handed);
    // Finance goes on with a ledger that knows nothing of it, and with the first one again.
    let moved = staged(&world, [&k.replace("华东", "华南"), "", "", ""]).await;
    let reason = held("客户", "张三（E002）", "李四（E003）");
    assert_eq!(stays(&moved), [(reason.as_str(), REMEDY, ROW)]);
    for region in ["华南", "华东"] {
        let k = k.replace("华东", region);
        papers(&world, [&k, C, F, ""]).await;
        assert_eq!(owners(&world).await, handed, "{region}");
        assert_eq!(responsible(&world).await, [["RF1", "E003"]]);
    }
}

/// Somebody of this number who sells.
async fn comes(world: &World, company: &Company, number: &str) {
    let place = (company.entity, company.south, company.post);
    hire(world, person(place, number, "新来", true), "salesperson").await;
}

/// The references of which the report says that nothing answers them.
fn waiting(report: &ImportView) -> Vec<&str> {
    let findings = report.findings.iter();
    let waiting = findings.filter(|one| one.code == "unresolved_ref");
    waiting.map(|one| one.value.as_str()).collect()
}

fn updated(summary: &Summary, kind: &str) -> Option<u64> {
    summary.counts[kind].get(&Action::Updated).copied()
}

async fn an_owner_who_is_known_at_last_gets_what_waited_for_him(world: World) {
    let company = Company::found(&world).await;
    let (k, c) = ("R001,远山机电有限公司,华东,S999", C.replace("E002", "S999"));
    papers(&world, [k, &c, "", ""]).await;
    let nobody = [["R001", ""], ["RK1", ""]];
    assert_eq!(owners(&world).await, nobody);
    // Until then the report goes on saying that he is lacking.
    let again = papers(&world, [k, &c, "", ""]).await;
    assert_eq!(updated(&again, "customer"), None);
    // Of the customer and of the contract.
    assert_eq!(waiting(&again.report), ["S999", "S999"]);
    comes(&world, &company, "S999").await;
    world.pass_days(1);
    let told = staged(&world, [k, &c, "", ""]).await;
    assert!(!told.idle && waiting(&told).is_empty());
    for kind in ["customer", "contract"] {
        assert_eq!(became(&told, kind), [Some(0), Some(1), Some(0)], "{kind}");
    }
    let given = papers(&world, [k, &c, F, ""]).await;
    assert_eq!(updated(&given, "customer"), Some(1));
    let his = [["R001", "S999"], ["RK1", "S999"]];
    assert_eq!(owners(&world).await, his);
    let history = [["1", "", "imported"], ["2", "S999", "imported"]];
    assert_eq!(assignments(&world).await, history);
    // What comes in with it knows him too, and he sells from now on.
    assert_eq!(responsible(&world).await, [["RF1", "S999"]]);
    let since = "SELECT owned_since FROM customer";
    let today = world.today().to_string();
    assert_eq!(world.texts(since, &["owned_since"]).await, [[today]]);
    let id = "SELECT id FROM customer WHERE number = 'R001'";
    let id = world.texts(id, &["id"]).await.remove(0).remove(0);
    let history = format!("/evidence?subject=customer/{id}");
    let entries = world.get(&company.finance.login, &history).await.ok();
    let entries = entries["items"].as_array().map(Vec::len);
    assert_eq!(entries, Some(2), "of the batches that made and gave it");
    let once = papers(&world, [k, &c, F, ""]).await;
    assert_eq!(updated(&once, "customer"), None);
    world.done(&undo_of(once.id)).await;
    world.done(&undo_of(given.id)).await;
    assert_eq!(owners(&world).await, nobody);
}

async fn what_was_released_is_not_given_back_by_the_same_file(world: World) {
    Company::found(&world).await;
    let k = "R001,远山机电有限公司,华东,E002";
    papers(&world, [k, "", "", ""]).await;
    let id = world.texts("SELECT id FROM customer", &["id"]);
    let id = id.await.remove(0).remove(0);
    let released = json!({ "owner_id": null, "reason": "released",
        "effective_on": world.today() });
    let boss = world.login(None, &["executive"]).await;
    let place = format!("/customers/{id}/assign");
    world.post(&boss, &place, released).await.ok();
    for region in ["华东", "华南"] {
        let k = k.replace("华东", region);
        papers(&world, [&k, "", "", ""]).await;
        assert_eq!(owners(&world).await, [["R001", ""]], "{region}");
    }
    // Whom a file names anew gets it out of the pool.
    papers(&world, ["R001,远山机电有限公司,华南,E003", "", "", ""]).await;
    assert_eq!(owners(&world).await, [["R001", "E003"]]);
}

const ORDERS: &str = "name = \"订单与商机\"\nsystem = \"papers\"\n\
    [source.o]\nfile = \"o.csv\"\n[source.p]\nfile = \"p.csv\"\n\
    [[record]]\nkind = \"opportunity\"\nsource = \"p\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nowner = \"owner\"\nstage = \"stage\"\n\
    [[record]]\nkind = \"order\"\nsource = \"o\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nowner = \"owner\"\nordered_on = \"day\"\namount = \"amount\"\n";

async fn an_order_and_an_opportunity_get_their_owner_at_last(world: World) {
    let company = Company::found(&world).await;
    papers(&world, ["R001,远山机电有限公司,华东,E002", "", "", ""]).await;
    let load = async |owner: &str| {
        let orders = format!("no,customer,owner,day,amount\nD1,R001,{owner},2026-03-02,90\n");
        let chances = format!("no,customer,owner,stage\nP1,R001,{owner},lead\n");
        let files = [("o.csv", orders), ("p.csv", chances)];
        let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
        let by = By::system("test");
        let loaded = import::load(&world.house, &by, ORDERS, files.to_vec()).await;
        loaded.expect("the import")
    };
    let owners = async || {
        let query = "SELECT coalesce(o.owner_id, '') AS o, coalesce(p.owner_id, '') AS p \
                     FROM receivable_order o CROSS JOIN customer_opportunity p";
        world.texts(query, &["o", "p"]).await
    };
    load("S999").await;
    assert_eq!(owners().await, [["", ""]]);
    comes(&world, &company, "S999").await;
    let given = load("S999").await;
    for kind in ["order", "opportunity"] {
        assert_eq!(updated(&given, kind), Some(1), "{kind}");
    }
    let his = owners().await;
    assert!(!his[0][0].is_empty() && his[0][0] == his[0][1], "{his:?}");
    // Nobody else's file takes them.
    let other = load("E003").await;
    assert_eq!(stays(&other.report).len(), 2);
    assert_eq!(owners().await, his);
}
