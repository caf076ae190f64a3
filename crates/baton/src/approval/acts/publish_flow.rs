//! A process definition is published 发布流程.

use ::approval::def::{Def, Node};
use ::approval::shipped;
use ::approval::validate;
use access::Need;
use kernel::{FlowId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use spine::{Act, Failure, Fault, Reader, Record, Writer};

use crate::approval::offices;
use crate::approval::store::{self, Flow};
use crate::permissions;

/// Publishes a definition as the next version of its key. Cases that run keep the version they
/// began with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishFlow {
    /// The definition, JSON (`baton.process/1`).
    pub body: String,
}

/// What the decision needs to know.
pub struct Facts {
    def: Def,
    fresh: FlowId,
    digest: String,
    versions: Vec<Flow>,
}

/// What was published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishedFlow {
    /// Its id.
    pub flow: FlowId,
    /// Its version, 1 upwards.
    pub version: u32,
}

/// SHA-256 of the definition as this program writes it, hex: layout and defaults do not matter.
pub(crate) fn digest(def: &Def) -> Result<String, Fault> {
    Ok(hex::encode(Sha256::digest(serde_json::to_string(def)?)))
}

impl Act for PublishFlow {
    const NAME: &'static str = "approval.publish_flow";
    type Facts = Facts;
    type Outcome = PublishedFlow;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let def = shipped::read(&self.body)?;
        Ok(Facts {
            fresh: FlowId::mint(books.at(), books.dice()),
            digest: digest(&def)?,
            versions: store::versions(books, &def.key).await?,
            def,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<PublishedFlow, Refusal> {
        let last = facts.versions.last();
        if let Some(same) = last.filter(|flow| flow.digest == facts.digest) {
            return Err(Refusal::conflict(
                "approval.same_definition",
                format!("与现行第 {} 版完全相同，不必发布", same.version),
                format!("The same as version {}, which is in force", same.version),
            ));
        }
        let before = last
            .and_then(|flow| u32::try_from(flow.version).ok())
            .unwrap_or(0);
        let version = before.saturating_add(1);
        validate::publish(facts.def.clone(), version)?;
        known_pools(&facts.def)?;
        inside_only(&facts.def)?;
        Ok(PublishedFlow {
            flow: facts.fresh,
            version,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        published: &PublishedFlow,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let flow = Flow {
            id: published.flow,
            key: facts.def.key.clone(),
            version: i64::from(published.version),
            title: facts.def.title.clone(),
            body: serde_json::to_string(&facts.def).map_err(Fault::from)?,
            digest: facts.digest.clone(),
            published_at: books.at(),
        };
        Ok(store::add_flow(books, &flow).await?)
    }

    fn record(&self, facts: &Facts, published: &PublishedFlow) -> Record {
        let (def, version) = (&facts.def, published.version);
        let en = match def.title_en.as_str() {
            "" => def.title.as_str(),
            en => en,
        };
        Record::of(
            format!("flow/{}", published.flow),
            format!("发布流程「{}」第 {version} 版", def.title),
            format!("Published version {version} of the flow “{en}”"),
        )
        .why(&def.key)
        .detail(serde_json::json!({ "key": def.key, "digest": facts.digest }))
    }
}

fn known_pools(def: &Def) -> Result<(), Refusal> {
    let pools = def.roles();
    let Some(unknown) = pools.iter().find(|pool| offices::find(pool).is_none()) else {
        return Ok(());
    };
    let known: Vec<&str> = offices::OFFICES.iter().map(|office| office.key).collect();
    Err(Refusal::invalid(
        "approval.unknown_pool",
        format!("流程中的角色「{unknown}」没有人员来源"),
        format!("Nobody mans the role {unknown}"),
    )
    .remedy((
        format!("可用的角色：{}", known.join("、")),
        format!("Roles: {}", known.join(", ")),
    )))
}

/// Sub-cases and service calls are in the engine, but nothing in this house answers them yet; a
/// case that waits for ever must not be published.
fn inside_only(def: &Def) -> Result<(), Refusal> {
    let nodes = def.nodes();
    let outside = |node: &&&Node| matches!(node, Node::Each(_) | Node::Sub(_) | Node::Call(_));
    let Some(node) = nodes.iter().find(outside) else {
        return Ok(());
    };
    Err(Refusal::invalid(
        "approval.outside_step",
        format!(
            "「{}」是子流程或外部调用，本系统不执行这类节点",
            node.title()
        ),
        format!(
            "“{}” is a sub-case or a call, which this house does not run",
            node.title_en()
        ),
    )
    .remedy((
        "请改为办理节点，由人或业务动作完成",
        "Make it a task, done by a person or a business act",
    )))
}
