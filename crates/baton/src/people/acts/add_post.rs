//! A post is added 新建岗位.

use access::Need;
use kernel::{Moment, PostId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store::{self, Unique};
use crate::{bounds, permissions};

/// Adds a post that people can hold.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddPost {
    /// 1..=100 characters.
    pub name: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: PostId,
    taken: bool,
}

impl Act for AddPost {
    const NAME: &'static str = "people.add_post";
    type Facts = Facts;
    type Outcome = PostId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = PostId::mint(books.at(), books.dice());
        let taken = store::name_taken(books, Unique::Post, self.name.trim()).await?;
        Ok(Facts { fresh, taken })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<PostId, Refusal> {
        bounds::length("/name", "名称", &self.name, bounds::SHORT)?;
        if facts.taken {
            return Err(super::already("/name", "岗位", self.name.trim()));
        }
        Ok(facts.fresh)
    }

    async fn write(&self, _: &Facts, id: &PostId, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::add_post(books, *id, self.name.trim()).await?)
    }

    fn record(&self, _facts: &Facts, id: &PostId) -> Record {
        let name = self.name.trim();
        let (zh, en) = (
            format!("新建岗位「{name}」"),
            format!("Added the post {name}"),
        );
        Record::of(format!("post/{id}"), zh, en).detail(serde_json::json!({ "name": name }))
    }
}
