//! The schema, step by step 数据库结构.

use spine::Migration;

macro_rules! step {
    ($version:literal $name:literal $file:literal) => {
        Migration {
            version: $version,
            name: $name,
            text: include_str!(concat!("../migrations/", $file)),
        }
    };
}

/// Every step, oldest first; some are the spine's own. A step that was released is never edited.
pub const ALL: &[Migration] = &[
    spine::SCHEMA,
    step!(2 "people" "0002_people.sql"),
    step!(3 "session" "0003_session.sql"),
    step!(4 "customer" "0004_customer.sql"),
    step!(5 "receivable" "0005_receivable.sql"),
    step!(6 "approval" "0006_approval.sql"),
    step!(7 "departure" "0007_departure.sql"),
    step!(8 "import" "0008_import.sql"),
    step!(9 "alert" "0009_alert.sql"),
    step!(10 "alert_handling" "0010_alert_handling.sql"),
    step!(11 "document" "0011_document.sql"),
    step!(12 "departure_process" "0012_departure_process.sql"),
    step!(13 "speed" "0013_speed.sql"),
    step!(14 "bulk" "0014_bulk.sql"),
    spine::CHUNKS,
    spine::COSIGNATURES,
    step!(17 "bundle" "0017_bundle.sql"),
    step!(18 "commission" "0018_commission.sql"),
    step!(19 "handover_terms" "0019_handover_terms.sql"),
    step!(20 "list" "0020_list.sql"),
    step!(21 "signing" "0021_signing.sql"),
    step!(22 "rules" "0022_rules.sql"),
    step!(23 "exit" "0023_exit.sql"),
    spine::STAMPS,
    step!(25 "pay" "0025_pay.sql"),
    step!(26 "hits" "0026_hits.sql"),
    spine::LEAN_LOG,
    step!(28 "lean_books" "0028_lean_books.sql"),
    step!(29 "papers" "0029_papers.sql"),
    spine::SM_LOG,
    step!(31 "paid" "0031_paid.sql"),
    step!(32 "plans" "0032_plans.sql"),
    step!(33 "statement_talk" "0033_statement_talk.sql"),
    step!(34 "own_terms" "0034_own_terms.sql"),
    step!(35 "fewer_indexes" "0035_fewer_indexes.sql"),
    step!(36 "contract_holder" "0036_contract_holder.sql"),
    step!(37 "confirm_day" "0037_confirm_day.sql"),
    step!(38 "narrower" "0038_narrower.sql"),
    step!(39 "known_size" "0039_known_size.sql"),
    step!(40 "lean_import" "0040_lean_import.sql"),
    step!(41 "checked_once" "0041_checked_once.sql"),
    step!(42 "checked_by_statement" "0042_checked_by_statement.sql"),
    step!(43 "by_day" "0043_by_day.sql"),
    step!(44 "mistaken_reversal" "0044_mistaken_reversal.sql"),
    step!(45 "credit_refund" "0045_credit_refund.sql"),
    step!(46 "gives_way" "0046_gives_way.sql"),
    step!(47 "revision" "0047_revision.sql"),
    spine::ONE_ROW,
    step!(49 "merges" "0049_merges.sql"),
    step!(50 "named_owner" "0050_named_owner.sql"),
    step!(51 "withdrawn_paper" "0051_withdrawn_paper.sql"),
    step!(52 "former_contact" "0052_former_contact.sql"),
];
