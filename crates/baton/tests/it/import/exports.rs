//! Real exports of four systems come in whole, and their dirt is told.

use baton::import::Action;

use super::{booked, everything_is_booked, shared, take};
use crate::harness::World;

story!(
    four_real_exports_come_in_with_equal_sums,
    the_dirt_of_the_real_files_is_in_the_report,
);

/// Every number that another system gives is taken: all four share the numbers 1, 2, 3 for people,
/// customers and invoices.
async fn four_real_exports_come_in_with_equal_sums(world: World) {
    for (name, kind, count, sum) in [
        ("maven_crm", "opportunity", 6_509, "6914940.00"),
        ("northwind", "order_line", 2_155, "1265793.29"),
        ("chinook", "invoice", 412, "2328.60"),
        ("ibm_ar", "invoice", 1_718, "104746.78"),
    ] {
        let Some(files) = shared(name) else { return };
        let summary = take(&world, name, files).await;
        everything_is_booked(&summary.report);
        assert_eq!(
            booked(&summary.report, kind),
            (count, sum.to_owned()),
            "{name}"
        );
        let became = |actions: &[Action]| -> u64 {
            let counts = summary.counts.values();
            counts
                .flat_map(|of| actions.iter().filter_map(|action| of.get(action)))
                .sum()
        };
        let staged: u64 = summary.report.kinds.iter().map(|kind| kind.staged).sum();
        // The same department or post may be known from an earlier file.
        assert_eq!(
            became(&[Action::Created, Action::Matched]),
            staged,
            "{name}"
        );
        assert!(
            became(&[Action::Matched]) <= 3,
            "{name}: nearly everything is new"
        );
    }
    let open = world
        .texts(
            "SELECT CAST(sum(i.amount) - sum(i.cleared) AS TEXT) AS open FROM receivable_invoice i \
             JOIN import_identity f ON f.record_id = i.id WHERE f.system = 'ibm_ar'",
            &["open"],
        )
        .await;
    assert_eq!(open, [["0"]], "every invoice of the sample is settled");
    assert_eq!(world.entries("import.commit").await.len(), 4);
}

async fn the_dirt_of_the_real_files_is_in_the_report(world: World) {
    let Some(files) = shared("maven_crm") else {
        return;
    };
    let report = take(&world, "maven_crm", files).await.report;
    let of = |code: &'static str| {
        report
            .findings
            .iter()
            .filter(move |finding| finding.code == code)
    };
    let pro = of("replaced")
        .find(|finding| finding.value == "GTXPro")
        .expect("GTXPro");
    assert_eq!(
        (pro.column.as_str(), pro.reason.contains("GTX Pro")),
        ("product", true)
    );
    assert!(pro.row_count > 1_000, "{}", pro.row_count);
    assert!(of("owners_disagree").count() > 50);
    assert!(of("empty_field").count() > 0, "deals without an account");
}
