//! A later file that has fewer columns says nothing of what it lacks.

use ::customer::AssignmentReason;
use baton::customer::acts::assign::Assign;
use baton::import::{self, Action, Summary};
use serde_json::json;
use spine::By;

use super::{refused, undo_of};
use crate::harness::{Company, World, money};

story!(
    a_column_that_a_later_file_lacks_takes_nothing_away,
    an_empty_cell_takes_away_and_fewer_columns_are_no_news,
    what_a_column_says_again_is_no_news,
    a_file_without_amounts_sets_none_to_zero,
    a_form_learns_that_an_import_wrote,
    what_the_books_have_keeps_what_a_first_file_says_beside,
);

/// Kind, and what stands under `[record.fields]`, all of one file.
fn mapping(kind: &str, fields: &[&str]) -> String {
    let fields = fields.iter().map(|name| format!("{name} = \"{name}\"\n"));
    let fields: String = fields.collect();
    format!(
        "name = \"表\"\nsystem = \"lack\"\n[source.t]\nfile = \"t.csv\"\n[[record]]\n\
         kind = \"{kind}\"\nsource = \"t\"\n[record.fields]\n{fields}"
    )
}

/// Takes a table in whose columns bear the names of the fields; those behind `|` are kept beside.
async fn load(world: &World, kind: &str, head: &str, rows: &str) -> Summary {
    let (fields, beside) = head.split_once('|').unwrap_or((head, ""));
    let names: Vec<&str> = fields.split(',').collect();
    let head = [fields, beside].join(if beside.is_empty() { "" } else { "," });
    let files = vec![("t.csv".to_owned(), format!("{head}\n{rows}\n").into_bytes())];
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, &mapping(kind, &names), files).await;
    loaded.expect("the import")
}

async fn person(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT name, coalesce(phone, '') AS phone, coalesce(email, '') AS email, \
                 coalesce(citizen_id, '') AS citizen_id, extra FROM people_employee \
                 WHERE number = 'T1'";
    world
        .texts(query, &["name", "phone", "email", "citizen_id", "extra"])
        .await
}

async fn a_column_that_a_later_file_lacks_takes_nothing_away(world: World) {
    let id = "11010519491231002X";
    let full = format!("T1,赵新,13800138001,zhao@example.cn,{id},800,青年");
    let head = "number,name,phone,email,citizen_id|津贴,备注";
    load(&world, "employee", head, &full).await;
    let before = person(&world).await;
    let (extra, told) = (&before[0][4], r#"{"备注":"青年","津贴":"800"}"#);
    assert_eq!((before[0][3].as_str(), extra.as_str()), (id, told));
    let fewer = load(&world, "employee", "number,name|津贴", "T1,赵欣,900").await;
    assert_eq!(fewer.counts["employee"][&Action::Updated], 1);
    let told = r#"{"备注":"青年","津贴":"900"}"#;
    let wanted = ["赵欣", "13800138001", "zhao@example.cn", id, told];
    assert_eq!(person(&world).await, [wanted]);
    // A third file need not have what the second one lacked either.
    load(&world, "employee", "number,name|津贴", "T1,赵欣,950").await;
    let told = r#"{"备注":"青年","津贴":"950"}"#;
    assert_eq!(person(&world).await[0][4], told);

    let head = "number,name,credit_code,industry,address,phone|备注";
    let full = "FL1,远山机电有限公司,91999999MA9K1138XE,机电,示例路1号,02162345678,老客户";
    load(&world, "customer", head, full).await;
    let later = load(
        &world,
        "customer",
        "number,name,region",
        "FL1,远山机电有限公司,华东",
    );
    later.await;
    let customer = "SELECT credit_code, industry, address, region, extra FROM customer";
    let columns = ["credit_code", "industry", "address", "region", "extra"];
    let kept = world.texts(customer, &columns).await.remove(0);
    let first = ["91999999MA9K1138XE", "机电", "示例路1号", "华东"];
    assert_eq!(kept[..4], first);
    assert!(
        kept[4].contains("02162345678") && kept[4].contains("老客户"),
        "{}",
        kept[4]
    );

    let full = "FL1,王五,经理,13800138002,wang@example.cn";
    load(&world, "contact", "customer,name,title,phone,email", full).await;
    load(&world, "contact", "customer,name,title", "FL1,王五,总监").await;
    let contact = "SELECT title, phone, email FROM customer_contact";
    assert_eq!(
        world.texts(contact, &["title", "phone", "email"]).await,
        [["总监", "13800138002", "wang@example.cn"]]
    );
}

async fn an_empty_cell_takes_away_and_fewer_columns_are_no_news(world: World) {
    let head = "number,name,phone|备注";
    load(&world, "employee", head, "T1,赵新,13800138001,青年").await;
    let fewer = load(&world, "employee", "number,name", "T1,赵新").await;
    assert_eq!(fewer.counts["employee"][&Action::Same], 1);
    let again = load(&world, "employee", head, "T1,赵新,13800138001,青年").await;
    assert_eq!(again.counts["employee"][&Action::Same], 1);
    let empty = load(&world, "employee", head, "T1,赵新,,").await;
    assert_eq!(empty.counts["employee"][&Action::Updated], 1);
    assert_eq!(person(&world).await, [["赵新", "", "", "", "{}"]]);
    world.done(&undo_of(empty.id)).await;
    let back = r#"{"备注":"青年"}"#;
    assert_eq!(
        person(&world).await,
        [["赵新", "13800138001", "", "", back]]
    );
}

/// What was corrected in the house stays, also where a file between lacked the column.
async fn what_a_column_says_again_is_no_news(world: World) {
    let head = "number,name,phone,email|津贴,备注";
    let first = "T1,赵新,13800138001,zhao@example.cn,800,青年";
    load(&world, "employee", head, first).await;
    let corrected = "UPDATE people_employee SET phone = '13900139009'";
    world.raw(corrected).await.expect("a correction");
    load(&world, "employee", "number,name|津贴", "T1,赵新,900").await;
    load(&world, "employee", "number,name|津贴", "T1,赵新,950").await;
    let whole = "T1,赵新,13800138001,xin@example.cn,950,青年";
    load(&world, "employee", head, whole).await;
    let extra = r#"{"备注":"青年","津贴":"950"}"#;
    let wanted = ["赵新", "13900139009", "xin@example.cn", "", extra];
    assert_eq!(person(&world).await, [wanted]);

    // An empty cell said something: what comes back after it is news.
    let emptied = load(&world, "employee", "number,name,phone", "T1,赵新,").await;
    assert_eq!(emptied.counts["employee"][&Action::Updated], 1);
    assert_eq!(person(&world).await[0][1], "");
    load(&world, "employee", "number,name", "T1,赵欣").await;
    load(
        &world,
        "employee",
        "number,name,phone",
        "T1,赵欣,13800138001",
    )
    .await;
    assert_eq!(person(&world).await[0][1], "13800138001");
    let again = load(&world, "employee", "number,name|备注", "T1,赵欣,青年").await;
    assert_eq!(again.counts["employee"][&Action::Same], 1);

    // Nor does the owner whom the first file named take back what was handed on since.
    let people = "E1,陈一帆\nE2,林小满";
    load(&world, "employee", "number,name", people).await;
    let head = "number,name,owner,region";
    let row = "FL1,远山机电有限公司,E1,华东";
    let other = "FL2,近水铸造有限公司,E2,华东";
    load(&world, "customer", head, &format!("{row}\n{other}")).await;
    let ids = "SELECT c.id AS id, e.id AS heir FROM customer c, people_employee e \
               WHERE c.number = 'FL1' AND e.number = 'E2'";
    let ids = world.texts(ids, &["id", "heir"]);
    let ids = ids.await.remove(0);
    world.pass_days(1);
    let handed = Assign {
        customer: ids[0].parse().expect("an id"),
        from: None,
        owner: Some(ids[1].parse().expect("an id")),
        effective_on: world.today(),
        reason: AssignmentReason::Corrected,
        plan: None,
        recorded_by: "system".to_owned(),
    };
    world.done(&handed).await;
    let fewer = "FL1,远山机电有限公司,华南";
    load(&world, "customer", "number,name,region", fewer).await;
    load(&world, "customer", head, &row.replace("华东", "华北")).await;
    let owner = "SELECT c.region AS region, e.number AS owner FROM customer c \
                 JOIN people_employee e ON e.id = c.owner_id WHERE c.number = 'FL1'";
    let columns = ["region", "owner"];
    assert_eq!(world.texts(owner, &columns).await, [["华北", "E2"]]);
}

async fn contracts(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT number, title, CAST(amount AS TEXT) AS amount, \
                 CAST(coalesce(margin, -1) AS TEXT) AS margin FROM receivable_contract \
                 ORDER BY number";
    let columns = ["number", "title", "amount", "margin"];
    world.texts(query, &columns).await
}

async fn a_file_without_amounts_sets_none_to_zero(world: World) {
    load(&world, "customer", "number,name", "K1,远山机电有限公司").await;
    let (day, head) = (
        world.today(),
        "number,customer,name,signed_on,amount,margin",
    );
    let full = format!("C1,K1,一期,{day},100,20\nC2,K1,二期,{day},10,2");
    load(&world, "contract", head, &full).await;
    // The column is not there.
    let rows = format!("C1,K1,一期改,{day}\nC9,K1,三期,{day}");
    let fewer = load(&world, "contract", "number,customer,name,signed_on", &rows).await;
    let kept = [
        ["C1", "一期改", "10000", "2000"],
        ["C2", "二期", "1000", "200"],
    ];
    assert_eq!(contracts(&world).await, kept);
    let remedy = "请在文件中补填合同金额后重新导入";
    assert_eq!(refused(&fewer), [([3].as_slice(), "没有合同金额", remedy)]);
    // The cell is empty, and a margin above what the books have does not come in by that.
    let rows = format!("C2,K1,二期,{day},,900\nC8,K1,四期,{day},,5");
    let empty = load(&world, "contract", head, &rows).await;
    assert_eq!(contracts(&world).await, kept);
    let told: Vec<&str> = empty
        .report
        .findings
        .iter()
        .map(|of| of.reason.as_str())
        .collect();
    assert!(
        told.iter().any(|of| of.contains("金额为空，未改动")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|of| of.contains("毛利 900.00 元高于")),
        "{told:?}"
    );
    assert!(told.contains(&"没有合同金额"), "{told:?}");
    let orders = format!("D1,K1,{day}");
    load(&world, "order", "number,customer,ordered_on", &orders).await;
    let none = "SELECT number FROM receivable_order";
    assert!(world.texts(none, &["number"]).await.is_empty());
}

async fn revisions(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT CAST(e.revision AS TEXT) AS e, CAST(c.revision AS TEXT) AS c \
                 FROM people_employee e CROSS JOIN customer_contact c WHERE e.number = 'T1'";
    world.texts(query, &["e", "c"]).await
}

async fn a_form_learns_that_an_import_wrote(world: World) {
    let staff = "number,name,phone";
    load(&world, "employee", staff, "T1,赵新,13899992222").await;
    load(&world, "customer", "number,name", "K1,远山机电有限公司").await;
    let head = "customer,name,phone";
    load(&world, "contact", head, "K1,王五,13811110000").await;
    let mut seen = vec![revisions(&world).await];
    // What is masked looks the same before and after.
    let one = load(&world, "employee", staff, "T1,赵新,13877772222").await;
    load(&world, "contact", head, "K1,王五,13822220000").await;
    seen.push(revisions(&world).await);
    world.done(&undo_of(one.id)).await;
    seen.push(revisions(&world).await);
    let [first, second, third] = seen.as_slice() else {
        panic!("{seen:?}")
    };
    for (before, after, at) in [(first, second, 0), (first, second, 1), (second, third, 0)] {
        assert_ne!(before[0][at], after[0][at], "{seen:?}");
    }
}

async fn what_the_books_have_keeps_what_a_first_file_says_beside(world: World) {
    let company = Company::found(&world).await;
    let name = "永定机床有限公司";
    let customer = company.customer(&world, &company.zhang, name).await;
    let number = world.texts("SELECT number FROM customer", &["number"]);
    let number = number.await.swap_remove(0).swap_remove(0);
    let day = world.today();
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "一期",
        "amount": money("500"), "signed_on": day });
    let finance = &company.finance.login;
    world.post(finance, "/contracts", contract).await.ok();
    let rows = format!("{number},{name},医药,老客户");
    let first = load(&world, "customer", "number,name,industry|备注", &rows).await;
    assert_eq!(first.counts["customer"][&Action::Matched], 1);
    let kept = async |table: &'static str| world.texts(table, &["extra"]).await.remove(0);
    let customers = "SELECT extra FROM customer";
    assert_eq!(kept(customers).await, [r#"{"备注":"老客户"}"#]);
    let note = "SELECT note FROM import_record";
    let told = "编号和名称与系统中已有的记录相同；文件中的行业未采用，以系统中的为准";
    assert_eq!(world.texts(note, &["note"]).await, [[told]]);
    let rows = format!("HT-1,{number},{day},500,月结");
    let head = "number,customer,signed_on,amount|付款方式";
    load(&world, "contract", head, &rows).await;
    let contracts = "SELECT extra FROM receivable_contract";
    assert_eq!(kept(contracts).await, [r#"{"付款方式":"月结"}"#]);
    world.done(&undo_of(first.id)).await;
    assert_eq!(kept(customers).await, ["{}"]);
}
