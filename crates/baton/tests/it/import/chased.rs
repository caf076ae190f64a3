//! Whoever must chase an invoice that came in by a file; where that is nobody, its row says so.

use baton::import;
use spine::By;

use crate::harness::{Company, World};

story!(an_invoice_says_who_chases_it_instead_or_that_nobody_does);

const FILES: &str = "name = \"发票台账\"\nsystem = \"chased\"\n\
    [source.k]\nfile = \"k.csv\"\n[source.c]\nfile = \"c.csv\"\n\
    [source.f]\nfile = \"f.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"k\"\n[record.fields]\n\
    number = \"no\"\nname = \"name\"\nowner = \"owner\"\n\
    [[record]]\nkind = \"contract\"\nsource = \"c\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nowner = \"owner\"\nsigned_on = \"day\"\namount = \"amount\"\n\
    [[record]]\nkind = \"invoice\"\nsource = \"f\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\ncontract = \"contract\"\nowner = \"owner\"\n\
    issued_on = \"day\"\ndue_on = \"day\"\namount = \"amount\"\n";

async fn an_invoice_says_who_chases_it_instead_or_that_nobody_does(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.li, "永定机床有限公司")
        .await;
    let left = world.texts("SELECT number FROM customer", &["number"]);
    let left = left.await.swap_remove(0).swap_remove(0);
    world
        .raw("UPDATE people_employee SET state = 'left' WHERE number = 'E003'")
        .await
        .expect("he leaves");
    let today = world.today();
    let k = "no,name,owner\nR1,远山机电有限公司,E002\nR2,潮白铸造有限公司,\n".to_owned();
    let c = format!("no,customer,owner,day,amount\nC1,R2,E004,{today},500\n");
    let mut f = "no,customer,contract,owner,day,amount\n".to_owned();
    for row in [
        "F1,R1,,E999",
        "F2,R2,,E999",
        "F3,R2,,",
        "F4,R1,,",
        &format!("F5,{left},,"),
        "F6,R2,C1,E003",
    ] {
        f.push_str(&format!("{row},{today},10\n"));
    }
    let files = [("k.csv", k), ("c.csv", c), ("f.csv", f)];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, FILES, files.to_vec()).await;
    loaded.expect("the import");

    let query = "SELECT i.number AS number, coalesce(e.name, '') AS who, \
                 coalesce(r.note, '') AS note FROM receivable_invoice i \
                 JOIN import_record r ON r.record_id = i.id \
                 LEFT JOIN people_employee e ON e.id = i.responsible_id ORDER BY i.number";
    let nobody = "没有人负责催收，请在发票页指定回款责任人";
    let lost = format!("找不到负责人「E999」，{nobody}");
    assert_eq!(
        world.texts(query, &["number", "who", "note"]).await,
        [
            ["F1", "张三", "找不到负责人「E999」，按客户负责人记"],
            ["F2", "", lost.as_str()],
            ["F3", "", nobody],
            ["F4", "张三", ""],
            ["F5", "", nobody],
            ["F6", "王五", "负责人已离职，按合同负责人记"],
        ]
    );
}
