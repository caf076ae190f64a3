//! What the browser sees of customers 客户视图.

use access::{mask_email, mask_phone};
use kernel::{ContactId, CustomerId, Day, Fen, FollowUpId, Moment, OpportunityId, PlanId};
use serde::Serialize;
use utoipa::ToSchema;

use super::acts::{add_opportunity, follow_up};
use super::store::{self, Customer};
use crate::bounds;
use crate::people::PersonName;
use crate::receivable::store::OpenSum;
use crate::receivable::view::{Names, overdue_days};

/// A line of the list of customers.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerItem {
    #[schema(value_type = String)]
    pub(crate) id: CustomerId,
    number: String,
    name: String,
    #[serde(skip)]
    pub(crate) sort_key: String,
    industry: String,
    region: String,
    tier: String,
    /// `active`, `merged`
    state: String,
    /// `null` in the pool.
    owner: Option<PersonName>,
    #[schema(value_type = String, format = Date)]
    pub(crate) owned_since: Day,
    #[schema(value_type = Option<String>, format = Date)]
    last_follow_up_on: Option<Day>,
    /// What it owes today.
    #[schema(value_type = crate::http::Money)]
    open: Fen,
    /// Days overdue of the oldest open invoice.
    overdue_days: i64,
}

impl CustomerItem {
    pub(crate) fn of(
        line: store::CustomerLine,
        open: Option<&OpenSum>,
        today: Day,
    ) -> CustomerItem {
        CustomerItem {
            id: line.id,
            number: line.number,
            name: line.name,
            sort_key: line.sort_key,
            industry: line.industry,
            region: line.region,
            tier: line.tier,
            state: line.state,
            owner: line.owner.map(PersonName::of),
            owned_since: line.owned_since,
            last_follow_up_on: line.last_follow_up_on,
            open: open.map_or(Fen::ZERO, |sum| sum.open),
            overdue_days: open.map_or(0, |sum| overdue_days(sum.open, sum.oldest_due, today)),
        }
    }
}

/// Everything about a customer; phones and e-mails masked.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerView {
    #[schema(value_type = String)]
    id: CustomerId,
    number: String,
    name: String,
    credit_code: Option<String>,
    /// What is doubtful about the credit code, Chinese.
    credit_code_doubt: Option<&'static str>,
    /// The same in English.
    credit_code_doubt_en: Option<&'static str>,
    industry: String,
    region: String,
    tier: String,
    address: String,
    /// Another one as soon as one of these particulars has changed.
    version: String,
    state: String,
    /// The customer that this one was merged into.
    #[schema(value_type = Option<String>)]
    merged_into_id: Option<CustomerId>,
    /// Duplicates that were merged into this one.
    merged: Vec<MergedItem>,
    owner: Option<PersonName>,
    #[schema(value_type = String, format = Date)]
    owned_since: Day,
    #[schema(value_type = Option<String>, format = Date)]
    last_follow_up_on: Option<Day>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Moment,
    assignments: Vec<AssignmentItem>,
    seats: Vec<SeatItem>,
    contacts: Vec<ContactItem>,
    opportunities: Vec<OpportunityItem>,
    counts: Counts,
    #[schema(value_type = crate::http::Money)]
    open: Fen,
    overdue_days: i64,
}

/// How much there is of what.
#[derive(Serialize, ToSchema)]
pub(crate) struct Counts {
    pub(crate) contracts: usize,
    pub(crate) orders: usize,
    pub(crate) receipts: usize,
}

/// What is shown with a customer.
pub(crate) struct Attached {
    pub(crate) assignments: Vec<store::AssignmentLine>,
    pub(crate) seats: Vec<store::SeatLine>,
    pub(crate) contacts: Vec<store::Contact>,
    pub(crate) former: Vec<store::Former>,
    pub(crate) opportunities: Vec<store::Opportunity>,
    pub(crate) merged: Vec<(CustomerId, String, String)>,
    pub(crate) names: Names,
    pub(crate) counts: Counts,
    pub(crate) open: Option<OpenSum>,
}

impl CustomerView {
    pub(crate) fn of(customer: Customer, attached: Attached, today: Day) -> CustomerView {
        let code = customer.credit_code.as_deref();
        let code = code.and_then(|code| customer::CreditCode::parse(code).ok());
        let doubt = code.as_ref().and_then(customer::CreditCode::doubt);
        let names = &attached.names;
        let opportunities = attached.opportunities;
        let open = attached.open;
        let version = super::acts::edit::version(&customer);
        let owner = customer.owner.zip(customer.owner_name);
        CustomerView {
            version,
            id: customer.id,
            number: customer.number,
            name: customer.name,
            credit_code: customer.credit_code,
            credit_code_doubt: doubt.map(|(zh, _)| zh),
            credit_code_doubt_en: doubt.map(|(_, en)| en),
            industry: customer.industry,
            region: customer.region,
            tier: customer.tier,
            address: customer.address,
            state: customer.state,
            merged_into_id: customer.merged_into,
            merged: attached.merged.into_iter().map(MergedItem::of).collect(),
            owner: owner.map(|(id, (number, name))| PersonName { id, number, name }),
            owned_since: customer.owned_since,
            last_follow_up_on: customer.last_follow_up_on,
            created_at: customer.created_at,
            assignments: AssignmentItem::all(attached.assignments),
            seats: attached.seats.into_iter().map(SeatItem::from).collect(),
            contacts: attached
                .contacts
                .into_iter()
                .map(|contact| ContactItem::of(contact, &attached.former))
                .collect(),
            opportunities: opportunities
                .into_iter()
                .map(|o| OpportunityItem::of(o, names))
                .collect(),
            counts: attached.counts,
            open: open.map_or(Fen::ZERO, |sum| sum.open),
            overdue_days: open.map_or(0, |sum| overdue_days(sum.open, sum.oldest_due, today)),
        }
    }
}

/// A duplicate that was merged.
#[derive(Serialize, ToSchema)]
pub(crate) struct MergedItem {
    #[schema(value_type = String)]
    id: CustomerId,
    number: String,
    name: String,
}

impl MergedItem {
    fn of((id, number, name): (CustomerId, String, String)) -> MergedItem {
        MergedItem { id, number, name }
    }
}

/// One interval of the history of owners.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssignmentItem {
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// First day of the next owner; `null` while it lasts.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    /// `null` in the pool.
    owner: Option<PersonName>,
    /// `created`, `imported`, `allotted`, `claimed`, `reassigned`, `handed_over`, `released`,
    /// `recycled`, `corrected`
    reason: &'static str,
    reason_zh: &'static str,
    /// Corrected on the same day: it never counted.
    superseded: bool,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Moment,
    recorded_by: Option<String>,
    #[schema(value_type = Option<String>)]
    plan_id: Option<PlanId>,
}

impl AssignmentItem {
    fn all(lines: Vec<store::AssignmentLine>) -> Vec<AssignmentItem> {
        let ends: Vec<Day> = lines.iter().skip(1).map(|line| line.effective_on).collect();
        let ends = ends.into_iter().map(Some).chain([None]);
        let item = |(line, until): (store::AssignmentLine, Option<Day>)| AssignmentItem {
            from: line.effective_on,
            until,
            owner: line.owner.map(PersonName::of),
            reason: store::reason_word(line.reason),
            reason_zh: line.reason.zh(),
            superseded: until == Some(line.effective_on),
            recorded_at: line.recorded_at,
            recorded_by: line.recorded_by,
            plan_id: line.plan,
        };
        lines.into_iter().zip(ends).map(item).collect()
    }
}

/// A collaborator.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeatItem {
    employee: PersonName,
    /// The first day without him.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
}

impl From<store::SeatLine> for SeatItem {
    fn from(line: store::SeatLine) -> SeatItem {
        SeatItem {
            employee: PersonName::of(line.employee),
            until: line.until,
        }
    }
}

/// A contact person, masked.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContactItem {
    #[schema(value_type = String)]
    id: ContactId,
    name: String,
    title: String,
    /// Masked.
    phone: Option<String>,
    /// Masked.
    email: Option<String>,
    is_primary: bool,
    /// What was replaced, newest first, masked.
    former: Vec<FormerContact>,
    /// Another one as soon as any of it has changed.
    version: String,
}

impl ContactItem {
    fn of(contact: store::Contact, former: &[store::Former]) -> ContactItem {
        let own = former.iter().filter(|one| one.contact == contact.id);
        ContactItem {
            former: own.cloned().map(FormerContact::masked).collect(),
            version: contact.version(),
            id: contact.id,
            name: contact.name,
            title: contact.title,
            phone: contact.phone.as_deref().map(mask_phone),
            email: contact.email.as_deref().map(mask_email),
            is_primary: contact.is_primary,
        }
    }
}

/// What one edit of a contact replaced.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormerContact {
    phone: Option<String>,
    email: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    replaced_at: Moment,
}

impl FormerContact {
    pub(crate) fn of(former: store::Former) -> FormerContact {
        FormerContact {
            phone: former.phone,
            email: former.email,
            replaced_at: former.replaced_at,
        }
    }

    fn masked(former: store::Former) -> FormerContact {
        FormerContact {
            phone: former.phone.as_deref().map(mask_phone),
            email: former.email.as_deref().map(mask_email),
            replaced_at: former.replaced_at,
        }
    }
}

/// Phone and e-mail in clear.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevealedContact {
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    /// What was replaced, newest first.
    pub(crate) former: Vec<FormerContact>,
    /// Index of the entry in the evidence log that keeps this look.
    pub(crate) entry: Option<u64>,
}

/// An opportunity.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpportunityItem {
    #[schema(value_type = String)]
    id: OpportunityId,
    number: String,
    title: String,
    product: String,
    stage: String,
    stage_zh: &'static str,
    #[schema(value_type = Option<crate::http::Money>)]
    amount: Option<Fen>,
    #[schema(value_type = Option<String>, format = Date)]
    opened_on: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    closed_on: Option<Day>,
    owner: Option<PersonName>,
}

impl OpportunityItem {
    pub(crate) fn of(opportunity: store::Opportunity, names: &Names) -> OpportunityItem {
        OpportunityItem {
            id: opportunity.id,
            number: opportunity.number,
            title: opportunity.title,
            product: opportunity.product,
            stage_zh: bounds::word(add_opportunity::STAGES, &opportunity.stage),
            stage: opportunity.stage,
            amount: opportunity.amount,
            opened_on: opportunity.opened_on,
            closed_on: opportunity.closed_on,
            owner: PersonName::among(names, opportunity.owner),
        }
    }
}

/// A follow-up.
#[derive(Serialize, ToSchema)]
pub(crate) struct FollowUpItem {
    #[schema(value_type = String)]
    pub(crate) id: FollowUpId,
    /// The customer it was written for; another one where that was merged into this.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    #[schema(value_type = Option<String>)]
    opportunity_id: Option<OpportunityId>,
    author: PersonName,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: Moment,
    kind: String,
    kind_zh: &'static str,
    text: String,
    #[schema(value_type = Option<String>, format = Date)]
    next_on: Option<Day>,
    /// Whose duty the next step is; `null` when it is done.
    duty: Option<PersonName>,
}

impl FollowUpItem {
    pub(crate) fn of(line: store::FollowUpLine, names: &Names) -> FollowUpItem {
        FollowUpItem {
            id: line.id,
            customer_id: line.customer,
            opportunity_id: line.opportunity,
            author: PersonName::of(line.author),
            at: line.at,
            kind_zh: bounds::word(follow_up::KINDS, &line.kind),
            kind: line.kind,
            text: line.text,
            next_on: line.next_on,
            duty: PersonName::among(names, line.duty),
        }
    }
}

/// A customer that may be the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct DuplicateItem {
    #[schema(value_type = String)]
    id: CustomerId,
    number: String,
    name: String,
    owner: Option<PersonName>,
    /// `possible`, `likely`, `certain`
    #[schema(value_type = String)]
    strength: customer::Strength,
    /// In what they are alike, Chinese.
    likeness: &'static str,
    /// The same in English.
    likeness_en: &'static str,
}

impl DuplicateItem {
    pub(crate) fn of(found: &customer::Match, known: &store::Known) -> DuplicateItem {
        DuplicateItem {
            id: known.id,
            number: known.number.clone(),
            name: known.name.clone(),
            owner: known.owner.clone().map(PersonName::of),
            strength: found.strength,
            likeness: found.likeness.words().0,
            likeness_en: found.likeness.words().1,
        }
    }
}

/// Words to choose from.
#[derive(Serialize, ToSchema)]
pub(crate) struct FilterWords {
    pub(crate) regions: Vec<String>,
    pub(crate) industries: Vec<String>,
    pub(crate) tiers: Vec<String>,
}
