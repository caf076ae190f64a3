//! The unit of change 业务动作.

use std::any::Any;
use std::pin::Pin;

use access::Need;
use evidence::entry::{Approval, Document};
use kernel::{Moment, Refusal};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::bulk::Bulk;
use crate::perform::Stage;
use crate::{Failure, Reader, Writer};

/// One business act 业务动作. Everything that changes the books is one of these.
///
/// An act is a request that can be stored (it is serialised when an approval must come first) and
/// carried out later: then its facts are loaded and its rules decided afresh.
pub trait Act: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Noun and verb: `customer.hand_over`.
    const NAME: &'static str;
    /// Whether its record tells of what was found while it wrote, and not of facts and outcome
    /// alone. Else the record is made first, and where its chain ends is asked meanwhile.
    const RECORDS_WHAT_IT_WROTE: bool = false;
    /// What the decision needs to know.
    type Facts: Send + Sync;
    /// What was decided; also the stored answer for a repeated request.
    type Outcome: Serialize + DeserializeOwned + Send + Sync + 'static;

    /// The things that other acts must not touch meanwhile. The default serialises all acts, as
    /// SQLite does; a hot act names its own subject instead.
    fn guards(&self) -> Vec<String> {
        vec!["books".to_owned()]
    }

    /// Reads the facts.
    fn load(
        &self,
        books: &mut Reader<'_>,
    ) -> impl Future<Output = Result<Self::Facts, Failure>> + Send;

    /// The permission on a resource that the caller must hold.
    fn needs(&self, facts: &Self::Facts) -> Need;

    /// The rules, pure.
    ///
    /// # Errors
    /// [`Refusal`] in words a person can act on.
    fn decide(&self, facts: &Self::Facts, at: Moment) -> Result<Self::Outcome, Refusal>;

    /// Writes what was decided.
    fn write(
        &self,
        facts: &Self::Facts,
        outcome: &Self::Outcome,
        books: &mut Writer<'_>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// What is written as proof.
    fn record(&self, facts: &Self::Facts, outcome: &Self::Outcome) -> Record;

    /// Acts that belong to this one: same transaction, in this order, each with its own entry,
    /// under the authority of this one.
    fn then(&self, _facts: &Self::Facts, _outcome: &Self::Outcome) -> Vec<Box<dyn AnyAct>> {
        Vec::new()
    }
}

/// What an act says about itself in the evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The things it is about, `customer/cus_…`; the first one's chain it continues.
    pub subject: Vec<String>,
    /// A short reason code without personal data.
    pub why: String,
    /// One Chinese sentence; kept in the payload, outside the tree.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Before, after and whatever else tells the story; integers only, kept in the payload.
    pub detail: Json,
    /// One item for each thing a bulk act touched.
    pub items: Vec<Item>,
    /// The same for very many things; an act has the one or the other.
    pub bulk: Option<Bulk>,
    /// Who had agreed to it. Who agreed to the request as such stands in [`crate::By::approvals`].
    pub approvals: Vec<Approval>,
    /// Documents that belong to it, by their digests.
    pub docs: Vec<Document>,
}

/// One thing out of many that a bulk act touched; can be proved without showing the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `customer/cus_…`; the item continues its chain.
    pub subject: String,
    /// What happened to it.
    pub detail: Json,
}

impl Record {
    /// A record about one thing.
    #[must_use]
    pub fn of(subject: String, zh: impl Into<String>, en: impl Into<String>) -> Record {
        Record {
            subject: vec![subject],
            zh: zh.into(),
            en: en.into(),
            ..Record::default()
        }
    }

    /// Whether another one says the same; items that are made one by one are not looked at.
    pub(crate) fn says_what(&self, other: &Record) -> bool {
        let without = |record: &Record| Record {
            bulk: None,
            ..record.clone()
        };
        without(self) == without(other) && self.bulk.is_some() == other.bulk.is_some()
    }

    /// Adds the reason code.
    #[must_use]
    pub fn why(mut self, why: &str) -> Record {
        why.clone_into(&mut self.why);
        self
    }

    /// Adds another thing that is mentioned.
    #[must_use]
    pub fn about(mut self, subject: String) -> Record {
        self.subject.push(subject);
        self
    }

    /// Adds the story.
    #[must_use]
    pub fn detail(mut self, detail: Json) -> Record {
        self.detail = detail;
        self
    }

    /// Adds the items of a bulk act.
    #[must_use]
    pub fn items(mut self, items: Vec<Item>) -> Record {
        self.items = items;
        self
    }

    /// Adds the items of an act over very many things; without any it is a plain act.
    #[must_use]
    pub fn bulk(mut self, bulk: Bulk) -> Record {
        self.bulk = Some(bulk).filter(|bulk| bulk.0.count() > 0);
        self
    }

    /// Adds who had agreed.
    #[must_use]
    pub fn agreed(mut self, approvals: Vec<Approval>) -> Record {
        self.approvals.extend(approvals);
        self
    }

    /// Adds a document that belongs to it.
    #[must_use]
    pub fn document(mut self, document: Document) -> Record {
        self.docs.push(document);
        self
    }
}

pub(crate) type Rehearsing<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;
pub(crate) type Running<'a> =
    Pin<Box<dyn Future<Output = Result<Box<dyn Any + Send>, Failure>> + Send + 'a>>;

/// An act whose type is not known here: a part of a composite act, or a stored request.
pub trait AnyAct: Send + Sync {
    /// See [`Act::NAME`].
    fn name(&self) -> &'static str;
    /// See [`Act::guards`].
    fn guards(&self) -> Vec<String>;
    /// The request as JSON.
    ///
    /// # Errors
    /// Never for the acts of this house; kept for the serialiser's sake.
    fn body(&self) -> Result<Json, serde_json::Error>;
    /// Loads, authorises and decides on a stage that only `perform` can build; writes nothing.
    #[doc(hidden)]
    fn rehearse<'a>(&'a self, stage: &'a mut Stage<'_>) -> Rehearsing<'a>;
    /// Runs on a stage that only `perform` can build.
    #[doc(hidden)]
    fn run<'a>(&'a self, stage: &'a mut Stage<'_>) -> Running<'a>;
}

impl<A: Act> AnyAct for A {
    fn name(&self) -> &'static str {
        A::NAME
    }

    fn guards(&self) -> Vec<String> {
        Act::guards(self)
    }

    fn body(&self) -> Result<Json, serde_json::Error> {
        serde_json::to_value(self)
    }

    fn rehearse<'a>(&'a self, stage: &'a mut Stage<'_>) -> Rehearsing<'a> {
        Box::pin(stage.rehearse(self))
    }

    fn run<'a>(&'a self, stage: &'a mut Stage<'_>) -> Running<'a> {
        Box::pin(async move {
            let outcome = stage.run(self).await?;
            Ok(Box::new(outcome) as Box<dyn Any + Send>)
        })
    }
}
