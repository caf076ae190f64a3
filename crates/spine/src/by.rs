//! Who acts 操作人.

use access::Actor;
use evidence::entry::Approval;
use kernel::EmployeeId;

/// Who performs an act, and how we know.
#[derive(Clone, Debug)]
pub struct By {
    /// The person with his rights; `None` for the system itself (a timer, an installation).
    pub actor: Option<Actor>,
    /// How the person was recognised: `password`, `job`, `install`.
    pub auth: String,
    /// Hash of the session, hex; empty for the system.
    pub session: String,
    /// The person for whom a stand-in acts.
    pub on_behalf_of: Option<EmployeeId>,
    /// Who had agreed that this is done, when the request waited for an approval.
    pub approvals: Vec<Approval>,
    /// Ties log lines, answers and entries of one request together.
    pub trace: String,
}

impl By {
    /// The system acts on its own, for this reason.
    #[must_use]
    pub fn system(why: &str) -> By {
        By {
            actor: None,
            auth: why.to_owned(),
            session: String::new(),
            on_behalf_of: None,
            approvals: Vec::new(),
            trace: String::new(),
        }
    }

    /// A person acts.
    #[must_use]
    pub fn person(actor: Actor, auth: &str, session: &str) -> By {
        By {
            actor: Some(actor),
            auth: auth.to_owned(),
            session: session.to_owned(),
            on_behalf_of: None,
            approvals: Vec::new(),
            trace: String::new(),
        }
    }

    /// The opaque id that stands in the evidence: the employee, else the login, else `system`.
    #[must_use]
    pub fn id(&self) -> String {
        match &self.actor {
            Some(actor) => actor
                .employee
                .map_or_else(|| actor.login.to_string(), |employee| employee.to_string()),
            None => "system".to_owned(),
        }
    }

    /// The employee who acts, if a person does.
    #[must_use]
    pub fn employee(&self) -> Option<EmployeeId> {
        self.actor.as_ref().and_then(|actor| actor.employee)
    }
}
