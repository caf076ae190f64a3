//! What is asked for in a case 申请内容.

use ::approval::fact::{Value, people_in};
use serde::Serialize;
use utoipa::ToSchema;

use super::casefile::CaseFile;

/// One thing that was asked for, as whoever agrees must know it.
#[derive(Serialize, ToSchema)]
pub(crate) struct TermView {
    key: String,
    /// What the flow calls it.
    title: String,
    value: String,
}

/// What stays as it was asked for: whoever agrees, agrees to this.
pub(super) fn terms_of(file: &CaseFile) -> Vec<TermView> {
    let facts = &file.case.state.facts;
    let mut told: Vec<TermView> = Vec::new();
    for decl in file.flow.facts.iter().filter(|decl| decl.fixed) {
        let value = match facts.get(&decl.key) {
            Some(_) if decl.is_people() => {
                let people = people_in(facts, &decl.key).into_iter();
                let called: Vec<String> = people.map(|id| file.company.called(id)).collect();
                called.join("、")
            }
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Money(money)) => format!("{} 元", money.to_plain()),
            // Flags and lists of ids are for conditions, not for people.
            Some(Value::Flag(_) | Value::List(_)) | None => continue,
        };
        // Two facts may name the same person.
        if !value.is_empty() && told.iter().all(|other| other.value != value) {
            let (key, title) = (decl.key.clone(), decl.title.clone());
            told.push(TermView { key, title, value });
        }
    }
    told
}
