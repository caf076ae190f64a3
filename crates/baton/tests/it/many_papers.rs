//! A departure with very many documents: every one is offered and goes along.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use ::evidence::verdict::Verdict;
use access::Need;
use baton::permissions;
use kernel::{DocumentId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use spine::{Act, Change, Failure, Reader, Record, Writer};

use crate::bundle::{Case, case, export, judged, keep, least, preview};
use crate::harness::{Company, World};

story!(every_document_of_a_departure_goes_out_however_many);

/// A document as if it had been issued; printing some hundred would take minutes.
#[derive(Debug, Serialize, Deserialize)]
struct Paper {
    departure: String,
    employee: EmployeeId,
    n: i64,
    /// What stands in the books as its size, when it is another.
    size: Option<i64>,
}

impl Paper {
    fn bytes(&self) -> Vec<u8> {
        format!("%PDF-1.7 第 {} 份", self.n).into_bytes()
    }
}

impl Act for Paper {
    const NAME: &'static str = "departure.record_check";
    type Facts = ();
    type Outcome = ();

    async fn load(&self, _: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn needs(&self, (): &()) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, (): &(), _: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, (): &(), (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        const ADD: Change = Change::new(
            "INSERT INTO document (id, kind, template, subject, title, file_name, digest, bytes, \
             issued_by, issued_at, number, employee_id, fields, code, because, pages, size, part) \
             VALUES ($1, 'customer_letter', '', $2, '客户告知函', 'x.pdf', $3, $4, 'system', $5, \
             $6, $7, '{}', '', '', 1, $8, '')",
        );
        let (at, bytes) = (books.at(), self.bytes());
        let id = DocumentId::mint(at, books.dice());
        let values = spine::binds![
            id,
            format!("departure/{}", self.departure),
            hex::encode(Sha256::digest(&bytes)),
            bytes.as_slice(),
            at,
            format!("GZ-{:04}", self.n),
            self.employee,
            self.size
                .unwrap_or(i64::try_from(bytes.len()).unwrap_or_default()),
        ];
        books.run(&ADD, values).await?;
        Ok(())
    }

    fn record(&self, (): &(), (): &()) -> Record {
        let subject = format!("departure/{}", self.departure);
        Record::of(subject, "出具客户告知函", "A letter was issued").document(Document {
            name: format!("GZ-{:04}", self.n),
            sha256: FileDigest::sha256(&self.bytes()),
            sm3: None,
        })
    }
}

/// All of them are offered and go along; more than a bundle can hold are refused in words, and
/// none is left out in silence.
async fn every_document_of_a_departure_goes_out_however_many(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let Case { departure, paper } = case(&world, &company).await;
    let letter = |n, size| Paper {
        departure: departure.clone(),
        employee: company.zhang.id,
        n,
        size,
    };
    for n in 0..520 {
        world.done(&letter(n, None)).await;
    }
    let seen = preview(&world, hr, &departure).await;
    let offered = seen["documents"].as_array().expect("documents");
    assert_eq!(offered.len(), 521);
    let numbers: Vec<&str> = offered
        .iter()
        .filter_map(|one| one["number"].as_str())
        .collect();
    assert!(numbers.contains(&"GZ-0000") && numbers.contains(&"GZ-0519"));
    let all: Vec<&str> = offered
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert!(all.contains(&paper.as_str()));
    let (_, bytes) = export(&world, hr, &departure, least(&seen, &all)).await;
    let kept = keep(&world, &bytes);
    let (verdict, said) = judged(&world, &kept);
    assert!(verdict <= Verdict::Incomplete, "{said}");
    let inside = String::from_utf8_lossy(&bytes);
    assert_eq!(inside.matches("%PDF-1.7 第 ").count(), 520);

    // What does not fit is refused in words, before its bytes are read.
    world.done(&letter(520, Some(300_000_000))).await;
    let seen = preview(&world, hr, &departure).await;
    let offered = seen["documents"].as_array().expect("documents");
    let all: Vec<&str> = offered
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    let path = format!("/departures/{departure}/bundles");
    let refused = world.post(hr, &path, least(&seen, &all)).await;
    assert_eq!(refused.status.as_u16(), 409, "{}", refused.body);
    assert_eq!(refused.body["code"], "bundle.too_large", "{}", refused.body);
}
