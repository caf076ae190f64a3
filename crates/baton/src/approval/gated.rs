//! Which acts wait for which flow 需审批的动作.

use std::pin::Pin;

use ::approval::fact::Facts;
use kernel::EmployeeId;
use serde_json::Value as Json;
use spine::{Failure, Reader};

/// What is asked of the approvers.
#[derive(Clone, Debug)]
pub struct Request {
    /// What lists call it.
    pub title: String,
    /// `customer/cus_…`
    pub subject: String,
    /// 当事人: whose interests it touches, such as the present owner.
    pub about: Option<EmployeeId>,
    /// What the flow must know.
    pub facts: Facts,
}

/// What reading a request gives; nothing when this one needs no approval.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Result<Option<Request>, Failure>> + Send + 'a>>;

/// One act that waits.
#[derive(Clone, Copy)]
pub struct Gated {
    /// [`spine::Act::NAME`]
    pub act: &'static str,
    /// Key of the flow.
    pub flow: &'static str,
    /// Tells the approvers what is asked, from the stored request.
    pub read: for<'a> fn(&'a mut Reader<'_>, &'a Json) -> Reading<'a>,
}

/// The acts that wait when a person asks for them. The system, and acts that are part of an
/// approved plan, do not wait a second time.
pub const ACTS: &[Gated] = &[];
