//! DMN XML as tables 读入 DMN.

use kernel::Refusal;
use roxmltree::{Document, Node, ParsingOptions};

use super::columns::{self, Types};
use super::note::TableNote;
use super::write::policy;
use super::{MODELS, OWN};
use crate::bounds;
use crate::cell::Commas;
use crate::grid::{Grid, is_id};
use crate::problem::refusal;
use crate::table::{Hit, Label, Row, Table};

/// A decision of the file.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name in the file.
    pub name: String,
    /// The table in its one way of writing, or why it is none that can be proved.
    pub table: Result<Table, Refusal>,
}

/// Reads every decision of a file; one that is no decision table, or asks for more than S-FEEL,
/// says so by itself and does not spoil the others.
///
/// # Errors
/// A file that is no DMN at all, or too large, too deep, not UTF-8, or brings a DTD.
pub fn read(bytes: &[u8]) -> Result<Vec<Found>, Refusal> {
    if bytes.len() > bounds::XML_BYTES {
        return Err(unfit("文件超过 2 MB", "the file is over 2 MB"));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| unfit("文件不是 UTF-8 编码", "the file is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: bounds::XML_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => unfit(
            "文件含有 DTD（可能引用外部内容）",
            "the file brings a DTD, which may pull in others",
        ),
        error => unfit(
            &format!("XML 有误（{error}）"),
            &format!("the XML is broken ({error})"),
        ),
    })?;
    let root = document.root_element();
    let model = root.tag_name().namespace().unwrap_or("");
    if root.tag_name().name() != "definitions" || !MODELS.contains(&model) {
        return Err(unfit(
            "不是 DMN 1.1 至 1.5 的文件",
            "no file of DMN 1.1 to 1.5",
        ));
    }
    check_depth(root)?;
    let types = Types::of(root);
    let decisions = children(root, "decision");
    Ok(decisions.map(|decision| found(decision, &types)).collect())
}

fn unfit(zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        "rules.dmn_unfit",
        format!("无法读入 DMN：{zh}"),
        format!("DMN not read: {en}"),
    )
    .remedy((
        "请从建模工具重新导出 DMN 1.3 或更新的 XML",
        "Export it again from the modelling tool as DMN 1.3 or newer XML",
    ))
}

/// Every element lies within so many others. Walks without recursion.
fn check_depth(root: Node) -> Result<(), Refusal> {
    let mut left = vec![(root, 1)];
    while let Some((node, depth)) = left.pop() {
        if depth > bounds::XML_DEPTH {
            return Err(unfit("元素嵌套过深", "elements are nested too deep"));
        }
        left.extend(
            node.children()
                .filter(Node::is_element)
                .map(|it| (it, depth + 1)),
        );
    }
    Ok(())
}

/// Children of this name in the namespace of the model.
pub(super) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    let model = node.document().root_element().tag_name().namespace();
    node.children().filter(move |it| {
        it.is_element() && it.tag_name().name() == name && it.tag_name().namespace() == model
    })
}

/// The text within the `<text>` of the child of this name.
pub(super) fn boxed(node: Node, name: &'static str) -> Option<String> {
    children(node, name).next().map(|it| inner(it))
}

/// The text within the `<text>` of the element.
pub(super) fn inner(node: Node) -> String {
    let text = children(node, "text").next();
    text.map_or_else(String::new, |it| it.text().unwrap_or("").trim().to_owned())
}

/// The JSON of our own extension element, when there is one and it is whole.
pub(super) fn note<T: serde::de::DeserializeOwned>(node: Node, name: &str) -> Option<T> {
    let extension = children(node, "extensionElements").next()?;
    let own = extension
        .children()
        .find(|it| it.has_tag_name((OWN, name)))?;
    serde_json::from_str(own.text()?).ok()
}

fn found(decision: Node, types: &Types) -> Found {
    let name = decision.attribute("name").unwrap_or("").to_owned();
    let table = match children(decision, "decisionTable").next() {
        Some(table) => table_of(decision, table, &name, types),
        None => Err(Refusal::invalid(
            "rules.dmn_no_table",
            format!("「{}」不是决策表", short(&name)),
            format!("“{}” is no decision table", short(&name)),
        )
        .remedy((
            "只能读入决策表；表达式、上下文、函数等请改写成表",
            "Only decision tables can be read; write expressions, contexts and functions as tables",
        ))),
    };
    Found { name, table }
}

fn short(text: &str) -> String {
    text.chars().take(bounds::LABEL).collect()
}

fn table_of(decision: Node, node: Node, name: &str, types: &Types) -> Result<Table, Refusal> {
    let hit = hit(node)?;
    let note: TableNote = note(decision, "table").unwrap_or_default();
    let title = decision
        .attribute("label")
        .filter(|it| !it.is_empty())
        .unwrap_or(name);
    let inputs = children(node, "input").map(|it| columns::input(it, types));
    let mut table = Table {
        key: key(name),
        title: Label {
            zh: short(title),
            en: note.en,
        },
        hit,
        inputs: inputs.collect::<Result<_, _>>()?,
        outputs: columns::outputs(decision, node, name, types),
        rows: rows(node),
        default: columns::default(node),
        examples: note.examples,
    };
    name_rows(&mut table);
    let grid = Grid::read(&table, Commas::Standard).map_err(|problems| refusal(&problems))?;
    Ok(grid.table().clone())
}

/// A key of ours out of a name of theirs.
fn key(name: &str) -> String {
    let fit = |c: char| {
        if c.is_ascii_alphanumeric() || "._-".contains(c) {
            c
        } else {
            '-'
        }
    };
    let key: String = name.chars().map(fit).take(bounds::KEY).collect();
    if is_id(&key) { key } else { "table".to_owned() }
}

fn hit(node: Node) -> Result<Hit, Refusal> {
    let said = node.attribute("hitPolicy").unwrap_or("UNIQUE");
    let aggregation = node.attribute("aggregation").unwrap_or("");
    Hit::ALL
        .into_iter()
        .find(|it| policy(*it) == (said, aggregation))
        .ok_or_else(|| {
            Refusal::invalid(
                "rules.dmn_hit_policy",
                format!("不认识命中方式「{} {}」", short(said), short(aggregation)),
                format!(
                    "unknown hit policy “{} {}”",
                    short(said),
                    short(aggregation)
                ),
            )
            .remedy((
                "请改用 UNIQUE、ANY、FIRST、PRIORITY、RULE ORDER、OUTPUT ORDER 或 COLLECT",
                "Use UNIQUE, ANY, FIRST, PRIORITY, RULE ORDER, OUTPUT ORDER or COLLECT",
            ))
        })
}

fn rows(node: Node) -> Vec<Row> {
    let row = |rule: Node| Row {
        id: rule.attribute("id").unwrap_or("").to_owned(),
        label: rule.attribute("label").unwrap_or("").to_owned(),
        note: children(rule, "description")
            .next()
            .and_then(|it| it.text())
            .unwrap_or("")
            .to_owned(),
        when: children(rule, "inputEntry").map(inner).collect(),
        then: children(rule, "outputEntry").map(inner).collect(),
    };
    // One more than allowed, so that too long a table is refused and not cut.
    children(node, "rule")
        .take(bounds::ROWS + 1)
        .map(row)
        .collect()
}

/// Ids that other tools made (`_7f03803d-…`) become `r1`, `r2`, ….
fn name_rows(table: &mut Table) {
    let ids = table.rows.iter().map(|row| row.id.as_str());
    let kept = ids.clone().all(is_id) && crate::grid::first_twice(ids).is_none();
    if !kept {
        for (n, row) in table.rows.iter_mut().enumerate() {
            row.id = format!("r{}", n + 1);
        }
    }
}
