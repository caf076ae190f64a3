//! Puts a signature field into a document: on its page and into its form.

use crate::pdf::append::Update;
use crate::pdf::file::Pdf;
use crate::pdf::object::{Dict, Id, Object};
use crate::pdf::{tree, write};
use crate::trouble::{Outcome, unreadable};

/// A name for the next field that no field has.
pub(crate) fn free_name(pdf: &Pdf<'_>, wanted: &str) -> Outcome<String> {
    let taken: Vec<String> = tree::signature_fields(pdf)?
        .into_iter()
        .map(|field| field.name)
        .collect();
    let numbered = (1..).map(|number| format!("{wanted}{number}"));
    let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
    // Of as many candidates as there are names, and one more, one is free.
    let free = candidates.find(|name| !taken.contains(name));
    Ok(free.unwrap_or_default())
}

/// Appends the field to the page's annotations and to the form's fields.
pub(crate) fn place(
    pdf: &Pdf<'_>,
    update: &mut Update<'_, '_>,
    page: Id,
    field: Id,
) -> Outcome<()> {
    let node = pdf.get(page)?;
    let Some(dict) = node.dict() else {
        return Err(unreadable("页面损坏", "a broken page"));
    };
    let mut dict = dict.clone();
    let appended = append(pdf, update, dict.get("Annots"), field)?;
    if let Some(direct) = appended {
        dict.set("Annots", direct);
        update.put(page, write::body(&dict));
    }
    place_in_form(pdf, update, field)
}

fn place_in_form(pdf: &Pdf<'_>, update: &mut Update<'_, '_>, field: Id) -> Outcome<()> {
    let mut catalog = pdf.catalog()?;
    let own = catalog.reference("AcroForm");
    let mut form = pdf.dict(catalog.get("AcroForm"))?.unwrap_or_default();
    let mut changed = form.int("SigFlags") != Some(3);
    form.set("SigFlags", Object::Int(3));
    if let Some(direct) = append(pdf, update, form.get("Fields"), field)? {
        form.set("Fields", direct);
        changed = true;
    }
    match own {
        Some(id) if changed => update.put(id, write::body(&form)),
        Some(_) => {}
        None => {
            // In an object of its own, so that the next signature leaves the catalog alone.
            let id = update.add(write::body(&form));
            catalog.set("AcroForm", Object::Ref(id));
            update.put(pdf.root, write::body(&catalog));
        }
    }
    Ok(())
}

/// One more reference in an array. An array that is an object of its own is written anew there;
/// otherwise the new array is given back.
fn append(
    pdf: &Pdf<'_>,
    update: &mut Update<'_, '_>,
    old: Option<&Object>,
    one: Id,
) -> Outcome<Option<Object>> {
    let mut values = match pdf.follow(old)?.as_ref() {
        Object::Array(values) => values.clone(),
        Object::Null => Vec::new(),
        _ => return Err(unreadable("注释列表损坏", "a broken list of annotations")),
    };
    values.push(Object::Ref(one));
    match old {
        Some(Object::Ref(id)) if pdf.exists(id.number) => {
            let mut body = Vec::new();
            write::value(&mut body, &Object::Array(values));
            update.put(*id, body);
            Ok(None)
        }
        _ => Ok(Some(Object::Array(values))),
    }
}

/// The field merged with its widget. One that is not seen has an empty rectangle.
pub(crate) fn field(name: &str, page: Id, value: Id, seen: Option<([i64; 4], Id)>) -> Dict {
    let mut dict = Dict::default();
    dict.set("Type", Object::name("Annot"));
    dict.set("Subtype", Object::name("Widget"));
    dict.set("FT", Object::name("Sig"));
    dict.set("T", Object::text(name));
    dict.set("V", Object::Ref(value));
    dict.set("P", Object::Ref(page));
    // Printed, and not to be moved.
    dict.set("F", Object::Int(132));
    dict.set("Rect", Object::ints(&seen.map_or([0; 4], |(rect, _)| rect)));
    if let Some((_, appearance)) = seen {
        let mut normal = Dict::default();
        normal.set("N", Object::Ref(appearance));
        dict.set("AP", Object::Dict(normal));
    }
    dict
}
