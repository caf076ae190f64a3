//! The departures of the demo, step by step through the acts 演示离职.

use std::collections::BTreeMap;

use ::departure::ground::Ground;
use ::departure::kind::DepartureKind;
use ::departure::notice::AgreedLastDay;
use ::document::Kind;
use ::handover::acceptance::Verdict;
use kernel::{DepartureId, EmployeeId, PlanId};
use serde_json::json;
use spine::{By, Failure, Fault};

use super::desk::Says;
use super::script::{Beat, LEAVERS, Leaver};
use super::staff::Staff;
use super::stage::Stage;
use crate::departure::acts as exits;
use crate::departure::acts::record_check::{Check, RecordCheck};
use crate::departure::reckoning::{Protected, Wish, one_may_file};
use crate::document::about::{About, Wish as Paper};
use crate::document::acts::issue::Issue;
use crate::handover::acts as plans;
use crate::handover::forecast::{Seen, reckon};
use crate::handover::loaded::loaded;
use crate::handover::store::terms_of as plan_terms;

/// What came of each departure so far.
#[derive(Default)]
pub(super) struct Departures {
    filed: BTreeMap<usize, DepartureId>,
    plans: BTreeMap<usize, PlanId>,
}

/// Who does what in one departure.
struct Cast<'a> {
    leaver: &'a str,
    head: &'a str,
    manager: &'a str,
    hr: &'a str,
    finance: &'a str,
    it: &'a str,
    office: &'a str,
}

/// 工号 of this leaver.
pub(super) fn number_of<'a>(staff: &'a Staff, leaver: &Leaver) -> Result<&'a str, Failure> {
    let group = &staff.groups[leaver.group];
    let at = group.len().checked_sub(1 + leaver.seat);
    let found = at.and_then(|at| group.get(at));
    Ok(found.ok_or_else(|| Fault::new("a leaver without a seat"))?)
}

fn cast<'a>(staff: &'a Staff, leaver: &Leaver) -> Result<Cast<'a>, Failure> {
    Ok(Cast {
        leaver: number_of(staff, leaver)?,
        head: &staff.heads[leaver.group],
        manager: &staff.managers[leaver.group / 2],
        hr: staff.first("人事专员"),
        finance: staff.first("财务专员"),
        it: staff.first("系统工程师"),
        office: staff.first("行政专员"),
    })
}

impl Departures {
    /// Plays one beat of the script at the present moment of the story.
    pub(super) async fn play(
        &mut self,
        stage: &Stage,
        staff: &Staff,
        at: usize,
        beat: Beat,
    ) -> Result<(), Failure> {
        let leaver = &LEAVERS[at];
        let cast = cast(staff, leaver)?;
        match beat {
            Beat::File => self.file(stage, &cast, at, leaver).await,
            Beat::DrawUp => self.draw_up(stage, &cast, at).await,
            Beat::ListAccounts => {
                let says = Says::Done("已列出名下账号，最后工作日当天关闭");
                let step = ("accounts", says);
                super::desk::answers(stage, &[cast.it], self.departure(at)?, step).await
            }
            Beat::ListAssets => {
                let says = Says::Done("已核对领用登记，离职前收回");
                let step = ("assets", says);
                super::desk::answers(stage, &[cast.office], self.departure(at)?, step).await
            }
            Beat::LawSays | Beat::DirectorsAgree | Beat::AllAgree | Beat::Compensate => {
                agree(stage, staff, &cast, self.departure(at)?, beat).await
            }
            Beat::Submit | Beat::AllAccept | Beat::OneDeclines | Beat::Approve => {
                let plan = self.plan(at)?;
                plan_goes_on(stage, &cast, plan, beat).await
            }
            _ => {
                let departure = self.departure(at)?;
                departure_goes_on(stage, &cast, departure, beat).await
            }
        }
    }

    fn departure(&self, at: usize) -> Result<DepartureId, Failure> {
        let found = self.filed.get(&at).copied();
        found.ok_or_else(|| Fault::new("nothing filed yet").into())
    }

    fn plan(&self, at: usize) -> Result<PlanId, Failure> {
        let found = self.plans.get(&at).copied();
        found.ok_or_else(|| Fault::new("no plan yet").into())
    }

    async fn file(
        &mut self,
        stage: &Stage,
        cast: &Cast<'_>,
        at: usize,
        leaver: &Leaver,
    ) -> Result<(), Failure> {
        let today = stage.day();
        let own = one_may_file(leaver.kind);
        let by = stage.by(if own { cast.leaver } else { cast.hr }).await?;
        let last = leaver.wishes.map(|days| today.plus_days(days));
        let act = exits::file::File {
            employee: stage.employee(cast.leaver)?,
            filed_by: by.id(),
            wish: Wish {
                kind: leaver.kind,
                received_on: today,
                wished_on: last.filter(|_| own),
                agreed: last.filter(|_| !own).map(|last_day| AgreedLastDay {
                    last_day,
                    agreed_on: today,
                }),
                last_working_day: None,
                commission_cutoff_on: None,
                pay_in_lieu: false,
                local_notice_days: 0,
                protected: (!own).then(Protected::default),
            },
            reason: leaver.reason.to_owned(),
        };
        let filed = stage.act(&act, &by).await?;
        self.filed.insert(at, filed.id);
        Ok(())
    }

    async fn draw_up(&mut self, stage: &Stage, cast: &Cast<'_>, at: usize) -> Result<(), Failure> {
        let by = stage.by(cast.head).await?;
        let act = plans::draw_up::DrawUp {
            from: stage.employee(cast.leaver)?,
            departure: Some(self.departure(at)?),
            effective_on: None,
            remainder_of: None,
            fill: true,
            contracts: Vec::new(),
            by: by.id(),
        };
        let drawn = stage.act(&act, &by).await?;
        self.plans.insert(at, drawn.id);
        Ok(())
    }
}

/// Everybody who must say yes to a dismissal or an agreement says it; finance pays what is due.
async fn agree(
    stage: &Stage,
    staff: &Staff,
    cast: &Cast<'_>,
    departure: DepartureId,
    beat: Beat,
) -> Result<(), Failure> {
    let leaver = vec![cast.leaver];
    let steps: &[(&str, Vec<&str>)] = &match beat {
        Beat::LawSays => vec![("protection", staff.all("法务专员"))],
        Beat::Compensate => vec![("compensation", staff.all("财务专员"))],
        Beat::DirectorsAgree => vec![
            ("hr_director", staff.all("人事专员")),
            ("gm", staff.all("总经理")),
        ],
        _ => vec![
            ("consent", leaver),
            ("hr", staff.all("人事专员")),
            ("gm", staff.all("总经理")),
        ],
    };
    let says = match beat {
        Beat::Compensate => Says::Done("经济补偿已随末月工资支付"),
        _ => Says::Yes,
    };
    for (step, who) in steps {
        super::desk::answers(stage, who, departure, (step, says)).await?;
    }
    Ok(())
}

/// Version and receivers of a plan as it stands.
async fn standing(stage: &Stage, plan: PlanId) -> Result<(u32, Vec<EmployeeId>), Failure> {
    let system = By::system("install");
    let mut look = stage.house.spine.look(&system).await?;
    let found = loaded(&mut look.books(), plan).await?;
    Ok((found.head.version, found.plan.successors()))
}

/// What this receiver, or whoever decides, has on his screen when he agrees.
async fn screen(
    stage: &Stage,
    plan: PlanId,
    only: Option<EmployeeId>,
) -> Result<Option<Seen>, Failure> {
    let system = By::system("install");
    let mut look = stage.house.spine.look(&system).await?;
    let mut books = look.books();
    let found = loaded(&mut books, plan).await?;
    let terms = plan_terms(&mut books, plan).await?;
    let reckoned = reckon(&mut books, &found, only, &terms).await?;
    let sees = only.map_or_else(|| reckoned.people(&found), |one| vec![one]);
    let figures = reckoned.shown(&mut books, &found, &sees).await?;
    Ok(Some(Seen::of(&figures)?))
}

async fn plan_goes_on(
    stage: &Stage,
    cast: &Cast<'_>,
    plan: PlanId,
    beat: Beat,
) -> Result<(), Failure> {
    let (version, receivers) = standing(stage, plan).await?;
    match beat {
        Beat::Submit => {
            let act = plans::submit::Submit { plan, version };
            stage.act(&act, &stage.by(cast.head).await?).await
        }
        Beat::Approve => {
            let by = stage.by(cast.manager).await?;
            let act = plans::approve::Approve {
                plan,
                version: Some(version),
                by: stage.employee(cast.manager)?,
                seen: screen(stage, plan, None).await?,
            };
            stage.act(&act, &by).await
        }
        _ => answers(stage, (plan, version), &receivers, beat).await,
    }
}

async fn answers(
    stage: &Stage,
    (plan, version): (PlanId, u32),
    receivers: &[EmployeeId],
    beat: Beat,
) -> Result<(), Failure> {
    let mut sorted: Vec<(&str, EmployeeId)> = Vec::new();
    for receiver in receivers {
        sorted.push((stage.number(*receiver).unwrap_or_default(), *receiver));
    }
    sorted.sort_unstable();
    let last = sorted.len().saturating_sub(1);
    for (turn, (_, successor)) in sorted.into_iter().enumerate() {
        let declines = beat == Beat::OneDeclines;
        if declines && turn == last && turn > 0 {
            continue;
        }
        let verdict = if declines && turn == 0 {
            Verdict::Decline {
                reason: "手上客户已满，且不熟悉医药行业，请改派".to_owned(),
            }
        } else {
            Verdict::Accept
        };
        let seen = match verdict {
            Verdict::Accept => screen(stage, plan, Some(successor)).await?,
            Verdict::Decline { .. } => None,
        };
        let act = plans::answer::Answer {
            plan,
            successor,
            in_stead: None,
            version: Some(version),
            verdict,
            seen,
        };
        stage.act(&act, &stage.by_id(successor).await?).await?;
    }
    Ok(())
}

/// The notice to somebody who was not up to his work, with what is due to him.
async fn notice_of(stage: &Stage, departure: DepartureId, by: String) -> Result<Issue, Failure> {
    let system = By::system("install");
    let mut look = stage.house.spine.look(&system).await?;
    let found = crate::departure::store::found(&mut look.books(), departure).await?;
    let (hired, ends) = (
        found.person.hired_on,
        found.departure.clocks.employment_ends,
    );
    let worked = (0..12).take_while(|months| hired.plus_months(*months) <= ends);
    let months = worked.count();
    let grounds = found.departure.kind.grounds();
    let ground = grounds.map(Ground::label).nth(1).unwrap_or_default();
    let money = |yuan: usize| json!({ "amount": format!("{yuan}.00"), "currency": "CNY" });
    let typed = [
        ("facts", json!("两次考核不合格，培训和调整岗位后仍不合格。")),
        ("service", json!("当面送达")),
        ("ground", json!(ground)),
        ("wages12", money(9_000 * months)),
        ("wage_months", json!(months)),
        ("minimum_wage", money(2_490)),
        ("wage_cap", money(36_000)),
    ];
    let typed = typed.map(|(key, value)| (key.to_owned(), value));
    let wish = Paper {
        kind: Kind::TerminationNotice,
        about: About::Departure(departure),
        typed: typed.into_iter().collect(),
    };
    Ok(Issue::wished(wish, by))
}

async fn departure_goes_on(
    stage: &Stage,
    cast: &Cast<'_>,
    departure: DepartureId,
    beat: Beat,
) -> Result<(), Failure> {
    let hr = stage.by(cast.hr).await?;
    match beat {
        Beat::Acknowledge => {
            if stage.kind(departure).await? == DepartureKind::NoFaultDismissal {
                let act = notice_of(stage, departure, hr.id()).await?;
                stage.act(&act, &hr).await?;
            }
            let act = exits::acknowledge::Acknowledge {
                departure,
                on: None,
                by: hr.id(),
            };
            stage.act(&act, &hr).await?;
            if one_may_file(stage.kind(departure).await?) {
                let act = Issue::of(Kind::ResignationNotice, departure, hr.id());
                stage.act(&act, &hr).await?;
            }
        }
        Beat::ListHandover => {
            let act = Issue::of(Kind::HandoverList, departure, hr.id());
            stage.act(&act, &hr).await?;
        }
        Beat::Certify => {
            let act = Issue::of(Kind::LeavingCertificate, departure, hr.id());
            stage.act(&act, &hr).await?;
        }
        Beat::Close => {
            super::exits::all_decided(stage, cast.finance, departure).await?;
            let by = hr.id();
            stage
                .act(&exits::close::Close { departure, by }, &hr)
                .await?;
        }
        Beat::Withdraw => {
            let act = exits::withdraw_by_agreement::WithdrawByAgreement {
                departure,
                employee_agrees: true,
                company_agrees: true,
                reason: "经面谈，薪酬调整后本人愿意留任，双方书面同意撤回".to_owned(),
                by: hr.id(),
            };
            stage.act(&act, &hr).await?;
        }
        Beat::ReturnAll | Beat::ReturnSome | Beat::CloseAccounts => {
            give_back(stage, cast, departure, beat).await?;
        }
        _ => check(stage, cast, departure, beat).await?,
    }
    Ok(())
}

async fn check(
    stage: &Stage,
    cast: &Cast<'_>,
    departure: DepartureId,
    beat: Beat,
) -> Result<(), Failure> {
    let on = stage.day();
    let (who, check) = match beat {
        Beat::CheckReceivables => (
            cast.finance,
            Check::Receivables {
                note: "已与客户对账单核对".to_owned(),
            },
        ),
        Beat::TellUnion => (
            cast.hr,
            Check::UnionNotice {
                on,
                note: "已书面通知工会，工会无异议".to_owned(),
            },
        ),
        _ => (
            cast.hr,
            Check::Interview {
                on,
                note: "交接意愿良好，愿意带接替人拜访重点客户".to_owned(),
            },
        ),
    };
    let by = stage.by(who).await?;
    let act = RecordCheck {
        departure,
        check,
        by: by.id(),
    };
    stage.act(&act, &by).await?;
    Ok(())
}

/// IT closes the accounts, the office takes the things back; of "some" the last one stays out.
async fn give_back(
    stage: &Stage,
    cast: &Cast<'_>,
    departure: DepartureId,
    beat: Beat,
) -> Result<(), Failure> {
    let accounts = beat == Beat::CloseAccounts;
    let by = stage
        .by(if accounts { cast.it } else { cast.office })
        .await?;
    let lent = stage.lent(stage.employee(cast.leaver)?).await?;
    let mut wanted: Vec<_> = lent
        .into_iter()
        .filter(|(_, account)| *account == accounts)
        .map(|(id, _)| id)
        .collect();
    if beat == Beat::ReturnSome {
        wanted.pop();
    }
    for asset_id in wanted {
        let check = if accounts {
            Check::AccountClosed {
                asset_id,
                note: "数据已移交主管".to_owned(),
            }
        } else {
            Check::Asset {
                asset_id,
                cost: None,
                note: "完好".to_owned(),
            }
        };
        let act = RecordCheck {
            departure,
            check,
            by: by.id(),
        };
        stage.act(&act, &by).await?;
    }
    Ok(())
}
