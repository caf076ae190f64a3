//! What can be done with documents 文书动作.

pub mod issue;
pub mod publish_template;
