//! What users can do at all 业务动作总表.
//!
//! One line an act. From this list come the permission matrix, the labels on screens, what an
//! approval may hold back, and the tests that no act lacks its proof.

use std::pin::Pin;

use access::Policy;
use kernel::Refusal;
use serde_json::Value as Json;
use spine::{Act, AnyAct, Failure, Job, Ran};

use crate::alert::acts as alert;
use crate::approval::acts as approval;
use crate::approval::{Happening, Know, Shown, jobs as approval_jobs};
use crate::bundle::acts as bundle;
use crate::commission::acts as commission;
use crate::commission::{jobs as commission_jobs, objection};
use crate::customer::acts as customer;
use crate::departure::acts as departure;
use crate::departure::{hears, jobs as departure_jobs, known};
use crate::document::acts as document;
use crate::evidence::{acts as evidence, jobs as evidence_jobs};
use crate::handover::acts as handover;
use crate::handover::api::shown as handover_shown;
use crate::handover::process::ACCEPT;
use crate::handover::{hears as plan_hears, jobs as handover_jobs};
use crate::house::House;
use crate::http::{Problem, Writing};
use crate::import::acts as import;
use crate::job::acts as job;
use crate::people::acts as people;
use crate::receivable::acts as receivable;
use crate::rehearsal::acts as rehearsal;
use crate::rules::acts as rules;
use crate::session::acts as session;
use crate::signing::acts as signing;
use crate::signing::jobs as signing_jobs;
use crate::{permissions, roles};

/// One act.
pub struct ActLine {
    /// [`Act::NAME`]
    pub name: &'static str,
    /// What it is called on screen.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Makes the act again from a stored request.
    pub revive: fn(Json) -> Result<Box<dyn AnyAct>, serde_json::Error>,
}

const fn line<A: Act>(zh: &'static str, en: &'static str) -> ActLine {
    ActLine {
        name: A::NAME,
        zh,
        en,
        revive: revive::<A>,
    }
}

fn revive<A: Act>(body: Json) -> Result<Box<dyn AnyAct>, serde_json::Error> {
    serde_json::from_value::<A>(body).map(|act| Box::new(act) as Box<dyn AnyAct>)
}

/// Every act there is.
pub const ACTS: &[ActLine] = &[
    line::<session::open::Open>("登录", "Log in"),
    line::<session::count_failure::CountFailure>("登录失败", "Failed login"),
    line::<session::close::Close>("退出登录", "Log out"),
    line::<session::change_password::ChangePassword>("修改密码", "Change password"),
    line::<session::reset_password::ResetPassword>("重置密码", "Reset a password"),
    line::<session::add_login::AddLogin>("开通账号", "Open a login"),
    line::<session::set_roles::SetRoles>("调整角色", "Set roles"),
    line::<session::set_access::SetAccess>("调整访问状态", "Set access mode"),
    line::<people::add_entity::AddEntity>("新建法律主体", "Add an entity"),
    line::<people::edit_entity::EditEntity>("修改法律主体", "Edit an entity"),
    line::<people::add_department::AddDepartment>("新建部门", "Add a department"),
    line::<people::edit_department::EditDepartment>("修改部门", "Edit a department"),
    line::<people::close_department::CloseDepartment>("撤销部门", "Close a department"),
    line::<people::add_post::AddPost>("新建岗位", "Add a post"),
    line::<people::edit_post::EditPost>("修改岗位", "Rename a post"),
    line::<people::add_employee::AddEmployee>("员工入职", "Add an employee"),
    line::<people::correct_employee::CorrectEmployee>("更正员工资料", "Correct an employee"),
    line::<people::rehire::Rehire>("重新入职", "Rehire an employee"),
    line::<people::change_job::ChangeJob>("调岗", "Change job"),
    line::<people::set_contract::SetContract>("登记劳动合同期限", "Put a contract on file"),
    line::<people::set_head::SetHead>("指定部门负责人", "Set the head of a department"),
    line::<people::set_state::SetState>("调整在职状态", "Set employment state"),
    line::<people::add_stand_in::AddStandIn>("设置代理人", "Name a stand-in"),
    line::<people::end_stand_in::EndStandIn>("结束代理", "End a stand-in"),
    line::<people::lend_asset::LendAsset>("领用资产", "Lend an asset"),
    line::<people::return_asset::ReturnAsset>("归还资产", "Return an asset"),
    line::<people::close_account::CloseAccount>("关闭系统账号", "Close an account"),
    line::<people::reveal_employee::RevealEmployee>("查看员工证件", "Reveal an employee's papers"),
    line::<people::set_calendar::SetCalendar>("录入放假安排", "Enter holidays"),
    line::<customer::add::Add>("新建客户", "Add a customer"),
    line::<customer::edit::Edit>("修改客户", "Edit a customer"),
    line::<customer::add_contact::AddContact>("新建联系人", "Add a contact"),
    line::<customer::edit_contact::EditContact>("修改联系人", "Edit a contact"),
    line::<customer::reveal_contact::RevealContact>("查看完整联系方式", "Reveal a contact"),
    line::<customer::follow_up::WriteFollowUp>("写跟进", "Write a follow-up"),
    line::<customer::assign::Assign>("归属变更", "Change a customer's owner"),
    line::<customer::hand_over::HandOver>("移交客户", "Hand a customer over"),
    line::<customer::pass_on::PassOn>("随客户移交", "Pass on what hangs on a customer"),
    line::<customer::seat::SetSeat>("调整协作人", "Open or close a seat"),
    line::<customer::merge::Merge>("合并客户", "Merge customers"),
    line::<customer::add_opportunity::AddOpportunity>("新建商机", "Add an opportunity"),
    line::<customer::advance_opportunity::AdvanceOpportunity>("推进商机", "Advance an opportunity"),
    line::<receivable::add_contract::AddContract>("登记合同", "Enter a contract"),
    line::<receivable::describe_contract::DescribeContract>("补充合同信息", "Describe a contract"),
    line::<receivable::reverse::Reverse>("登记退款或坏账", "Record a refund or a bad debt"),
    line::<receivable::add_order::AddOrder>("登记订单", "Enter an order"),
    line::<receivable::add_invoice::AddInvoice>("登记发票", "Enter an invoice"),
    line::<receivable::enter_receipt::EnterReceipt>("登记回款", "Enter a receipt"),
    line::<receivable::match_credit::MatchCredit>("核销余款", "Match what is left of a receipt"),
    line::<receivable::refund_credit::RefundCredit>("退回余款", "Pay back what is left over"),
    line::<receivable::withdraw::Withdraw>("撤回误录单据", "Withdraw what was entered by mistake"),
    line::<receivable::take_over::TakeOver>("转移回款责任", "Take over receivables"),
    line::<receivable::set_disputed::SetDisputed>("标记争议", "Dispute an invoice"),
    line::<approval::publish_flow::PublishFlow>("发布流程", "Publish a flow"),
    line::<approval::start::Start>("发起流程", "Start a case"),
    line::<approval::command::Command>("办理流程", "Act on a case"),
    line::<approval::fire_timer::FireTimer>("流程定时", "Timer of a case"),
    line::<approval::set_fact::SetFact>("登记流程事实", "Tell a case a fact"),
    line::<approval::refresh::Refresh>("核对流程进度", "Refresh a case"),
    line::<approval::hear::Hear>("登记页面答复", "Hear what was said elsewhere"),
    line::<approval::reassign_all::ReassignAll>("移交全部待办", "Hand on all tasks"),
    line::<departure::file::File>("提交离职", "File a departure"),
    line::<departure::acknowledge::Acknowledge>("签收离职通知", "Acknowledge a departure"),
    line::<departure::step_done::StepDone>("办结离职待办", "Do a step of a departure"),
    line::<departure::call_off::CallOff>("取消离职办理", "Call a departure off"),
    line::<departure::agree_early_day::AgreeEarlyDay>("约定最后日期", "Agree on a last day"),
    line::<departure::set_dates::SetDates>("核定离职日期", "Set the dates of a departure"),
    line::<departure::record_check::RecordCheck>("登记离职事项", "Record an exit check"),
    line::<departure::waive_gate::WaiveGate>("豁免离职关卡", "Waive an exit gate"),
    line::<departure::advance::Advance>("推进离职阶段", "Move a departure on"),
    line::<departure::end_access::EndAccess>("到期收回权限", "End access after the last day"),
    line::<departure::withdraw_by_agreement::WithdrawByAgreement>(
        "撤回离职",
        "Take a departure back by agreement",
    ),
    line::<departure::close::Close>("办结离职", "Close a departure"),
    line::<handover::draw_up::DrawUp>("编制交接方案", "Draw up a handover plan"),
    line::<handover::edit::Edit>("调整交接方案", "Change a handover plan"),
    line::<handover::submit::Submit>("提交交接方案", "Submit a handover plan"),
    line::<handover::answer::Answer>("答复交接", "Answer a handover plan"),
    line::<handover::approve::Approve>("批准交接方案", "Approve a handover plan"),
    line::<handover::take_back::TakeBack>("退回交接方案", "Take a handover plan back"),
    line::<handover::execute::Execute>("执行交接", "Execute a handover plan"),
    line::<handover::miss_day::MissDay>("到期未执行", "A plan was not executed when due"),
    line::<handover::reverse::Reverse>("编制反向方案", "Draw up a reverse plan"),
    line::<handover::cancel::Cancel>("作废交接方案", "Cancel a handover plan"),
    line::<evidence::erase::Erase>("依法删除存证内容", "Erase what an entry says"),
    line::<evidence::record_audit::RecordAudit>("登记状态审计", "Record an audit"),
    line::<bundle::export::Export>("导出存证包", "Hand out an evidence bundle"),
    line::<bundle::export_statement::ExportStatement>(
        "导出提成单存证包",
        "Hand out the bundle of a statement",
    ),
    line::<commission::publish_plan::PublishPlan>("发布提成方案", "Publish a commission plan"),
    line::<commission::assign_plan::AssignPlan>("分配提成方案", "Assign a commission plan"),
    line::<commission::set_credit::SetCredit>("认定业绩", "Credit a deal"),
    line::<commission::set_crediting::SetCrediting>(
        "指定业绩认定用表",
        "Choose the table that credits deals",
    ),
    line::<commission::open_terms::OpenTerms>("提成条款生效", "Begin commission terms"),
    line::<commission::open_period::OpenPeriod>("开放结算月份", "Open a commission month"),
    line::<commission::calculate::Calculate>("核算提成", "Calculate commission"),
    line::<commission::review_period::ReviewPeriod>("复核结算月份", "Review a commission month"),
    line::<commission::move_confirm_day::MoveConfirmDay>(
        "推后提成确认期限",
        "Give payees more time to confirm",
    ),
    line::<commission::remind_payees::RemindPayees>("提醒确认提成", "Remind payees to confirm"),
    line::<commission::close_period::ClosePeriod>("提成关账", "Close a commission month"),
    line::<commission::issue_statement::IssueStatement>(
        "出具提成单",
        "Issue a commission statement",
    ),
    line::<commission::keep_basis::KeepBasis>(
        "固定提成依据",
        "Keep what a statement was calculated from",
    ),
    line::<commission::export_payout::ExportPayout>("导出发放文件", "Hand a month to payroll"),
    line::<commission::record_payment::RecordPayment>(
        "登记提成发放",
        "Record that commission was paid",
    ),
    line::<commission::undo_payment::UndoPayment>("撤销发放登记", "Undo a recorded payment"),
    line::<commission::confirm::Confirm>("确认提成", "Confirm a line of commission"),
    line::<commission::object::Object>("提出提成异议", "Object to a line of commission"),
    line::<commission::answer::Answer>("答复提成异议", "Answer an objection"),
    line::<commission::put_right::PutRight>(
        "登记异议已另行更正",
        "Say that an objection was put right elsewhere",
    ),
    line::<commission::sign_off::SignOff>("签收提成单", "Sign a whole statement off"),
    line::<rules::save_draft::SaveDraft>("保存决策表草稿", "Save a draft of a decision table"),
    line::<rules::drop_draft::DropDraft>("放弃决策表草稿", "Throw a draft away"),
    line::<rules::publish::Publish>("发布决策表", "Publish a decision table"),
    line::<rules::retire::Retire>("停用决策表", "End a decision table"),
    line::<commission::decide_exit::DecideExit>("决定离职提成", "Decide commission at an exit"),
    line::<commission::object_exit::ObjectExit>(
        "对离职提成有异议",
        "Object to commission at an exit",
    ),
    line::<commission::check_exit::CheckExit>("复核离职提成", "Check commission at an exit"),
    line::<commission::settle_exit::SettleExit>("离职提成结算", "Settle commission at an exit"),
    line::<document::issue::Issue>("出具文书", "Issue a document"),
    line::<document::publish_template::PublishTemplate>("启用文书模板", "Put a template in force"),
    line::<signing::begin_factor::BeginFactor>("绑定动态口令", "Set up one-time codes"),
    line::<signing::confirm_factor::ConfirmFactor>("启用动态口令", "Use one-time codes"),
    line::<signing::reset_factor::ResetFactor>("停用动态口令", "Switch one-time codes off"),
    line::<signing::count_wrong_code::CountWrongCode>("签署口令输错", "Wrong code when signing"),
    line::<signing::consent::Consent>("同意电子签署", "Agree to sign electronically"),
    line::<signing::found_authority::FoundAuthority>("建立签署证书", "Found the company's CA"),
    line::<signing::make_seal::MakeSeal>("制作电子印章", "Make an electronic seal"),
    line::<signing::make_key::MakeKey>("生成签名密钥", "Make a signing key"),
    line::<signing::vouch_key::VouchKey>("核实签名密钥", "Vouch for a signing key"),
    line::<signing::retire_key::RetireKey>("停用签名密钥", "Give up a signing key"),
    line::<signing::request::Request>("发起签署", "Ask for signatures"),
    line::<signing::sign::Sign>("签署文书", "Sign a document"),
    line::<signing::refuse::Refuse>("拒签", "Refuse to sign"),
    line::<signing::withdraw::Withdraw>("撤回签署", "Withdraw the request to sign"),
    line::<signing::record_paper::RecordPaper>("登记纸质签署", "Record a signature on paper"),
    line::<signing::use_seal::UseSeal>("申请用印", "Ask for the seal"),
    line::<signing::seal::Seal>("用印", "Set the seal"),
    line::<signing::remind::Remind>("提醒签署", "Remind signers"),
    line::<signing::expire::Expire>("签署逾期", "Signing has expired"),
    line::<import::stage::Stage>("导入预检", "Stage an import"),
    line::<import::commit::Commit>("确认导入", "Commit an import"),
    line::<import::undo::Undo>("撤销导入", "Undo an import"),
    line::<import::discard::Discard>("放弃导入批次", "Discard an import"),
    line::<rehearsal::declare::Declare>("设立演练账册", "Declare books for rehearsal"),
    line::<rehearsal::set_clock::SetClock>("拨动演练时钟", "Set the clock of a rehearsal"),
    line::<alert::raise::Raise>("产生预警", "Raise an alert"),
    line::<alert::take::Take>("接手预警", "Take an alert"),
    line::<alert::resolve::Resolve>("处理预警", "Resolve an alert"),
    line::<job::retry::Retry>("重试后台任务", "Try a job again"),
    line::<job::give_up::GiveUp>("放弃后台任务", "Give up a job"),
];

/// The line of an act, by name.
#[must_use]
pub fn act(name: &str) -> Option<&'static ActLine> {
    ACTS.iter().find(|line| line.name == name)
}

/// What a job's runner gives.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<Ran, Failure>> + Send + 'a>>;

/// One kind of job.
pub struct JobLine {
    /// `noun.verb`
    pub kind: &'static str,
    /// What it is called on screen.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Does it.
    pub run: for<'a> fn(&'a House, &'a Job) -> Running<'a>,
}

/// Every kind of job.
pub const JOBS: &[JobLine] = &[
    JobLine {
        kind: approval_jobs::TIMER,
        zh: "流程定时",
        en: "Timers of cases",
        run: approval_jobs::timer,
    },
    JobLine {
        kind: approval_jobs::PERFORM_HELD,
        zh: "执行已批准的动作",
        en: "Perform approved acts",
        run: approval_jobs::perform_held,
    },
    JobLine {
        kind: departure_jobs::END_ACCESS,
        zh: "到期收回权限",
        en: "End access after the last day",
        run: |house, job| Box::pin(departure_jobs::end_access(house, job)),
    },
    JobLine {
        kind: departure_jobs::LAST_DAY,
        zh: "到达最后工作日",
        en: "The last working day has come",
        run: |house, job| Box::pin(departure_jobs::last_day(house, job)),
    },
    JobLine {
        kind: handover_jobs::EXECUTE_DUE,
        zh: "到期执行交接",
        en: "Execute a handover on its day",
        run: |house, job| Box::pin(handover_jobs::execute_due(house, job)),
    },
    JobLine {
        kind: commission_jobs::REMIND,
        zh: "提醒确认提成",
        en: "Remind payees to confirm",
        run: |house, job| Box::pin(commission_jobs::remind(house, job)),
    },
    JobLine {
        kind: signing_jobs::REMIND,
        zh: "提醒签署",
        en: "Remind signers",
        run: |house, job| Box::pin(signing_jobs::remind(house, job)),
    },
    JobLine {
        kind: signing_jobs::EXPIRE,
        zh: "签署到期",
        en: "The deadline of a signing",
        run: |house, job| Box::pin(signing_jobs::expire(house, job)),
    },
    JobLine {
        kind: signing_jobs::SEAL,
        zh: "用印",
        en: "Set the seal",
        run: |house, job| Box::pin(signing_jobs::seal(house, job)),
    },
    JobLine {
        kind: evidence_jobs::STAMP,
        zh: "加盖可信时间戳",
        en: "Have the log stamped",
        run: |house, job| Box::pin(evidence_jobs::stamp(house, job)),
    },
    JobLine {
        kind: evidence_jobs::AUDIT,
        zh: "每夜状态审计",
        en: "Audit log and tables each night",
        run: |house, job| Box::pin(evidence_jobs::audit(house, job)),
    },
];

/// The line of a kind of job.
#[must_use]
pub fn job(kind: &str) -> Option<&'static JobLine> {
    JOBS.iter().find(|line| line.kind == kind)
}

/// What the slice of a subject does about the progress of a case, in the same transaction.
pub type React = fn(&Happening<'_>) -> Vec<Box<dyn AnyAct>>;

/// Who listens: the kind of subject (`departure` of `departure/dep_…`) and what it does.
pub const REACTIONS: &[(&str, React)] = &[
    ("departure", hears::hear),
    ("plan", plan_hears::hear),
    ("objection", objection::hear),
];

/// Whose books say how far a case is: the kind of subject and how they are read.
pub const KNOWN: &[(&str, Know)] = &[("departure", known::know), ("objection", objection::know)];

/// Who keeps the books of this kind of subject.
#[must_use]
pub fn known(kind: &str) -> Option<Know> {
    let found = KNOWN.iter().find(|(subject, _)| *subject == kind);
    found.map(|(_, know)| *know)
}

/// What works out again what somebody had on his screen, by the id of the thing and its digest.
pub type Showing<'a> = Pin<Box<dyn Future<Output = Result<Option<Shown>, Problem>> + Send + 'a>>;
/// See [`Showing`].
pub type Show = for<'a> fn(&'a Writing, &'a str, &'a str) -> Showing<'a>;

/// Whose pages show something that is kept with an answer.
pub const SHOWN: &[(&str, Show)] = &[("plan", handover_shown)];

/// Whose cases keep things from those who take part and may not read the subject: the kind of
/// subject, and the step at which each sees his own word alone.
pub const DISCREET: &[(&str, &str)] = &[("objection", objection::STEP), ("plan", ACCEPT)];

/// The step of cases about this kind of subject at which each sees his own word alone.
#[must_use]
pub fn discreet(kind: &str) -> Option<&'static str> {
    let found = DISCREET.iter().find(|(subject, _)| *subject == kind);
    found.map(|(_, step)| *step)
}

/// What a page about this kind of subject shows.
#[must_use]
pub fn shown(kind: &str) -> Option<Show> {
    let found = SHOWN.iter().find(|(subject, _)| *subject == kind);
    found.map(|(_, show)| *show)
}

/// What listens to cases about this kind of subject.
#[must_use]
pub fn reaction(kind: &str) -> Option<React> {
    REACTIONS
        .iter()
        .find(|(subject, _)| *subject == kind)
        .map(|(_, react)| *react)
}

/// The rules of access as they are shipped.
///
/// # Errors
/// [`Refusal`] when a role names a permission that is not on the list.
pub fn policy() -> Result<Policy, Refusal> {
    Policy::new(permissions::all(), roles::shipped())
}
