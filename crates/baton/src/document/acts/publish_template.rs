//! A template comes into force 启用模板.

use ::document::{Kind, Template};
use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::document::store;
use crate::permissions;

/// Documents of this kind are printed with this template from now on; those that exist stay as they
/// are. The program does it when it starts, after the template was tried out.
#[derive(Debug, Serialize, Deserialize)]
pub struct PublishTemplate {
    /// Of which kind.
    pub kind: Kind,
    /// Whether it is the company's own, not the one that is part of the program.
    pub own: bool,
    /// Typst source.
    pub text: String,
}

impl PublishTemplate {
    fn template(&self) -> Template {
        Template::own(self.kind, self.text.clone())
    }
}

impl Act for PublishTemplate {
    const NAME: &'static str = "document.publish_template";
    /// The version in force.
    type Facts = Option<String>;
    /// The new version.
    type Outcome = String;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Option<String>, Failure> {
        let known = store::template(books, self.kind).await?;
        Ok(known.map(|known| known.version))
    }

    fn needs(&self, _: &Option<String>) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, known: &Option<String>, _at: Moment) -> Result<String, Refusal> {
        let version = self.template().version;
        if known.as_ref() == Some(&version) {
            return Err(Refusal::conflict(
                "document.same_template",
                "该模板已经启用",
                "This template is in force already",
            ));
        }
        Ok(version)
    }

    async fn write(
        &self,
        _: &Option<String>,
        _: &String,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::add_template(books, &self.template(), self.own).await?)
    }

    fn record(&self, before: &Option<String>, version: &String) -> Record {
        let manifest = self.kind.manifest();
        let (zh, en) = if self.own {
            ("单位自定模板", "the company's own template")
        } else {
            ("内置模板", "the built-in template")
        };
        let short: String = version.chars().take(12).collect();
        Record::of(
            format!("template/{}", self.kind.word()),
            format!("《{}》启用{zh}，版本 {short}", manifest.zh),
            format!("{} uses {en}, version {short}", manifest.en),
        )
        .why("template")
        .detail(serde_json::json!({ "before": before, "version": version, "own": self.own }))
    }
}
