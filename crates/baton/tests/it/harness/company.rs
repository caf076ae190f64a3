//! A small company: two sales departments under one, and the offices.

use baton::people::acts::add_department::AddDepartment;
use baton::people::acts::add_employee::AddEmployee;
use baton::people::acts::add_entity::AddEntity;
use baton::people::acts::add_post::AddPost;
use kernel::{DepartmentId, EmployeeId, EntityId, PostId};
use serde_json::{Value as Json, json};

use super::{Login, World};

/// An employee with his login.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: EmployeeId,
    pub(crate) login: Login,
}

/// The company in which most stories happen.
pub(crate) struct Company {
    pub(crate) entity: EntityId,
    pub(crate) post: PostId,
    pub(crate) sales: DepartmentId,
    pub(crate) north: DepartmentId,
    pub(crate) south: DepartmentId,
    /// Sales manager of the whole of sales.
    pub(crate) chief: Person,
    /// Salespeople of the north.
    pub(crate) zhang: Person,
    pub(crate) li: Person,
    /// Salesperson of the south.
    pub(crate) wang: Person,
    pub(crate) finance: Person,
    pub(crate) hr: Person,
    pub(crate) office: Person,
    pub(crate) it: Person,
}

/// An employee as the act wants him.
pub(crate) fn person(
    company: (EntityId, DepartmentId, PostId),
    number: &str,
    name: &str,
    sells: bool,
) -> AddEmployee {
    AddEmployee {
        number: number.to_owned(),
        name: name.to_owned(),
        entity: company.0,
        department: company.1,
        post: company.2,
        line_manager: None,
        hired_on: "2020-03-01".parse().expect("a day"),
        probation_until: None,
        contract_from: None,
        contract_until: None,
        citizen_id: None,
        phone: None,
        email: None,
        sells,
        capacity: None,
        regions: String::new(),
        industries: String::new(),
    }
}

impl Company {
    /// Founds it.
    pub(crate) async fn found(world: &World) -> Company {
        let entity = AddEntity {
            name: "北辰设备有限公司".to_owned(),
            credit_code: None,
        };
        let entity = world.done(&entity).await;
        let post = world
            .done(&AddPost {
                name: "职员".to_owned(),
            })
            .await;
        let mut departments = Vec::new();
        for (code, name, parent) in [
            ("S", "销售部", None),
            ("S1", "华北组", Some(0)),
            ("S2", "华南组", Some(0)),
            ("O", "综合部", None),
        ] {
            let parent = parent.map(|index: usize| departments[index]);
            let (code, name) = (code.to_owned(), name.to_owned());
            departments.push(
                world
                    .done(&AddDepartment {
                        parent,
                        entity,
                        code,
                        name,
                    })
                    .await,
            );
        }
        let place = |index: usize| (entity, departments[index], post);
        Company {
            chief: hire(
                world,
                person(place(0), "E001", "陈总", true),
                "sales_manager",
            )
            .await,
            zhang: hire(world, person(place(1), "E002", "张三", true), "salesperson").await,
            li: hire(world, person(place(1), "E003", "李四", true), "salesperson").await,
            wang: hire(world, person(place(2), "E004", "王五", true), "salesperson").await,
            finance: hire(world, person(place(3), "E005", "钱会计", false), "finance").await,
            hr: hire(world, person(place(3), "E006", "何人事", false), "hr").await,
            office: hire(world, person(place(3), "E007", "白行政", false), "office").await,
            it: hire(world, person(place(3), "E008", "季网管", false), "it").await,
            entity,
            post,
            sales: departments[0],
            north: departments[1],
            south: departments[2],
        }
    }

    /// Somebody adds a customer of his own; gives its id.
    pub(crate) async fn customer(&self, world: &World, owner: &Person, name: &str) -> String {
        let body = json!({ "name": name, "region": "北京", "industry": "机械", "tier": "A" });
        world.post(&owner.login, "/customers", body).await.id()
    }

    /// Finance enters an invoice of today, due in 30 days; gives its id.
    pub(crate) async fn invoice(
        &self,
        world: &World,
        customer: &str,
        number: &str,
        yuan: &str,
    ) -> String {
        let today = world.today();
        let body = json!({
            "customer_id": customer, "number": number, "amount": money(yuan),
            "issued_on": today, "due_on": today.plus_days(30),
        });
        world
            .post(&self.finance.login, "/invoices", body)
            .await
            .id()
    }
}

/// Money on the wire.
pub(crate) fn money(yuan: &str) -> Json {
    json!({ "amount": yuan, "currency": "CNY" })
}

/// Adds an employee and opens his login.
pub(crate) async fn hire(world: &World, new: AddEmployee, role: &str) -> Person {
    let id = world.done(&new).await;
    Person {
        id,
        login: world.login(Some(id), &[role]).await,
    }
}
