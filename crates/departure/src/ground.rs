//! The cases in which the law lets the employer end employment alone 法定情形.
//!
//! A dismissal stands or falls with the item of the article it rests on; a notice that names the
//! article alone leaves open what has to be proved (劳动合同法 art. 39, 40; 法释〔2020〕26号 art. 44).

use crate::kind::DepartureKind;

/// One item of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The way of leaving it belongs to.
    pub kind: DepartureKind,
    /// As papers cite it: `第四十条第（三）项`.
    pub item: &'static str,
    /// The case, in short.
    pub zh: &'static str,
}

/// The items that somebody has to choose among; every other way of leaving rests on one alone.
pub const GROUNDS: [Ground; 8] = [
    Ground {
        kind: DepartureKind::Misconduct,
        item: "第三十九条第（二）项",
        zh: "严重违反规章制度",
    },
    Ground {
        kind: DepartureKind::Misconduct,
        item: "第三十九条第（三）项",
        zh: "严重失职、营私舞弊，造成重大损害",
    },
    Ground {
        kind: DepartureKind::Misconduct,
        item: "第三十九条第（四）项",
        zh: "同时与其他单位建立劳动关系，严重影响本职工作或经提出拒不改正",
    },
    Ground {
        kind: DepartureKind::Misconduct,
        item: "第三十九条第（五）项",
        zh: "以欺诈、胁迫或乘人之危订立劳动合同，致使合同无效",
    },
    Ground {
        kind: DepartureKind::Misconduct,
        item: "第三十九条第（六）项",
        zh: "被依法追究刑事责任",
    },
    Ground {
        kind: DepartureKind::NoFaultDismissal,
        item: "第四十条第（一）项",
        zh: "医疗期满不能从事原工作，也不能从事另行安排的工作",
    },
    Ground {
        kind: DepartureKind::NoFaultDismissal,
        item: "第四十条第（二）项",
        zh: "不能胜任工作，经培训或者调整岗位仍不能胜任",
    },
    Ground {
        kind: DepartureKind::NoFaultDismissal,
        item: "第四十条第（三）项",
        zh: "客观情况发生重大变化，协商未能就变更合同达成一致",
    },
];

impl Ground {
    /// As people choose it: `第四十条第（三）项 客观情况发生重大变化……`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.item, self.zh)
    }

    /// The articles, as papers cite them; with the one that gives compensation (art. 46(3)) where
    /// there is any.
    #[must_use]
    pub fn basis(&self) -> String {
        let compensated = self.kind == DepartureKind::NoFaultDismissal;
        let more = if compensated {
            "、第四十六条第（三）项"
        } else {
            ""
        };
        format!("劳动合同法{}{more}", self.item)
    }
}

impl DepartureKind {
    /// What somebody has to choose among for this way of leaving; nothing where there is no choice.
    pub fn grounds(self) -> impl Iterator<Item = &'static Ground> {
        GROUNDS.iter().filter(move |ground| ground.kind == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_is_an_item_of_the_article_of_its_kind() {
        for ground in &GROUNDS {
            let article = ground.item.split('第').nth(1).expect("an article");
            let rule = ground.kind.rule();
            assert!(
                rule.basis.contains(article),
                "{} {}",
                rule.basis,
                ground.item
            );
            assert!(ground.basis().contains(ground.item));
        }
        let of = |kind: DepartureKind| kind.grounds().count();
        assert_eq!(of(DepartureKind::Misconduct), 5);
        assert_eq!(of(DepartureKind::NoFaultDismissal), 3);
        assert_eq!(of(DepartureKind::ProbationFailure), 0);
    }
}
