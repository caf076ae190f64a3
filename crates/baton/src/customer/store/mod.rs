//! SQL of the customer tables 客户存取.

mod assignment;
mod attached;
mod former;
mod list;
pub mod load;
pub(crate) mod move_many;
mod opportunities;
mod read;
pub(crate) mod stretches;
pub(crate) mod unload;
mod ways;
mod write;

pub(crate) use assignment::{
    AssignmentLine, Seat, SeatLine, add_assignment, assignment_lines, count_owned, push_own,
    reason_word, seat_change, seat_lines, seats_on, set_owner, timeline,
};
pub(crate) use attached::{
    Contact, FollowUp, FollowUpLine, Opportunity, add_contact, add_follow_up, add_opportunity,
    contacts_of, find_contact, find_opportunity, follow_ups_of, next_days, open_duties,
    opportunities_of, opportunity_words, pass_duties, pass_opportunities, set_contact, set_stage,
};
pub use former::Former;
pub(crate) use former::{add_former, forget_former, formers_of};
pub(crate) use list::{CustomerFilter, CustomerLine, Place, Sort, customers, filter_words};
pub(crate) use opportunities::{OpportunityFilter, OpportunityLine, opportunities};
pub(crate) use read::{
    Customer, KEPT, Known, bearer_family, family, find_customer, find_customer_by_number,
    identities_like, merged_into, names_of, of_cores,
};
pub use ways::KnownWords;
use write::{ADD_TERM, drop_terms, next_term_no};
pub(crate) use write::{NewCustomer, add_customer, edit_customer, merge, touch};
