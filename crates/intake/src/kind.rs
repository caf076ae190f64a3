//! What can be imported: the closed list of record kinds, their fields and types 记录种类.

use serde::{Deserialize, Serialize};

/// A kind of record the books can take in. The order of the variants is the order in which records
/// are handed on, so that what is referred to comes before what refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// 部门
    Department,
    /// 员工
    Employee,
    /// 产品
    Product,
    /// 客户
    Customer,
    /// 联系人
    Contact,
    /// 商机
    Opportunity,
    /// 合同
    Contract,
    /// 订单
    Order,
    /// 订单行
    OrderLine,
    /// 发票
    Invoice,
    /// 回款
    Receipt,
}

/// What a field holds and how its cells are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Free text; only the ends are trimmed.
    Text,
    /// A number or name that identifies: full-width letters and digits become half-width.
    Code,
    /// A person's name: the middle dots · • ‧ ． ・ become U+00B7 (law.md §7.5).
    PersonName,
    /// Whole 分.
    Money,
    /// Thousandths of a unit of goods.
    Quantity,
    /// A whole number.
    Integer,
    /// Parts per million.
    Percent,
    /// A calendar day.
    Date,
    /// 是 or 否.
    Bool,
    /// A mobile or landline number (law.md §7.3).
    Phone,
    /// An e-mail address.
    Email,
    /// A unified social credit code, GB 32100-2015.
    CreditCode,
    /// A citizen identity number, GB 11643-1999.
    CitizenId,
    /// One of a closed list of words.
    Choice(&'static [&'static str]),
    /// The key of another record.
    Ref(RecordKind),
}

/// How much the absence of a value matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Without it the row is refused.
    Required,
    /// Without it the row comes in, and the report says so.
    Expected,
    /// May be absent.
    Optional,
}

/// What a value may be beyond its type: the same that the forms of the house ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Anything its type can hold.
    Any,
    /// At most so many characters.
    Most(usize),
    /// Money that was billed: above nothing.
    Billed,
    /// Money that came in: above nothing, for what goes back is a refund.
    Received,
    /// Money that was agreed upon: above nothing.
    Agreed,
    /// Money that may come: not below nothing.
    Hoped,
    /// A day that does not lie ahead.
    NotAhead,
}

impl Within {
    const fn of(holds: FieldType) -> Within {
        match holds {
            FieldType::Code => Within::Most(64),
            FieldType::Text
            | FieldType::PersonName
            | FieldType::Phone
            | FieldType::Email
            | FieldType::CreditCode
            | FieldType::CitizenId
            | FieldType::Ref(_) => Within::Most(100),
            _ => Within::Any,
        }
    }
}

/// One declared field of a record kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in the mapping and in the record.
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it holds.
    pub holds: FieldType,
    /// Whether it may be absent.
    pub need: Need,
    /// What it may be.
    pub within: Within,
}

impl FieldSpec {
    const fn within(mut self, within: Within) -> FieldSpec {
        self.within = within;
        self
    }
}

const fn required(name: &'static str, label: &'static str, holds: FieldType) -> FieldSpec {
    FieldSpec {
        name,
        label,
        holds,
        need: Need::Required,
        within: Within::of(holds),
    }
}
const fn expected(name: &'static str, label: &'static str, holds: FieldType) -> FieldSpec {
    FieldSpec {
        name,
        label,
        holds,
        need: Need::Expected,
        within: Within::of(holds),
    }
}
const fn optional(name: &'static str, label: &'static str, holds: FieldType) -> FieldSpec {
    FieldSpec {
        name,
        label,
        holds,
        need: Need::Optional,
        within: Within::of(holds),
    }
}

/// The stages of an opportunity.
pub const STAGES: &[&str] = &["lead", "qualified", "quoted", "won", "lost"];

use FieldType::{
    Bool, Choice, CitizenId, Code, CreditCode, Date, Email, Integer, Money, Percent, PersonName,
    Phone, Quantity, Ref, Text,
};
use RecordKind::{
    Contact, Contract, Customer, Department, Employee, Invoice, Opportunity, Order, OrderLine,
    Product, Receipt,
};

const DEPARTMENT: &[FieldSpec] = &[
    optional("number", "部门编号", Code).within(Within::Most(100)),
    required("name", "部门名称", Code).within(Within::Most(100)),
    optional("parent", "上级部门", Ref(Department)),
];

const EMPLOYEE: &[FieldSpec] = &[
    required("number", "工号", Code),
    required("name", "姓名", PersonName),
    optional("department", "部门", Ref(Department)),
    optional("post", "岗位", Text),
    optional("line_manager", "直属上级", Ref(Employee)),
    optional("hired_on", "入职日期", Date),
    optional("phone", "手机", Phone),
    optional("email", "邮箱", Email).within(Within::Most(200)),
    optional("citizen_id", "身份证号", CitizenId),
];

const PRODUCT: &[FieldSpec] = &[
    required("number", "产品编号", Code),
    required("name", "产品名称", Text),
    optional("price", "单价", Money),
];

const CUSTOMER: &[FieldSpec] = &[
    required("number", "客户编号", Code),
    required("name", "客户名称", Text),
    optional("credit_code", "统一社会信用代码", CreditCode),
    optional("industry", "行业", Text),
    optional("region", "区域", Text),
    optional("tier", "客户分级", Text),
    expected("owner", "负责人", Ref(Employee)),
    optional("owned_since", "负责起始日", Date).within(Within::NotAhead),
    optional("parent", "上级客户", Ref(Customer)),
    optional("phone", "电话", Phone),
    optional("email", "邮箱", Email).within(Within::Most(200)),
    optional("address", "地址", Text).within(Within::Most(200)),
    optional("founded", "成立年份", Integer),
    optional("size", "人数", Integer),
];

const CONTACT: &[FieldSpec] = &[
    required("customer", "客户", Ref(Customer)),
    required("name", "联系人", PersonName),
    optional("title", "职务", Text),
    optional("phone", "电话", Phone),
    optional("email", "邮箱", Email).within(Within::Most(200)),
];

const OPPORTUNITY: &[FieldSpec] = &[
    required("number", "商机编号", Code),
    expected("customer", "客户", Ref(Customer)),
    expected("owner", "负责人", Ref(Employee)),
    optional("product", "产品", Ref(Product)),
    required("stage", "阶段", Choice(STAGES)),
    optional("amount", "金额", Money).within(Within::Hoped),
    optional("opened_on", "开始日期", Date),
    optional("closed_on", "结束日期", Date),
];

const CONTRACT: &[FieldSpec] = &[
    required("number", "合同编号", Code),
    required("customer", "客户", Ref(Customer)),
    optional("name", "合同名称", Text),
    expected("owner", "负责人", Ref(Employee)),
    optional("signed_on", "签订日期", Date),
    optional("starts_on", "生效日期", Date),
    optional("ends_on", "到期日期", Date),
    optional("amount", "合同金额", Money).within(Within::Agreed),
    optional("product", "产品", Text),
    optional("margin", "合同毛利", Money),
];

const ORDER: &[FieldSpec] = &[
    required("number", "订单编号", Code),
    required("customer", "客户", Ref(Customer)),
    optional("contract", "合同", Ref(Contract)),
    expected("owner", "负责人", Ref(Employee)),
    optional("ordered_on", "下单日期", Date),
    optional("amount", "订单金额", Money).within(Within::Agreed),
    optional("shipped_on", "发货日期", Date),
];

const ORDER_LINE: &[FieldSpec] = &[
    required("order", "订单", Ref(Order)),
    optional("line", "行号", Code),
    required("product", "产品", Ref(Product)),
    optional("quantity", "数量", Quantity),
    optional("unit_price", "单价", Money),
    optional("discount", "折扣", Percent),
    required("amount", "金额", Money),
];

const INVOICE: &[FieldSpec] = &[
    required("number", "发票号码", Code),
    required("customer", "客户", Ref(Customer)),
    optional("order", "订单", Ref(Order)),
    optional("contract", "合同", Ref(Contract)),
    optional("owner", "负责人", Ref(Employee)),
    required("issued_on", "开票日期", Date).within(Within::NotAhead),
    optional("due_on", "到期日", Date),
    required("amount", "发票金额", Money).within(Within::Billed),
    optional("disputed", "有争议", Bool),
];

const RECEIPT: &[FieldSpec] = &[
    required("number", "回款编号", Code),
    required("customer", "客户", Ref(Customer)),
    optional("invoice", "发票", Ref(Invoice)),
    required("received_on", "到账日期", Date).within(Within::NotAhead),
    required("amount", "到账金额", Money).within(Within::Received),
];

impl RecordKind {
    /// Every kind, in the order in which records are handed on.
    pub const ALL: [RecordKind; 11] = [
        Department,
        Employee,
        Product,
        Customer,
        Contact,
        Opportunity,
        Contract,
        Order,
        OrderLine,
        Invoice,
        Receipt,
    ];

    /// Its name in a mapping and on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Department => "department",
            Employee => "employee",
            Product => "product",
            Customer => "customer",
            Contact => "contact",
            Opportunity => "opportunity",
            Contract => "contract",
            Order => "order",
            OrderLine => "order_line",
            Invoice => "invoice",
            Receipt => "receipt",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Department => "部门",
            Employee => "员工",
            Product => "产品",
            Customer => "客户",
            Contact => "联系人",
            Opportunity => "商机",
            Contract => "合同",
            Order => "订单",
            OrderLine => "订单行",
            Invoice => "发票",
            Receipt => "回款",
        }
    }

    /// The same in English.
    pub fn label_en(self) -> &'static str {
        match self {
            Department => "Department",
            Employee => "Employee",
            Product => "Product",
            Customer => "Customer",
            Contact => "Contact",
            Opportunity => "Opportunity",
            Contract => "Contract",
            Order => "Order",
            OrderLine => "Order line",
            Invoice => "Invoice",
            Receipt => "Receipt",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its declared fields.
    #[must_use]
    pub fn fields(self) -> &'static [FieldSpec] {
        match self {
            Department => DEPARTMENT,
            Employee => EMPLOYEE,
            Product => PRODUCT,
            Customer => CUSTOMER,
            Contact => CONTACT,
            Opportunity => OPPORTUNITY,
            Contract => CONTRACT,
            Order => ORDER,
            OrderLine => ORDER_LINE,
            Invoice => INVOICE,
            Receipt => RECEIPT,
        }
    }

    /// The declared field of this name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static FieldSpec> {
        self.fields().iter().find(|spec| spec.name == name)
    }

    /// The fields whose values, joined by `/`, are the record's key when the mapping names no
    /// other. An absent part is passed over: a department without a number goes by its name.
    #[must_use]
    pub fn key_fields(self) -> &'static [&'static str] {
        match self {
            Contact => &["customer", "name"],
            OrderLine => &["order", "product", "line"],
            _ => &["number"],
        }
    }

    /// The field by which a record without an owner of its own has one: an order line belongs to
    /// the owner of its order, a receipt to the owner of its invoice.
    #[must_use]
    pub fn owner_by_way_of(self) -> &'static [&'static str] {
        match self {
            OrderLine => &["order"],
            Invoice => &["order", "contract", "customer"],
            Receipt => &["invoice", "customer"],
            Contact | Opportunity | Contract | Order => &["customer"],
            Department | Employee | Product | Customer => &[],
        }
    }

    /// Whether records of this kind may take their owner from one of that kind.
    #[must_use]
    pub fn follows(self, target: RecordKind) -> bool {
        let leads = |name: &&str| {
            self.field(name)
                .is_some_and(|spec| spec.holds == Ref(target))
        };
        self.owner_by_way_of().iter().any(leads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order_and_names_are_unique() {
        assert!(RecordKind::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::named(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn references_point_to_kinds_handed_on_before() {
        for kind in RecordKind::ALL {
            for spec in kind.fields() {
                if let FieldType::Ref(target) = spec.holds {
                    assert!(target <= kind, "{}.{}", kind.name(), spec.name);
                }
            }
            for name in kind.key_fields().iter().chain(kind.owner_by_way_of()) {
                assert!(kind.field(name).is_some(), "{}.{name}", kind.name());
            }
        }
    }
}
