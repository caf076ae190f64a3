//! SQL of the handover tables 交接存取.

mod forecasts;
mod items;
mod plans;
mod terms;

pub(crate) use forecasts::{Agreed, agreed, keep_seen};
pub(crate) use items::{
    ItemFilter, ItemLine, NewItem, add_answer, add_items, add_kept, answers, item_lines, kept,
    lines_of, remove_items, set_choices, set_gone, set_hangs, share_versions, shares_moved,
    suggestions,
};
pub(crate) use plans::{
    ListFilter, NewPlan, PlanHead, PlanLine, PlanState, add, customers_without_staying_owner, find,
    has_customers_without_staying_owner, leavers, list, listed_in_open_plans, next_number, numbers,
    of_departure, open_of, open_plans, set_approved, set_executed, set_state, set_version, undoing,
};
pub(crate) use terms::{
    AgreedTerms, pool_of, pool_text, set_terms, tables_of_open_plans, terms_of,
};

/// What of this slice points to records of other slices.
pub(crate) const POINTERS: &[spine::Pointer] = &[
    spine::Pointer::by("handover_plan", "from_id", "t.id", "交接方案"),
    spine::Pointer::by("handover_item", "customer_id", "t.thing_id", "交接方案"),
    spine::Pointer::by("handover_item", "successor_id", "t.thing_id", "交接方案"),
    spine::Pointer::by("handover_item", "holder_id", "t.thing_id", "交接方案"),
    spine::Pointer::by("handover_share", "successor_id", "t.plan_id", "交接方案"),
    spine::Pointer::by(
        "handover_acceptance",
        "successor_id",
        "t.plan_id",
        "交接方案",
    ),
    spine::Pointer::by("handover_forecast", "person_id", "t.plan_id", "交接方案"),
];
