//! Which roles of the house man the pools that process definitions speak of 待办池与角色.

/// A pool of a definition.
pub(crate) struct Office {
    /// Its key in definitions.
    pub(crate) key: &'static str,
    /// What it is called on screen.
    pub(crate) zh: &'static str,
    /// The same in English.
    pub(crate) en: &'static str,
    /// Keys of the roles whose holders may claim from it.
    pub(crate) roles: &'static [&'static str],
}

const fn office(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    roles: &'static [&'static str],
) -> Office {
    Office { key, zh, en, roles }
}

/// Every pool there is. The three administrators man none: they decide no business (三员分立).
pub(crate) const OFFICES: &[Office] = &[
    office(
        ::approval::directory::ADMIN,
        "流程管理员（人事、高管）",
        "process administrators (HR, executives)",
        &["hr", "executive"],
    ),
    office("hr", "人事", "HR", &["hr"]),
    office("hr_director", "人事负责人", "head of HR", &["hr"]),
    office("finance", "财务", "Finance", &["finance"]),
    office("legal", "法务", "Legal", &["legal"]),
    office("it", "信息技术", "IT", &["it"]),
    office("administration", "行政", "Office", &["office"]),
    office("gm", "总经理", "general manager", &["executive"]),
    office(
        "sales_director",
        "销售负责人",
        "head of sales",
        &["executive"],
    ),
    office(
        "sales_ops",
        "销售运营",
        "sales operations",
        &["data_steward"],
    ),
];

/// The pool of that key.
pub(crate) fn find(key: &str) -> Option<&'static Office> {
    OFFICES.iter().find(|office| office.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pool_of_the_shipped_definitions_is_manned_by_roles_of_the_house() {
        for (key, text) in ::approval::shipped::SHIPPED {
            let def = ::approval::shipped::read(text).unwrap();
            for pool in def.roles() {
                assert!(find(pool).is_some(), "{key} asks for the pool {pool}");
            }
        }
        let shipped = crate::roles::shipped();
        for role in OFFICES.iter().flat_map(|office| office.roles) {
            let role = shipped.iter().find(|known| known.key == *role);
            assert!(
                role.is_some_and(|role| role.duty.is_none()),
                "an office without a role"
            );
        }
    }

    #[test]
    fn every_right_of_the_shipped_definitions_is_a_permission_that_somebody_holds() {
        let shipped = crate::roles::shipped();
        let mut asked = Vec::new();
        for (key, text) in ::approval::shipped::SHIPPED {
            let def = ::approval::shipped::read(text).unwrap();
            for right in def
                .nodes()
                .into_iter()
                .filter_map(::approval::def::Node::right)
            {
                let held = |role: &access::Role| role.grants.contains_key(right);
                assert!(shipped.iter().any(held), "{key} asks for {right}");
                asked.push((*key, right.to_owned()));
            }
        }
        // An act that waits is performed when its flow is through, so somebody there needs a right.
        for gated in crate::approval::gated::ACTS {
            assert!(
                asked.iter().any(|(key, _)| *key == gated.flow),
                "{}",
                gated.act
            );
        }
    }

    #[test]
    fn whoever_moves_other_peoples_tasks_is_a_process_administrator() {
        let admin = find(::approval::directory::ADMIN).unwrap();
        for role in crate::roles::shipped() {
            if role
                .grants
                .contains_key(&crate::permissions::APPROVAL_MANAGE)
            {
                assert!(admin.roles.contains(&role.key.as_str()), "{}", role.key);
            }
        }
    }
}
