//! The shipped definitions are published when a house opens 内置流程发布.

use ::approval::shipped::{self, SHIPPED};
use spine::{By, Failure, Spine};

use super::acts::publish_flow::{PublishFlow, digest};
use super::store;

/// Publishes every shipped definition that was never published in this form. A company that has
/// since published its own version keeps it.
///
/// # Errors
/// [`Failure`] when the books fail, or a definition does not pass the checks.
pub async fn install(spine: &Spine) -> Result<(), Failure> {
    let system = By::system("install");
    for (key, text) in SHIPPED {
        let def = shipped::read(text)?;
        let wanted = digest(&def)?;
        let known = {
            let mut look = spine.look(&system).await?;
            store::versions(&mut look.books(), key).await?
        };
        if known.iter().any(|flow| flow.digest == wanted) {
            continue;
        }
        let act = PublishFlow {
            body: (*text).to_owned(),
        };
        match spine.perform(&act, &system, None).await {
            // Another server that starts at the same moment was quicker.
            Err(Failure::Refused(no)) if no.code == "approval.same_definition" => {}
            done => {
                done?.done()?;
            }
        }
    }
    Ok(())
}
