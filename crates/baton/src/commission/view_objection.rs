//! What the browser sees of objections 异议视图.

use kernel::{CaseId, Fen, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use super::month::Month;
use crate::http::Money;
use crate::people::PersonName;

/// An objection that waits for an answer, or one that was accepted and is not put right yet.
#[derive(Serialize, ToSchema)]
pub(crate) struct ObjectionItem {
    #[schema(value_type = String)]
    pub(crate) month: Month,
    pub(crate) key: String,
    pub(crate) payee: Option<PersonName>,
    pub(crate) department: String,
    pub(crate) customer: Option<String>,
    /// Number of the receipt, invoice, order or contract behind the line.
    pub(crate) record: Option<String>,
    pub(crate) reason: String,
    /// What the line comes to now; absent where a later calculation took it away.
    #[schema(value_type = Option<Money>)]
    pub(crate) amount: Option<Fen>,
    /// What the payee claims, or what was granted him.
    #[schema(value_type = Option<Money>)]
    pub(crate) wanted: Option<Fen>,
    /// The file that came with it, by its number among the words.
    pub(crate) attachment: Option<i64>,
    #[schema(value_type = String)]
    pub(crate) at: Moment,
    /// Whole days since then.
    pub(crate) days: i64,
    /// Until when it is to be answered.
    #[schema(value_type = Option<String>)]
    pub(crate) due_at: Option<Moment>,
    pub(crate) overdue: bool,
    /// Whom it waits for: a person or an office; empty where nobody is asked.
    pub(crate) waits_zh: String,
    /// The same in English.
    pub(crate) waits_en: String,
    #[schema(value_type = Option<String>)]
    pub(crate) case_id: Option<CaseId>,
    /// Whether the caller may answer it: not his own.
    pub(crate) may_answer: bool,
}

/// Objections within the caller's reach.
#[derive(Serialize, ToSchema)]
pub(crate) struct ObjectionList {
    /// Those that wait for an answer, oldest first.
    pub(crate) items: Vec<ObjectionItem>,
    /// Accepted wholly or in part while the line still comes to what it was, closed months among
    /// them: the books are to be put right and the open month to be calculated again.
    pub(crate) to_correct: Vec<ObjectionItem>,
    /// How many of the first are over their time.
    pub(crate) overdue: usize,
}
