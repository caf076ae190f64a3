//! Pages and form fields.

use std::collections::BTreeSet;

use super::file::Pdf;
use super::limits;
use super::object::{Dict, Id, Object};
use crate::trouble::{Outcome, too_much, unreadable};

/// The pages in their order.
pub(crate) fn pages(pdf: &Pdf<'_>) -> Outcome<Vec<Id>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    // A stack instead of recursion: children are put on it in reverse.
    let mut ahead: Vec<Id> = pdf.catalog()?.reference("Pages").into_iter().collect();
    while let Some(id) = ahead.pop() {
        if !seen.insert(id.number) {
            return Err(unreadable("页面树循环", "a page tree in a circle"));
        }
        if seen.len() > limits::ITEMS {
            return Err(too_much("页面过多", "too many pages"));
        }
        let node = pdf.get(id)?;
        let Some(dict) = node.dict() else {
            return Err(unreadable("页面树损坏", "a broken page tree"));
        };
        if dict.is("Type", "Page") {
            found.push(id);
        } else {
            let kids = pdf.follow(dict.get("Kids"))?;
            let kids = kids.array().unwrap_or_default();
            ahead.extend(kids.iter().rev().filter_map(Object::reference));
        }
    }
    Ok(found)
}

/// A signature field.
pub(crate) struct Field {
    pub id: Id,
    pub dict: Dict,
    /// Its name, with those of its parents before it.
    pub name: String,
}

/// The signature fields of the form, in its order.
pub(crate) fn signature_fields(pdf: &Pdf<'_>) -> Outcome<Vec<Field>> {
    let catalog = pdf.catalog()?;
    let Some(form) = pdf.dict(catalog.get("AcroForm"))? else {
        return Ok(Vec::new());
    };
    let roots = pdf.follow(form.get("Fields"))?;
    let roots = roots.array().unwrap_or_default();
    let mut ahead: Vec<(Id, String)> = roots
        .iter()
        .rev()
        .filter_map(|field| Some((field.reference()?, String::new())))
        .collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while let Some((id, above)) = ahead.pop() {
        if !seen.insert(id.number) {
            return Err(unreadable("表单域循环", "form fields in a circle"));
        }
        if seen.len() > limits::ITEMS || found.len() > limits::SIGNATURES {
            return Err(too_much("表单域过多", "too many form fields"));
        }
        let node = pdf.get(id)?;
        let Some(dict) = node.dict() else {
            continue;
        };
        let own = match pdf.follow(dict.get("T"))?.as_ref() {
            Object::Text(bytes) => super::object::readable(bytes),
            _ => String::new(),
        };
        let name = match (above.is_empty(), own.is_empty()) {
            (true, _) => own,
            (_, true) => above,
            // A deep form must not grow names without end.
            _ => format!("{above}.{own}").chars().take(500).collect(),
        };
        if dict.is("FT", "Sig") {
            found.push(Field {
                id,
                dict: dict.clone(),
                name,
            });
        } else if let Some(kids) = pdf.follow(dict.get("Kids"))?.array() {
            let kids = kids.iter().rev().filter_map(Object::reference);
            ahead.extend(kids.map(|kid| (kid, name.clone())));
        }
    }
    Ok(found)
}
