//! What the forms refuse does not come in by a file either.

use baton::import::{self, Summary};
use spine::By;

use super::undone::papers;
use crate::harness::{Company, World};

story!(
    what_the_forms_refuse_is_refused,
    a_text_longer_than_a_form_allows_is_refused,
    days_that_cannot_follow_one_another_are_refused,
);

const K: &str = "R001,远山机电有限公司,华东,";

/// Code, column, row, value and remedy of everything that was refused.
fn refused(summary: &Summary) -> Vec<(&str, &str, u64, &str, &str)> {
    let findings = summary.report.findings.iter();
    findings
        .filter(|found| found.severity == "refused")
        .map(|found| {
            let (row, value) = (found.rows[0], found.value.as_str());
            (
                found.code.as_str(),
                found.column.as_str(),
                row,
                value,
                found.remedy.as_str(),
            )
        })
        .collect()
}

async fn what_the_forms_refuse_is_refused(world: World) {
    let (today, ahead) = (world.today(), world.today().plus_days(1));
    let f = format!(
        "F1,R001,,{today},,100\nF2,R001,,{today},,0\nF3,R001,,{today},,-20\n\
         F4,R001,,{ahead},,30"
    );
    let h = format!(
        "H1,R001,,{today},50\nH2,R001,,{today},0\nH3,R001,,{today},（20）\nH4,R001,,{ahead},10"
    );
    let c = format!(
        "C1,R001,,{today},0,,\nC2,R001,,{today},-5,,\nC3,R001,,{today},5,,6\n\
         C4,R001,,{today},5,,5"
    );
    let summary = papers(&world, [K, &c, &f, &h]).await;
    let found = refused(&summary);
    let told = found
        .iter()
        .map(|(code, column, row, value, _)| (*code, *column, *row, *value));
    let told: Vec<_> = told.collect();
    let ahead = ahead.to_string();
    assert_eq!(
        told,
        [
            ("amount_not_above_zero", "amount", 2, "0"),
            ("amount_not_above_zero", "amount", 3, "-5"),
            ("margin_above_amount", "margin", 4, "6.00"),
            ("not_above_zero", "amount", 3, "0"),
            ("not_above_zero", "amount", 4, "-20"),
            ("day_ahead", "day", 5, ahead.as_str()),
            ("receipt_not_above_zero", "amount", 3, "0"),
            ("receipt_not_above_zero", "amount", 4, "（20）"),
            ("day_ahead", "day", 5, ahead.as_str()),
        ]
    );
    assert_eq!(found[7].4, "退款请用退款登记");
    let booked = "SELECT number, CAST(amount AS TEXT) AS amount FROM receivable_invoice \
                  UNION ALL SELECT number, CAST(amount AS TEXT) FROM receivable_receipt \
                  UNION ALL SELECT number, CAST(amount AS TEXT) FROM receivable_contract";
    let mut booked = world.texts(booked, &["number", "amount"]).await;
    booked.sort();
    assert_eq!(booked, [["C4", "500"], ["F1", "10000"], ["H1", "5000"]]);
}

async fn a_text_longer_than_a_form_allows_is_refused(world: World) {
    let finance = &Company::found(&world).await.finance.login;
    let (name, long) = ("远".repeat(40_000), "9".repeat(65));
    let (fits, number) = ("山".repeat(100), "8".repeat(64));
    let k = format!("R001,{name},华东,\n{long},甲公司,华东,\n{number},{fits},华东,");
    let summary = papers(&world, [&k, "", "", ""]).await;
    let found = refused(&summary);
    let places: Vec<_> = found
        .iter()
        .map(|found| (found.0, found.1, found.2))
        .collect();
    assert_eq!(
        places,
        [("text_too_long", "name", 2), ("text_too_long", "no", 3)]
    );
    let list = world.get(finance, "/customers?limit=1").await.ok();
    assert_eq!(list["items"][0]["name"], fits.as_str());
    let none = "SELECT name FROM customer";
    assert_eq!(world.texts(none, &["name"]).await.len(), 1);
}

const CONTRACTS: &str = "name = \"合同\"\nsystem = \"days\"\n[source.k]\nfile = \"k.csv\"\n\
    [source.c]\nfile = \"c.csv\"\n[[record]]\nkind = \"customer\"\nsource = \"k\"\n\
    [record.fields]\nnumber = \"no\"\nname = \"name\"\n\
    [[record]]\nkind = \"contract\"\nsource = \"c\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nsigned_on = \"signed\"\nstarts_on = \"starts\"\n\
    ends_on = \"ends\"\namount = \"amount\"\n";

async fn days_that_cannot_follow_one_another_are_refused(world: World) {
    let (today, yesterday) = (world.today(), world.today().plus_days(-1));
    let f = format!("F1,R001,,{today},{yesterday},100\nF2,R001,,{today},{today},100");
    let summary = papers(&world, [K, "", &f, ""]).await;
    let before = yesterday.to_string();
    let remedy = "请核对开票日期和到期日";
    let told = ("due_before_issue", "due", 2, before.as_str(), remedy);
    assert_eq!(refused(&summary), [told]);

    let rows = "no,customer,signed,starts,ends,amount\n\
        C1,K1,2026-03-02,,2026-03-01,10\nC2,K1,,2026-03-02,2026-03-01,10\n\
        C3,K1,2026-03-02,2026-04-01,2026-03-02,10\n";
    let files = [("k.csv", "no,name\nK1,潮白铸造有限公司\n"), ("c.csv", rows)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, CONTRACTS, files.to_vec()).await;
    let summary = loaded.expect("the import");
    let remedy = "请核对签订日期和到期日期";
    let told = |row: u64| ("ends_before_signed", "ends", row, "2026-03-01", remedy);
    assert_eq!(refused(&summary), [told(2), told(3)]);
    let booked = "SELECT number FROM receivable_contract \
                  UNION ALL SELECT number FROM receivable_invoice ORDER BY number";
    assert_eq!(world.texts(booked, &["number"]).await, [["C3"], ["F2"]]);
}
