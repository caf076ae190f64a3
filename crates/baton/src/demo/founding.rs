//! The company comes into being and people are hired 演示建账.

use std::collections::BTreeMap;

use kernel::{DepartmentId, EntityId, LoginId, PostId};
use spine::Failure;

use super::cast;
use super::staff::{DEPARTMENTS, Person, Staff};
use super::stage::Stage;
use crate::people::acts::add_department::AddDepartment;
use crate::people::acts::add_employee::AddEmployee;
use crate::people::acts::add_entity::AddEntity;
use crate::people::acts::add_post::AddPost;
use crate::people::acts::lend_asset::LendAsset;
use crate::people::acts::set_head::SetHead;

/// Ids of what people belong to.
pub(super) struct Company {
    entities: [EntityId; 2],
    departments: BTreeMap<&'static str, DepartmentId>,
    posts: BTreeMap<&'static str, PostId>,
    password_hash: String,
}

/// The department that belongs to the sales company in the south.
fn is_south(code: &str) -> bool {
    code.starts_with("D12")
}

/// Legal entities, departments, posts.
pub(super) async fn found(stage: &Stage, staff: &Staff) -> Result<Company, Failure> {
    let entity = |name: &str| AddEntity {
        name: name.to_owned(),
        credit_code: None,
    };
    let entities = [
        stage.set_up(&entity("江南精工股份有限公司")).await?,
        stage
            .set_up(&entity("江南精工（深圳）销售有限公司"))
            .await?,
    ];
    let mut departments = BTreeMap::new();
    for (code, name, above) in DEPARTMENTS {
        let act = AddDepartment {
            parent: departments.get(above).copied(),
            entity: entities[usize::from(is_south(code))],
            code: (*code).to_owned(),
            name: (*name).to_owned(),
        };
        departments.insert(*code, stage.set_up(&act).await?);
    }
    let mut posts = BTreeMap::new();
    for person in &staff.people {
        if !posts.contains_key(person.post) {
            let name = person.post.to_owned();
            posts.insert(person.post, stage.set_up(&AddPost { name }).await?);
        }
    }
    Ok(Company {
        entities,
        departments,
        posts,
        password_hash: cast::password_hash(stage)?,
    })
}

/// Hires a person, opens his login, lends him what he works with.
pub(super) async fn hire(
    stage: &mut Stage,
    company: &Company,
    person: &Person,
) -> Result<LoginId, Failure> {
    let today = stage.day();
    let (contract_from, contract_until) = person.contract(today.max(person.hired_on));
    let manager = person.manager.as_deref();
    let department = company.departments[person.department];
    let act = AddEmployee {
        number: person.number.clone(),
        name: person.name.clone(),
        entity: company.entities[usize::from(is_south(person.department))],
        department,
        post: company.posts[person.post],
        line_manager: manager.map(|number| stage.employee(number)).transpose()?,
        hired_on: person.hired_on,
        probation_until: Some(person.probation_until()),
        contract_from: Some(contract_from),
        contract_until,
        citizen_id: Some(person.citizen_id.clone()),
        phone: Some(person.mobile.clone()),
        email: Some(format!("{}@jiangnan.example", person.number.to_lowercase())),
        sells: person.sells(),
        capacity: person.sells().then_some(60),
        regions: person.regions.to_owned(),
        industries: person.industries.clone(),
    };
    let employee = stage.set_up(&act).await?;
    stage.knows(&person.number, employee);
    if person.heads {
        stage
            .set_up(&SetHead {
                department,
                employee,
                seen: None,
            })
            .await?;
    }
    let things: &[(&str, &str)] = if person.sells() {
        &[
            ("equipment", "笔记本电脑"),
            ("sample", "样品箱"),
            ("account", "企业邮箱"),
        ]
    } else {
        &[("equipment", "笔记本电脑")]
    };
    for (kind, name) in things {
        let serial = match *kind {
            "account" => person.number.to_lowercase(),
            _ => format!("JN-{}-{}", person.hired_on.date().year(), person.number),
        };
        let act = LendAsset {
            employee,
            kind: (*kind).to_owned(),
            name: (*name).to_owned(),
            serial,
        };
        stage.set_up(&act).await?;
    }
    cast::sign_up(stage, person, employee, &company.password_hash).await
}
