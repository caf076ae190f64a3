//! Rules about acts: one a file, named after its place, on the one list 业务动作守则.

use crate::Violation;
use crate::tree::{File, Tree};

const REGISTRY: &str = "crates/baton/src/registry.rs";

/// The noun and the verb of a file of an act: `session/acts/open.rs`.
fn noun_and_verb(file: &File) -> Option<(&str, &str)> {
    let ("baton", inside) = file.in_crate()? else {
        return None;
    };
    let (noun, verb) = inside.strip_suffix(".rs")?.split_once("/acts/")?;
    (!verb.contains('/') && verb != "mod").then_some((noun, verb))
}

/// Every file in an `acts` folder holds one act, `noun.verb` by its place, and is registered.
#[must_use]
pub fn registered(tree: &Tree) -> Vec<Violation> {
    let registry = tree.get(REGISTRY).map_or("", |file| file.text.as_str());
    let registry: String = registry.split_whitespace().collect();
    let mut found = Vec::new();
    for file in tree.rust() {
        let Some((noun, verb)) = noun_and_verb(file) else {
            continue;
        };
        let mut wrong = |what: String| found.push(Violation::new("acts", &file.path, what));
        let name = format!("const NAME: &'static str = \"{noun}.{verb}\";");
        if !file.text.contains(&name) {
            wrong(format!("the act here is not called `{noun}.{verb}`"));
        }
        let mut acts = file
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("impl Act for "));
        let act = acts
            .next()
            .and_then(|rest| rest.split([' ', '<', '{']).next());
        let Some(act) = act else {
            wrong("no act here; what serves acts stands elsewhere".to_owned());
            continue;
        };
        if acts.next().is_some() {
            wrong("more than one act; each has a file of its own".to_owned());
        }
        if !registry.contains(&format!("{noun}::{verb}::{act}>(")) {
            wrong(format!("`{noun}::{verb}::{act}` is not in registry.rs"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACT: &str = "impl Act for Open {\n    const NAME: &'static str = \"session.open\";\n}\n";

    fn found(path: &str, text: &str) -> Vec<String> {
        let registry = "line::<\n    session::open::Open,\n>(\"登录\", \"Log in\"),";
        let registry = registry.replace(",\n>", ">");
        let tree = Tree::of(&[(REGISTRY, &registry), (path, text)]);
        registered(&tree).into_iter().map(|one| one.what).collect()
    }

    #[test]
    fn an_act_stands_in_its_place_and_on_the_list() {
        assert!(found("crates/baton/src/session/acts/open.rs", ACT).is_empty());
        assert!(found("crates/baton/src/session/acts/mod.rs", "pub mod open;").is_empty());
        assert_eq!(
            found("crates/baton/src/session/acts/close.rs", ACT).len(),
            2
        );
        assert_eq!(
            found("crates/baton/src/session/acts/open.rs", &ACT.repeat(2)).len(),
            1
        );
        assert_eq!(
            found("crates/baton/src/session/acts/open.rs", "fn f() {}").len(),
            2
        );
    }
}
