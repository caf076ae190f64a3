//! SQL of the signing tables 签署存取.

mod account;
mod ceremony;
mod keys;

pub(crate) use account::{
    Factor, add_consent, begin_factor, confirm_factor, consent, count_failure, drop_factor, factor,
    failures, use_step,
};
pub(crate) use ceremony::{
    FileLine, Filter, Head, NewFile, SeatLine, StepLine, add, add_seal_use, files, find,
    head_of_document, keep, list, newest_digest, newest_file, of_departure, refused, reminded,
    seal_use, seats_of, settle, step_file, steps, waiting,
};
pub(crate) use keys::{
    AuthorityLine, KeyLine, add_authority, add_key, authorities, authority, key, key_of, leaked,
    retire, seal_of, seals, vouch,
};

/// What of this slice points to records of other slices.
pub(crate) const POINTERS: &[spine::Pointer] = &[
    spine::Pointer::by("signing_ceremony", "employee_id", "t.id", "签署"),
    spine::Pointer::by("signing_seat", "employee_id", "t.ceremony_id", "签署人"),
    spine::Pointer::by("signing_factor", "employee_id", "t.employee_id", "动态口令"),
    spine::Pointer::by(
        "signing_failure",
        "employee_id",
        "t.employee_id",
        "签署口令输错记录",
    ),
    spine::Pointer::by(
        "signing_consent",
        "employee_id",
        "t.employee_id",
        "电子签署同意",
    ),
    spine::Pointer::by("signing_key", "employee_id", "t.id", "签名密钥"),
];
