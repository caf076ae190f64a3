//! Where an approval may hold an act back 审批关口.

use std::pin::Pin;

use serde_json::Value as Json;

use crate::{By, Failure, Record, Writer};

/// What the gate answers.
pub enum GateAnswer {
    /// Go on.
    Open,
    /// A request was filed under this case; the act will be performed when it is approved.
    Held {
        /// The id of the case.
        case: String,
        /// What is written as proof of the request.
        record: Box<Record>,
    },
}

/// An act before its decision, as the gate sees it.
pub struct Held<'a> {
    /// [`crate::Act::NAME`]
    pub name: &'static str,
    /// The request, to be performed later.
    pub body: &'a Json,
    /// Who asks.
    pub by: &'a By,
}

/// Decides whether an act must wait for an approval. Knows acts by name only.
pub trait Gate: Send + Sync {
    /// Looks at one act inside its transaction; may file the request through the writer.
    fn ask<'a>(
        &'a self,
        held: Held<'a>,
        books: &'a mut Writer<'_>,
    ) -> Pin<Box<dyn Future<Output = Result<GateAnswer, Failure>> + Send + 'a>>;
}

/// A gate that never holds anything.
pub struct OpenGate;

impl Gate for OpenGate {
    fn ask<'a>(
        &'a self,
        _held: Held<'a>,
        _books: &'a mut Writer<'_>,
    ) -> Pin<Box<dyn Future<Output = Result<GateAnswer, Failure>> + Send + 'a>> {
        Box::pin(async { Ok(GateAnswer::Open) })
    }
}
