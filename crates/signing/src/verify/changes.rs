//! What was added between two revisions of a file, and whether signatures allow it.
//!
//! Both revisions are compared object by object. Whatever is not on the short list of allowed
//! changes is forbidden, whether it can be seen or not: the list is what one can reason about.

use std::collections::BTreeSet;

use super::{Change, permission};
use crate::pdf::file::Pdf;
use crate::pdf::object::{Dict, Id, Object};
use crate::pdf::tree::{self, Field};
use crate::trouble::Outcome;
use crate::validation;

/// Keys a signature field may have. No actions, no parents, no kids.
const FIELD_KEYS: [&str; 16] = [
    "Type", "Subtype", "FT", "T", "V", "P", "F", "Rect", "AP", "MK", "BS", "Ff", "DA", "TU",
    "Lock", "SV",
];

struct Comparison<'c, 'a> {
    old: &'c Pdf<'a>,
    new: &'c Pdf<'a>,
    /// Numbers of new signature fields that are as they should be.
    fields: BTreeSet<u32>,
    /// Pages of the old revision.
    pages: Vec<Id>,
    /// What the old revision reaches through its validation data alone, once asked for.
    data: Option<BTreeSet<u32>>,
    found: Vec<Change>,
}

/// Most changed objects that are judged one by one; more are forbidden altogether.
const MOST_CHANGES: usize = 500;

pub(super) fn between(old: &Pdf<'_>, new: &Pdf<'_>) -> Outcome<Vec<Change>> {
    let mut comparison = Comparison {
        old,
        new,
        fields: BTreeSet::new(),
        pages: tree::pages(old)?,
        data: None,
        found: Vec::new(),
    };
    comparison.new_fields()?;
    comparison.whole()?;
    comparison.objects()?;
    Ok(comparison.found)
}

impl Comparison<'_, '_> {
    fn forbid(&mut self, object: u32, zh: &str, en: &str) {
        let (zh, en) = (zh.to_owned(), en.to_owned());
        self.found.push(Change::Forbidden { object, zh, en });
    }

    /// Signature fields that the old revision does not have.
    fn new_fields(&mut self) -> Outcome<()> {
        let before: BTreeSet<u32> = tree::signature_fields(self.old)?
            .iter()
            .map(|field| field.id.number)
            .collect();
        let closed = permission(self.old)? == Some(1);
        for field in tree::signature_fields(self.new)? {
            if before.contains(&field.id.number) {
                continue;
            }
            let number = field.id.number;
            if self.old.exists(number) || !self.is_plain_field(&field)? {
                self.forbid(
                    number,
                    "追加的签名域含有不允许的内容",
                    "an unusual signature field",
                );
                continue;
            }
            let change = self.field_change(&field)?;
            if closed && !matches!(change, Change::TimestampAdded { .. }) {
                self.forbid(
                    number,
                    "认证签名不允许再签署",
                    "a certifying signature forbids it",
                );
                continue;
            }
            self.fields.insert(number);
            self.found.push(change);
        }
        Ok(())
    }

    fn is_plain_field(&self, field: &Field) -> Outcome<bool> {
        let keys = field.dict.0.keys();
        let mut keys = keys.map(|key| String::from_utf8_lossy(key).into_owned());
        let plain = keys.all(|key| FIELD_KEYS.contains(&key.as_str()));
        let value = match field.dict.get("V") {
            None => true,
            Some(Object::Ref(id)) => self.is_new_signature(*id)?,
            Some(_) => false,
        };
        Ok(plain && value && field.dict.is("Subtype", "Widget"))
    }

    fn is_new_signature(&self, id: Id) -> Outcome<bool> {
        let value = self.new.get(id)?;
        let is_signature = value
            .dict()
            .is_some_and(|dict| dict.get("ByteRange").is_some());
        Ok(!self.old.exists(id.number) && is_signature)
    }

    fn field_change(&self, field: &Field) -> Outcome<Change> {
        let value = self.new.dict(field.dict.get("V"))?.unwrap_or_default();
        let name = field.name.clone();
        if value.is("SubFilter", "ETSI.RFC3161") {
            return Ok(Change::TimestampAdded { field: name });
        }
        let rectangle = self.new.follow(field.dict.get("Rect"))?;
        let numbers = rectangle.array().unwrap_or_default();
        let nothing = |value: &Object| *value == Object::Int(0);
        let mut seen = None;
        if !numbers.iter().all(nothing) && field.dict.get("AP").is_some() {
            let page = field.dict.reference("P");
            let pages = tree::pages(self.new)?;
            let page = pages.iter().position(|one| Some(*one) == page);
            let mut text = Vec::new();
            crate::pdf::write::value(&mut text, &rectangle);
            let text: String = String::from_utf8_lossy(&text).chars().take(100).collect();
            seen = Some((page.map_or(0, |page| page + 1), text));
        }
        Ok(Change::SignatureAdded { field: name, seen })
    }

    /// What stands in no object.
    fn whole(&mut self) -> Outcome<()> {
        let trailer = |pdf: &Pdf<'_>, key| pdf.xref.trailer.get(key).cloned();
        if self.old.root != self.new.root {
            self.forbid(self.new.root.number, "目录对象被替换", "another catalog");
        }
        if trailer(self.old, "Info") != trailer(self.new, "Info") {
            self.forbid(0, "文件信息被替换", "other document information");
        }
        // Also where the store itself is no change of the catalog, it is one of the document.
        let store = |pdf: &Pdf<'_>| pdf.dict(pdf.catalog()?.get("DSS"));
        let (old, new) = (store(self.old)?, store(self.new)?);
        if old.is_some() && new.is_none() {
            self.forbid(
                self.new.root.number,
                "验证资料被移除",
                "validation data was removed",
            );
        } else if old != new {
            if !validation::is_whole(self.new)? {
                let root = self.new.root.number;
                self.forbid(root, "验证资料中夹带其他内容", "odd validation data");
                return Ok(());
            }
            self.found.push(Change::ValidationDataAdded);
        }
        Ok(())
    }

    /// Every object that was there before; and those that were spoken of before and only exist now.
    fn objects(&mut self) -> Outcome<()> {
        let mut spoken_of = BTreeSet::new();
        let mut changed = 0;
        for (number, place) in &self.old.xref.places {
            if !self.old.exists(*number) {
                continue;
            }
            let id = Id {
                number: *number,
                generation: 0,
            };
            let old = self.old.get(id)?;
            let mut references = Vec::new();
            old.references(&mut references);
            spoken_of.extend(references.iter().map(|id| id.number));
            if self.new.xref.places.get(number) == Some(place) {
                continue;
            }
            let new = self.new.get(id)?;
            if self.is_same(&old, &new) {
                continue;
            }
            changed += 1;
            if changed > MOST_CHANGES {
                self.forbid(*number, "改动的对象过多", "too many objects were changed");
                return Ok(());
            }
            self.judge(*number, &old, &new)?;
        }
        for number in spoken_of {
            if !self.old.exists(number) && self.new.exists(number) && changed <= MOST_CHANGES {
                changed += 1;
                self.forbid(
                    number,
                    "补入了原先引用而不存在的对象",
                    "a missing object came up",
                );
            }
        }
        Ok(())
    }

    fn is_same(&self, old: &Object, new: &Object) -> bool {
        match (old, new) {
            (Object::Stream(one, a), Object::Stream(other, b)) => {
                one == other && self.old.bytes[a.clone()] == self.new.bytes[b.clone()]
            }
            (one, other) => one == other,
        }
    }

    /// An object that is not what it was.
    fn judge(&mut self, number: u32, old: &Object, new: &Object) -> Outcome<()> {
        let catalog = self.old.catalog()?;
        let form = self.old.dict(catalog.get("AcroForm"))?.unwrap_or_default();
        let is = |id: Option<Id>| id.is_some_and(|id| id.number == number);
        let allowed = if number == self.old.root.number {
            self.is_catalog_allowed(old, new)?
        } else if is(catalog.reference("AcroForm")) {
            self.is_form_allowed(old.dict(), new.dict())?
        } else if is(form.reference("Fields")) {
            self.is_list_allowed(old, new)
        } else if let Some(allowed) = self.is_page_allowed(number, old, new)? {
            allowed
        } else if let Some(allowed) = self.is_field_allowed(number, old, new)? {
            allowed
        } else {
            self.is_validation_data(number)?
        };
        if !allowed {
            self.forbid(number, "已签署的内容被替换", "signed content was replaced");
        }
        Ok(())
    }

    fn is_catalog_allowed(&self, old: &Object, new: &Object) -> Outcome<bool> {
        let (Some(old), Some(new)) = (old.dict(), new.dict()) else {
            return Ok(false);
        };
        let before = self.old.dict(old.get("AcroForm"))?;
        let after = self.new.dict(new.get("AcroForm"))?;
        let form = match (&before, &after) {
            (None, None) => true,
            _ => self.is_form_allowed(before.as_ref(), after.as_ref())?,
        };
        Ok(form && old.equal_but(new, &["AcroForm", "DSS"]))
    }

    fn is_form_allowed(&self, old: Option<&Dict>, new: Option<&Dict>) -> Outcome<bool> {
        let Some(new) = new else {
            return Ok(false);
        };
        let nothing = Dict::default();
        let fields = |pdf: &Pdf<'_>, form: &Dict| pdf.follow(form.get("Fields"));
        let old_fields = fields(self.old, old.unwrap_or(&nothing))?;
        let list = self.is_list_allowed(&old_fields, &*fields(self.new, new)?);
        let rest = match old {
            Some(old) => old.equal_but(new, &["Fields", "SigFlags"]),
            None => nothing.equal_but(new, &["Fields", "SigFlags", "DA", "DR"]),
        };
        Ok(list && rest)
    }

    /// The old list, and behind it nothing but new signature fields.
    fn is_list_allowed(&self, old: &Object, new: &Object) -> bool {
        if old == new {
            return true;
        }
        let old = old.array().unwrap_or_default();
        let Some(added) = new.array().and_then(|new| new.strip_prefix(old)) else {
            return false;
        };
        added.iter().all(|one| match one {
            Object::Ref(id) => self.fields.contains(&id.number),
            _ => false,
        })
    }

    /// `None` when it is neither a page nor the list of a page's annotations.
    fn is_page_allowed(&self, number: u32, old: &Object, new: &Object) -> Outcome<Option<bool>> {
        for page in self.pages.clone() {
            if page.number == number {
                let (Some(old), Some(new)) = (old.dict(), new.dict()) else {
                    return Ok(Some(false));
                };
                let before = self.old.follow(old.get("Annots"))?;
                let after = self.new.follow(new.get("Annots"))?;
                let same = old.equal_but(new, &["Annots"]);
                return Ok(Some(same && self.is_list_allowed(&before, &after)));
            }
            let dict = self.old.get(page)?;
            let list = dict.dict().and_then(|dict| dict.reference("Annots"));
            if list.is_some_and(|list| list.number == number) {
                return Ok(Some(self.is_list_allowed(old, new)));
            }
        }
        Ok(None)
    }

    /// A field that waited may be signed; `None` when it is no such field.
    fn is_field_allowed(
        &mut self,
        number: u32,
        old: &Object,
        new: &Object,
    ) -> Outcome<Option<bool>> {
        let fields = tree::signature_fields(self.old)?;
        let Some(field) = fields.iter().find(|field| field.id.number == number) else {
            return Ok(None);
        };
        let (Some(old), Some(new)) = (old.dict(), new.dict()) else {
            return Ok(Some(false));
        };
        let signature = match new.get("V") {
            Some(Object::Ref(id)) => self.is_new_signature(*id)?,
            _ => false,
        };
        let open = old.get("V").is_none() && permission(self.old)? != Some(1);
        let allowed = open && signature && old.equal_but(new, &["V", "AP"]);
        if allowed {
            let field = field.name.clone();
            self.found.push(Change::FieldSigned { field });
        }
        Ok(Some(allowed))
    }

    /// Whether the old document reaches the object through its validation data and not otherwise.
    fn is_validation_data(&mut self, number: u32) -> Outcome<bool> {
        if let Some(data) = &self.data {
            return Ok(data.contains(&number));
        }
        let mut catalog = self.old.catalog()?;
        let mut within = Vec::new();
        if let Some(store) = catalog.0.remove(b"DSS".as_slice()) {
            store.references(&mut within);
        }
        let mut elsewhere = Vec::new();
        Object::Dict(catalog).references(&mut elsewhere);
        elsewhere.extend(self.old.xref.trailer.reference("Info"));
        let elsewhere = self.reach(elsewhere)?;
        let data: BTreeSet<u32> = self
            .reach(within)?
            .difference(&elsewhere)
            .copied()
            .collect();
        let is = data.contains(&number);
        self.data = Some(data);
        Ok(is)
    }

    fn reach(&self, mut ahead: Vec<Id>) -> Outcome<BTreeSet<u32>> {
        let mut seen = BTreeSet::new();
        while let Some(id) = ahead.pop() {
            // The catalog would lead everywhere again.
            if id.number != self.old.root.number && seen.insert(id.number) {
                self.old.get(id)?.references(&mut ahead);
            }
        }
        Ok(seen)
    }
}
