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

/// The spine brings its first step itself; its later ones stand in their places by name.
macro_rules! steps {
    ($($version:literal $name:literal $file:literal;)* spine $step:ident;
     $($after:literal $then:literal $there:literal;)*) => {
        &[spine::SCHEMA, $(step!($version $name $file),)* spine::$step,
          $(step!($after $then $there),)*]
    };
}

/// Every step, oldest first. A step that was released is never edited.
pub const ALL: &[Migration] = steps! {
    2 "people" "0002_people.sql";
    3 "session" "0003_session.sql";
    4 "customer" "0004_customer.sql";
    5 "receivable" "0005_receivable.sql";
    6 "approval" "0006_approval.sql";
    7 "departure" "0007_departure.sql";
    8 "import" "0008_import.sql";
    9 "alert" "0009_alert.sql";
    10 "alert_handling" "0010_alert_handling.sql";
    11 "document" "0011_document.sql";
    12 "departure_process" "0012_departure_process.sql";
    13 "speed" "0013_speed.sql";
    14 "bulk" "0014_bulk.sql";
    spine CHUNKS;
    16 "commission" "0016_commission.sql";
    17 "handover_terms" "0017_handover_terms.sql";
};
