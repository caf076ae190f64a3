//! Changing customers 办理客户.

use access::{Mode, Need};
use axum::Json;
use axum::extract::Path;
use customer::AssignmentReason;
use kernel::{ContactId, CustomerId, Day, EmployeeId, Fen, OpportunityId, Refusal};
use serde::Deserialize;
use spine::{Act as _, Failure};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::customer::acts::{
    add, add_contact, add_opportunity, advance_opportunity, assign, edit, edit_contact, follow_up,
    hand_over, merge, reveal_contact, seat,
};
use crate::customer::reading;
use crate::customer::view::{FormerContact, RevealedContact};
use crate::house::House;
use crate::http::{Reply, Writing, Written};
use crate::people::api::id;
use crate::permissions;

/// Routes that change something.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(change))
        .routes(routes!(new_contact))
        .routes(routes!(change_contact))
        .routes(routes!(reveal))
        .routes(routes!(new_follow_up))
        .routes(routes!(new_opportunity))
        .routes(routes!(stage))
        .routes(routes!(reassign))
        .routes(routes!(pass))
        .routes(routes!(set_seat))
        .routes(routes!(merge_into))
}

/// A customer to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCustomer {
    /// Made up when absent.
    number: Option<String>,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    credit_code: Option<String>,
    #[serde(default)]
    industry: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    tier: String,
    #[serde(default)]
    address: String,
    /// The caller when absent.
    #[schema(value_type = Option<String>)]
    owner_id: Option<EmployeeId>,
    /// Into the pool, without owner.
    #[serde(default)]
    pool: bool,
    /// Since when the owner has had it; today when absent.
    #[schema(value_type = Option<String>, format = Date)]
    owned_since: Option<Day>,
    /// Add it although another one has the same credit code or name.
    #[serde(default)]
    accept_duplicate: bool,
}

/// Add a customer.
#[utoipa::path(post, path = "/customers", tag = "customer", request_body = NewCustomer,
    responses((status = 201, body = Written), (status = 409, description = "duplicate")))]
async fn create(writing: Writing, Json(new): Json<NewCustomer>) -> Reply<Written> {
    let owner = if new.pool {
        None
    } else {
        new.owner_id.or(writing.caller.by.employee())
    };
    let act = add::Add {
        number: new.number,
        name: new.name,
        credit_code: new.credit_code,
        industry: new.industry,
        region: new.region,
        tier: new.tier,
        address: new.address,
        owner,
        owned_since: new.owned_since,
        accept_duplicate: new.accept_duplicate,
        recorded_by: writing.caller.by.id(),
    };
    writing.make(&act, ToString::to_string).await
}

/// What shall change; the rest stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomerChange {
    name: Option<String>,
    /// Empty takes it away.
    credit_code: Option<String>,
    industry: Option<String>,
    region: Option<String>,
    tier: Option<String>,
    address: Option<String>,
    #[serde(default)]
    accept_duplicate: bool,
    /// The `version` of the customer that was shown.
    seen: Option<String>,
}

/// Change particulars of a customer.
#[utoipa::path(post, path = "/customers/{id}", tag = "customer", request_body = CustomerChange,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn change(
    writing: Writing,
    Path(text): Path<String>,
    Json(change): Json<CustomerChange>,
) -> Reply<Written> {
    let act = edit::Edit {
        customer: id(&text, "customer")?,
        name: change.name,
        credit_code: change.credit_code,
        industry: change.industry,
        region: change.region,
        tier: change.tier,
        address: change.address,
        accept_duplicate: change.accept_duplicate,
        seen: change.seen,
    };
    writing.change(&act, |()| text).await
}

/// Add a contact.
#[utoipa::path(post, path = "/customers/{id}/contacts", tag = "customer",
    request_body = add_contact::Card, params(("id" = String, Path)),
    responses((status = 201, body = Written)))]
async fn new_contact(
    writing: Writing,
    Path(text): Path<String>,
    Json(card): Json<add_contact::Card>,
) -> Reply<Written> {
    let act = add_contact::AddContact {
        customer: id(&text, "customer")?,
        card,
    };
    writing.make(&act, ToString::to_string).await
}

/// What is written down of a contact from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContactChange {
    /// 1..=100 characters.
    name: String,
    /// 职务, 0..=100 characters.
    #[serde(default)]
    title: String,
    phone: Option<String>,
    email: Option<String>,
    /// 首要联系人; another one ceases to be it.
    #[serde(default)]
    is_primary: bool,
    /// The `version` of the contact that was shown.
    seen: Option<String>,
}

/// Change a contact; phone and e-mail stay when absent.
#[utoipa::path(post, path = "/contacts/{id}", tag = "customer", request_body = ContactChange,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn change_contact(
    writing: Writing,
    Path(text): Path<String>,
    Json(change): Json<ContactChange>,
) -> Reply<Written> {
    let act = edit_contact::EditContact {
        contact: id(&text, "contact")?,
        card: add_contact::Card {
            name: change.name,
            title: change.title,
            phone: change.phone,
            email: change.email,
            is_primary: change.is_primary,
        },
        seen: change.seen,
    };
    writing.change(&act, |()| text).await
}

/// Why somebody wants to see.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RevealReason {
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Show phone and e-mail in clear, and what they were before; the look is recorded.
#[utoipa::path(post, path = "/contacts/{id}/reveal", tag = "customer",
    request_body = RevealReason, params(("id" = String, Path)),
    responses((status = 200, body = RevealedContact)))]
async fn reveal(
    writing: Writing,
    Path(text): Path<String>,
    Json(why): Json<RevealReason>,
) -> Reply<Json<RevealedContact>> {
    let contact: ContactId = id(&text, "contact")?;
    charge_for(&writing, contact).await?;
    let act = reveal_contact::RevealContact {
        contact,
        reason: why.reason,
    };
    let done = writing.done(&act).await?;
    let shown = done.outcome;
    Ok(Json(RevealedContact {
        phone: shown.phone,
        email: shown.email,
        former: shown.former.into_iter().map(FormerContact::of).collect(),
        entry: done.entry,
    }))
}

/// Charges somebody who is leaving for the customer of a contact, if he may have it shown.
async fn charge_for(writing: &Writing, contact: ContactId) -> Reply<()> {
    let (house, caller) = (&writing.house, &writing.caller);
    if caller.login.actor.mode == Mode::Normal {
        return Ok(());
    }
    let mut look = house.spine.look(&caller.by).await?;
    let act = reveal_contact::RevealContact {
        contact,
        reason: String::new(),
    };
    let facts = match act.load(&mut look.books()).await {
        // The act says so in its turn, and that is kept.
        Err(Failure::Denied(_)) => return Ok(()),
        facts => facts?,
    };
    let customer = facts.customer();
    let need = Need::on(permissions::CUSTOMER_REVEAL, customer.target()).with_reason(true);
    if look.may(&need) {
        reading::charge(house, caller, &mut look, [customer.id]).await?;
    }
    Ok(())
}

/// What was talked about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFollowUp {
    #[schema(value_type = Option<String>)]
    opportunity_id: Option<OpportunityId>,
    /// `visit`, `call`, `message`, `email`, `meeting`, `other`
    kind: String,
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    #[schema(value_type = Option<String>, format = Date)]
    next_on: Option<Day>,
}

/// Write a follow-up.
#[utoipa::path(post, path = "/customers/{id}/follow-ups", tag = "customer",
    request_body = NewFollowUp, params(("id" = String, Path)),
    responses((status = 201, body = Written)))]
async fn new_follow_up(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewFollowUp>,
) -> Reply<Written> {
    let author = writing.caller.by.employee().ok_or_else(|| {
        Refusal::invalid(
            "customer.author_is_nobody",
            "此账号没有对应的员工，不能写跟进",
            "this login belongs to no employee",
        )
    })?;
    let act = follow_up::WriteFollowUp {
        customer: id(&text, "customer")?,
        opportunity: new.opportunity_id,
        author,
        kind: new.kind,
        text: new.text,
        next_on: new.next_on,
    };
    writing.make(&act, ToString::to_string).await
}

/// An opportunity to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOpportunity {
    title: String,
    #[serde(default)]
    product: String,
    #[schema(value_type = Option<crate::http::Money>)]
    amount: Option<Fen>,
    /// `lead`, `qualified`, `proposal`, `negotiation`
    stage: String,
}

/// Add an opportunity.
#[utoipa::path(post, path = "/customers/{id}/opportunities", tag = "customer",
    request_body = NewOpportunity, params(("id" = String, Path)),
    responses((status = 201, body = Written)))]
async fn new_opportunity(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewOpportunity>,
) -> Reply<Written> {
    let act = add_opportunity::AddOpportunity {
        customer: id(&text, "customer")?,
        title: new.title,
        product: new.product,
        amount: new.amount,
        stage: new.stage,
    };
    writing.make(&act, ToString::to_string).await
}

/// The next stage.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStage {
    /// `lead`, `qualified`, `proposal`, `negotiation`, `won`, `lost`
    stage: String,
    /// The stage that was shown.
    seen: Option<String>,
}

/// Put an opportunity into another stage.
#[utoipa::path(post, path = "/opportunities/{id}/stage", tag = "customer",
    request_body = NewStage, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn stage(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewStage>,
) -> Reply<Written> {
    let opportunity = id(&text, "opportunity")?;
    let act = advance_opportunity::AdvanceOpportunity {
        opportunity,
        stage: new.stage,
        seen: new.seen,
    };
    writing.change(&act, |()| text).await
}

/// Another owner, ownership alone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Assignment {
    /// The owner that was shown, or `pool`; refused where it is another one by now.
    from: Option<String>,
    /// `null` for the pool.
    #[schema(value_type = Option<String>)]
    owner_id: Option<EmployeeId>,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    /// `allotted`, `claimed`, `reassigned`, `released`, `corrected`
    #[schema(value_type = String)]
    reason: AssignmentReason,
}

/// Change who owns a customer, and nothing else; a handover moves all that hangs on it.
#[utoipa::path(post, path = "/customers/{id}/assign", tag = "customer",
    request_body = Assignment, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn reassign(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<Assignment>,
) -> Reply<Written> {
    let by_hand = matches!(
        new.reason,
        AssignmentReason::Allotted
            | AssignmentReason::Claimed
            | AssignmentReason::Reassigned
            | AssignmentReason::Released
            | AssignmentReason::Corrected
    );
    if !by_hand {
        let zh = "此原因由系统填写，不能手工选择";
        let refusal = Refusal::invalid("customer.reason_by_system", zh, "not by hand");
        return Err(refusal.at("/reason", zh).into());
    }
    let act = assign::Assign {
        customer: id(&text, "customer")?,
        from: new.from,
        owner: new.owner_id,
        effective_on: new.effective_on,
        reason: new.reason,
        plan: None,
        recorded_by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// Who takes a customer with all that hangs on it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Handover {
    /// The owner that was shown, or `pool`; refused where it is another one by now.
    from: Option<String>,
    #[schema(value_type = String)]
    to_id: EmployeeId,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Hand a customer over: ownership, receivables, contracts, orders, opportunities and duties.
#[utoipa::path(post, path = "/customers/{id}/hand-over", tag = "customer",
    request_body = Handover, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn pass(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<Handover>,
) -> Reply<Written> {
    let act = hand_over::HandOver {
        customer: id(&text, "customer")?,
        from: new.from,
        to: new.to_id,
        effective_on: new.effective_on,
        reason: new.reason,
        plan: None,
        recorded_by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// A collaborator's seat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeatChange {
    #[schema(value_type = String)]
    employee_id: EmployeeId,
    /// Open or close.
    opens: bool,
    /// The first day without him; only when it opens.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Open or close a collaborator's seat.
#[utoipa::path(post, path = "/customers/{id}/seats", tag = "customer",
    request_body = SeatChange, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn set_seat(
    writing: Writing,
    Path(text): Path<String>,
    Json(change): Json<SeatChange>,
) -> Reply<Written> {
    let act = seat::SetSeat {
        customer: id(&text, "customer")?,
        employee: change.employee_id,
        opens: change.opens,
        until: change.until,
        reason: change.reason,
    };
    writing.change(&act, |()| text).await
}

/// The customer that stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MergeInto {
    #[schema(value_type = String)]
    into_id: CustomerId,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Merge a duplicate into the customer that stays; nothing is deleted.
#[utoipa::path(post, path = "/customers/{id}/merge", tag = "customer",
    request_body = MergeInto, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn merge_into(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<MergeInto>,
) -> Reply<Written> {
    let act = merge::Merge {
        from: id(&text, "customer")?,
        into: new.into_id,
        reason: new.reason,
        recorded_by: writing.caller.by.id(),
    };
    writing.change(&act, |()| new.into_id.to_string()).await
}
