//! Definitions that start each other 子流程校验.

use super::Finding;
use crate::def::{Def, Node};

/// Unknown sub-processes, and circles among them.
#[must_use]
pub fn check_family(defs: &[&Def]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for def in defs {
        for node in def.nodes() {
            let Some(process) = node.process() else {
                continue;
            };
            if !defs.iter().any(|other| other.key == process) {
                findings.push(Finding::at(
                    "unknown_process",
                    node,
                    "引用的子流程不存在",
                    "starts an unknown process",
                ));
            } else if reaches(defs, process, &def.key, defs.len()) {
                findings.push(Finding::at(
                    "process_circle",
                    node,
                    "引用的子流程会再次引用本流程，形成循环",
                    "starts a process that starts this one again",
                ));
            }
        }
    }
    findings
}

/// Whether `from` starts `to`, over at most `steps` processes between them.
fn reaches(defs: &[&Def], from: &str, to: &str, steps: usize) -> bool {
    if from == to {
        return true;
    }
    let Some(def) = defs
        .iter()
        .find(|def| def.key == from)
        .filter(|_| steps > 0)
    else {
        return false;
    };
    let nodes = def.nodes();
    let mut next = nodes.iter().filter_map(|node: &&Node| node.process());
    next.any(|process| reaches(defs, process, to, steps - 1))
}
