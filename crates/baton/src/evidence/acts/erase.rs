//! What an entry says is erased on lawful demand 依法删除存证内容.

use ::evidence::entry::Entry;
use access::Need;
use kernel::{ContactId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::json;
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::record_audit::RecordAudit;
use crate::customer::acts::edit_contact::EditContact;
use crate::customer::store as customers;
use crate::{bounds, permissions, registry, told};

/// Erases the payload of one entry, and those of its items: sentences, details, values of rows;
/// with the edit of a contact also the telephone and e-mail that it replaced. Its hashed bytes, its
/// proof and its place stay, and whoever verifies learns that it was erased.
///
/// Personal Information Protection Law art. 47: on demand, or when the purpose is achieved or the
/// time of keeping has ended. What a law wants kept longer must not go: those who agree see to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Erase {
    /// Which entry.
    pub index: u64,
    /// By which law, or after which time of keeping.
    pub basis: String,
    /// The number of the demand, without a name: this is kept for ever.
    pub demand: String,
}

/// The entry, as far as its hashed bytes tell.
pub struct Facts {
    entry: Entry,
    erased: bool,
}

impl Erase {
    /// What can be said before anybody is asked to agree.
    ///
    /// # Errors
    /// A text is missing, there is nothing left to erase, or the entry is about an erasure itself.
    pub(crate) fn check(&self, facts: &Facts) -> Result<(), Refusal> {
        bounds::length("/basis", "法律依据", &self.basis, 2..=200)?;
        bounds::length("/demand", "请求书编号", &self.demand, 2..=200)?;
        let index = self.index;
        if [Erase::NAME, RecordAudit::NAME].contains(&facts.entry.act.as_str()) {
            return Err(Refusal::conflict(
                "evidence.kept",
                format!("第 {index} 条存证记录的是删除或审计本身，不含个人信息，不能删除"),
                format!("Entry {index} tells of an erasure or an audit and is kept"),
            ));
        }
        if facts.erased {
            return Err(Refusal::conflict(
                "evidence.erased",
                format!("第 {index} 条存证的内容已经删除"),
                format!("The content of entry {index} was erased already"),
            ));
        }
        Ok(())
    }

    /// What those who agree are shown.
    pub(crate) fn asked(&self, facts: &Facts) -> String {
        let act = registry::act(&facts.entry.act);
        let act = act.map_or(facts.entry.act.as_str(), |line| line.zh);
        told::OF_ERASURE.of(&[&self.index.to_string(), act])
    }
}

/// Whose telephone or e-mail the entry says was replaced.
fn edited_contact(entry: &Entry) -> Option<ContactId> {
    if entry.act != EditContact::NAME {
        return None;
    }
    let mut subjects = entry.subject.iter();
    subjects.find_map(|subject| subject.strip_prefix("contact/")?.parse().ok())
}

impl Act for Erase {
    // The audit knows it by this name, `spine::ERASE`.
    const NAME: &'static str = "evidence.erase";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let row = books.log_entry(self.index).await?;
        let row = row.ok_or_else(|| Denied::absent("evidence"))?;
        let entry = Entry::from_bytes(&row.entry);
        let entry = entry.map_err(|error| spine::Fault::new(error.to_string()))?;
        Ok(Facts {
            entry,
            erased: row.payload.is_none(),
        })
    }

    fn needs(&self, _: &Facts) -> Need {
        Need::on_everything(permissions::EVIDENCE_ERASE)
    }

    fn decide(&self, facts: &Facts, _: Moment) -> Result<(), Refusal> {
        self.check(facts)
    }

    async fn write(&self, facts: &Facts, (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        // Before the rows are noted anew, so that they are noted without it.
        if let Some(contact) = edited_contact(&facts.entry) {
            customers::forget_former(books, contact, facts.entry.at).await?;
        }
        books.erase(self.index).await?;
        Ok(())
    }

    /// It stands in the chain of what the entry spoke of, so that a bundle about that tells why
    /// something is missing.
    fn record(&self, facts: &Facts, (): &()) -> Record {
        let Erase {
            index,
            basis,
            demand,
        } = self;
        let (basis, demand) = (basis.trim(), demand.trim());
        let own = format!("log/{index}");
        let first = facts.entry.subject.first().cloned();
        Record::of(
            first.unwrap_or_else(|| own.clone()),
            format!("依法删除第 {index} 条存证的内容（依据：{basis}；请求：{demand}）"),
            format!("The content of entry {index} was erased by law ({basis}; {demand})"),
        )
        .why("erasure")
        .about(own)
        .detail(json!({ "index": index, "act": facts.entry.act, "basis": basis, "demand": demand }))
    }
}
