//! What is needed to check a document in ten years: certificates, lists, answers 长期验证资料.
//!
//! PAdES B-LT puts them into the document itself (ISO 32000-2, 12.8.4.3, the document security
//! store), as one more addition that signatures allow.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Refusal;

use crate::asn1::{self, SEQUENCE};
use crate::certificate::Certificate;
use crate::pdf::append::Update;
use crate::pdf::file::Pdf;
use crate::pdf::object::{Dict, Object};
use crate::pdf::{filter, limits, write};
use crate::revocation;
use crate::trouble::{Outcome, malformed, too_much, unreadable};

/// Most pieces of each kind.
const MOST: usize = 256;

/// Everything about the certificates of a document. DER throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValidationData {
    /// Certificates of signers, timestamp authorities and their issuers.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists.
    pub lists: Vec<Vec<u8>>,
    /// OCSP answers.
    pub answers: Vec<Vec<u8>>,
}

impl ValidationData {
    fn kinds(&self) -> [(&'static str, &Vec<Vec<u8>>); 3] {
        [
            ("Certs", &self.certificates),
            ("CRLs", &self.lists),
            ("OCSPs", &self.answers),
        ]
    }
}

/// Reads all revocation lists of a PEM file (`X509 CRL`), or the one of a DER file.
///
/// # Errors
/// None is found, or one of them is broken.
pub fn read_lists(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Refusal> {
    const BEGIN: &str = "-----BEGIN X509 CRL-----";
    const END: &str = "-----END X509 CRL-----";
    let wrong = || malformed("吊销列表", "a file of revocation lists");
    let mut lists = Vec::new();
    if bytes.first() == Some(&SEQUENCE) {
        lists.push(bytes.to_vec());
    } else {
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
        for part in text.split(BEGIN).skip(1) {
            let (inside, _) = part.split_once(END).ok_or_else(wrong)?;
            let plain: String = inside.split_whitespace().collect();
            lists.push(STANDARD.decode(plain).map_err(|_| wrong())?);
        }
    }
    if lists.is_empty() {
        return Err(wrong());
    }
    for list in &lists {
        revocation::look_at(list, true)?;
    }
    Ok(lists)
}

/// Adds the data; what is there already is not added twice.
///
/// # Errors
/// The PDF cannot be read without guessing, or a piece is not what it should be.
pub fn add(pdf: &[u8], data: &ValidationData) -> Result<Vec<u8>, Refusal> {
    for certificate in &data.certificates {
        Certificate::read(certificate)?;
    }
    for (list, is_list) in data
        .lists
        .iter()
        .map(|list| (list, true))
        .chain(data.answers.iter().map(|answer| (answer, false)))
    {
        revocation::look_at(list, is_list)?;
    }
    let pdf = Pdf::open(pdf)?;
    let there = read(&pdf)?;
    let mut catalog = pdf.catalog()?;
    let mut store = pdf.dict(catalog.get("DSS"))?.unwrap_or_default();
    store.set("Type", Object::name("DSS"));
    let mut update = Update::of(&pdf);
    for ((key, new), (_, old)) in data.kinds().into_iter().zip(there.kinds()) {
        let mut list = match pdf.follow(store.get(key))?.as_ref() {
            Object::Array(values) => values.clone(),
            _ => Vec::new(),
        };
        let mut added: Vec<&Vec<u8>> = Vec::new();
        for piece in new {
            if !old.contains(piece) && !added.contains(&piece) {
                list.push(Object::Ref(
                    update.add(write::stream(Dict::default(), piece)),
                ));
                added.push(piece);
            }
        }
        if list.len() > MOST {
            return Err(too_much("验证资料过多", "too much validation data"));
        }
        if !list.is_empty() {
            store.set(key, Object::Array(list));
        }
    }
    match catalog.reference("DSS") {
        Some(id) => update.put(id, write::body(&store)),
        None => {
            let id = update.add(write::body(&store));
            catalog.set("DSS", Object::Ref(id));
            update.put(pdf.root, write::body(&catalog));
        }
    }
    Ok(update.finish()?.bytes)
}

/// Keys of the store, and of what it says of single signatures (ISO 32000-2, 12.8.4.3).
const STORE_KEYS: [&str; 5] = ["Type", "Certs", "CRLs", "OCSPs", "VRI"];
const ONE_KEYS: [&str; 6] = ["Type", "Cert", "CRL", "OCSP", "TU", "TS"];

fn has_only(dict: &Dict, keys: &[&str]) -> bool {
    let known = |key: &[u8]| keys.iter().any(|one| one.as_bytes() == key);
    dict.0.keys().all(|key| known(key))
}

/// Whether the store holds what it is for and nothing else: certificates, lists and answers in DER.
pub(crate) fn is_whole(pdf: &Pdf<'_>) -> Outcome<bool> {
    let Some(store) = pdf.dict(pdf.catalog()?.get("DSS"))? else {
        return Ok(true);
    };
    let data = read(pdf)?;
    let mut pieces = data.kinds().into_iter().flat_map(|(_, pieces)| pieces);
    if !has_only(&store, &STORE_KEYS) || !pieces.all(|one| asn1::only(one, SEQUENCE).is_ok()) {
        return Ok(false);
    }
    match pdf.follow(store.get("VRI"))?.as_ref() {
        Object::Null => Ok(true),
        Object::Dict(each) => {
            for one in each.0.values() {
                let one = pdf.dict(Some(one))?;
                if !one.is_some_and(|one| has_only(&one, &ONE_KEYS)) {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// The data a document carries.
pub(crate) fn read(pdf: &Pdf<'_>) -> Outcome<ValidationData> {
    let mut data = ValidationData::default();
    let Some(store) = pdf.dict(pdf.catalog()?.get("DSS"))? else {
        return Ok(data);
    };
    let mut budget = limits::UNFOLDED;
    for (key, into) in [
        ("Certs", &mut data.certificates),
        ("CRLs", &mut data.lists),
        ("OCSPs", &mut data.answers),
    ] {
        let list = pdf.follow(store.get(key))?;
        let list = list.array().unwrap_or_default();
        if list.len() > MOST {
            return Err(too_much("验证资料过多", "too much validation data"));
        }
        for one in list {
            let Object::Stream(dict, range) = pdf.follow(Some(one))?.as_ref().clone() else {
                return Err(unreadable("验证资料损坏", "broken validation data"));
            };
            let bytes = filter::unfold(&dict, &pdf.bytes[range], budget)?;
            budget -= bytes.len();
            into.push(bytes);
        }
    }
    Ok(data)
}
