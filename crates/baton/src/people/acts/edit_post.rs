//! A post is called otherwise 修改岗位.

use access::Need;
use kernel::{Moment, PostId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions, seen};

/// Renames a post for all who hold it. Papers that were issued stay as they are.
#[derive(Debug, Serialize, Deserialize)]
pub struct EditPost {
    /// Which.
    pub post: PostId,
    /// 1..=100 characters.
    pub name: String,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    before: String,
    /// Another post has the name.
    taken: bool,
}

impl Act for EditPost {
    const NAME: &'static str = "people.edit_post";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let all = store::posts(books).await?;
        let name = self.name.trim();
        let taken = all
            .iter()
            .any(|(id, other)| *id != self.post && other == name);
        let before = all.into_iter().find(|(id, _)| *id == self.post);
        Ok(Facts {
            before: before.ok_or_else(|| Denied::absent("post"))?.1,
            taken,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        let (version, zh) = (
            store::post_version(&facts.before),
            format!("岗位「{}」", facts.before),
        );
        seen::check(self.seen.as_deref(), &version, (&zh, "The post"))?;
        bounds::length("/name", "名称", &self.name, bounds::SHORT)?;
        if facts.taken {
            return Err(super::already("/name", "岗位", self.name.trim()));
        }
        if facts.before == self.name.trim() {
            let zh = "岗位名称没有变化";
            return Err(Refusal::conflict(
                "people.same_post",
                zh,
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_post(books, self.post, self.name.trim()).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (old, new) = (&facts.before, self.name.trim());
        Record::of(
            format!("post/{}", self.post),
            format!("岗位「{old}」更名为「{new}」"),
            format!("The post {old} is now called {new}"),
        )
        .detail(serde_json::json!({ "before": old, "after": new }))
    }
}
