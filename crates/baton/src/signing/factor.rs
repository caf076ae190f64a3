//! Who acts proves himself by a code of his phone 二次验证.

use kernel::{EmployeeId, Moment, Refusal};
use spine::{By, Failure, Fault, Reader};

use super::acts::count_wrong_code::CountWrongCode;
use super::store::{self, Factor};
use super::{code, vault};
use crate::house::House;

/// A code was right and is not used up yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Confirmed {
    /// Its step of time.
    pub(crate) step: i64,
}

fn wrong(zh: &str, en: &str) -> Refusal {
    Refusal::invalid("signing.wrong_code", zh, en).at("/code", zh)
}

/// Whether the code of a person is right at this moment; a wrong one is counted. The answer is a
/// refusal or what an act decides with, so that a repeated request finds its stored answer first.
pub(super) async fn confirm(
    house: &House,
    employee: EmployeeId,
    typed: &str,
    pending: bool,
) -> Result<Result<Confirmed, Refusal>, Failure> {
    let system = By::system("code");
    let (factor, failed) = {
        let mut look = house.spine.look(&system).await?;
        let mut books = look.books();
        let factor = store::factor(&mut books, employee).await?;
        (factor, store::failures(&mut books, employee).await?)
    };
    let now = house.spine.now();
    if let Err(no) = no_more_guesses(failed.1, now) {
        return Ok(Err(no));
    }
    let Some(factor) = factor.filter(|factor| factor.active || pending) else {
        return Ok(Err(none()));
    };
    let seed = match house
        .vault
        .open_sealed(&employee.to_string(), &factor.sealed)
    {
        Ok(seed) => seed,
        Err(no) => return Ok(Err(no)),
    };
    let Some(step) = code::step_of(&seed, typed, now)? else {
        if let Err(no) = count(house, employee).await? {
            return Ok(Err(no));
        }
        return Ok(Err(wrong(
            "动态口令不正确，请输入手机上当前显示的 6 位数字",
            "The one-time code is wrong",
        )
        .remedy((
            "请核对手机时间是否准确；连续输错 5 次将暂停",
            "Check whether the clock of the phone is right; after 5 wrong codes it pauses",
        ))));
    };
    Ok(fresh(&factor, step).map(|()| Confirmed { step }))
}

/// Counts a wrong code or a wrong signing secret. Of many that were under way at once only the free
/// ones are counted and told; the others are answered that one must wait.
pub(super) async fn count(
    house: &House,
    employee: EmployeeId,
) -> Result<Result<(), Refusal>, Failure> {
    let act = CountWrongCode { employee };
    match house.spine.perform(&act, &By::system("code"), None).await {
        Ok(_) => Ok(Ok(())),
        Err(Failure::Refused(no)) => Ok(Err(no)),
        Err(failure) => Err(failure),
    }
}

/// Whether no code of this step or a later one was used yet.
///
/// # Errors
/// `signing.code_used`.
pub(super) fn fresh(factor: &Factor, step: i64) -> Result<(), Refusal> {
    if step > factor.last_step {
        return Ok(());
    }
    let zh = "该动态口令已使用过，请等待手机显示下一个";
    Err(Refusal::invalid("signing.code_used", zh, "This code was used already").at("/code", zh))
}

/// How it stands with somebody's codes, as an act finds it in its transaction.
pub(super) struct Standing {
    factor: Option<Factor>,
    waits_until: Moment,
}

impl Standing {
    /// Reads it.
    pub(super) async fn read(
        books: &mut Reader<'_>,
        employee: EmployeeId,
    ) -> Result<Standing, Fault> {
        Ok(Standing {
            factor: store::factor(books, employee).await?,
            waits_until: store::failures(books, employee).await?.1,
        })
    }

    /// An act asks again whether a confirmation still holds.
    ///
    /// # Errors
    /// `signing.must_wait`, `signing.no_factor`, `signing.code_used`.
    pub(super) fn allows(&self, confirmed: Confirmed, at: Moment) -> Result<(), Refusal> {
        no_more_guesses(self.waits_until, at)?;
        fresh(self.factor.as_ref().ok_or_else(none)?, confirmed.step)
    }
}

pub(super) fn none() -> Refusal {
    Refusal::conflict(
        "signing.no_factor",
        "尚未启用动态口令，不能签署",
        "No one-time codes are set up yet",
    )
    .remedy((
        "请先在「我的签名」中用手机启用动态口令",
        "Set up one-time codes with your phone under “My signature” first",
    ))
}

/// Whether a code or a secret of somebody may be tried at this moment.
///
/// # Errors
/// `signing.must_wait`.
pub(super) fn no_more_guesses(until: Moment, now: Moment) -> Result<(), Refusal> {
    if until <= now {
        return Ok(());
    }
    let minutes = (until.0 - now.0) / 60_000 + 1;
    Err(Refusal::invalid(
        "signing.must_wait",
        format!("连续输错次数过多，请 {minutes} 分钟后再试"),
        format!("Too many wrong codes; try again in {minutes} minutes"),
    )
    .remedy((
        "手机遗失请联系安全管理员停用动态口令；也可改用纸质签署",
        "If the phone is lost, ask the security administrator to disable the codes; or sign on \
         paper",
    )))
}

/// A seed for a new factor, and the same sealed.
pub(super) struct Seed {
    pub(super) enrolment: code::Enrolment,
    pub(super) sealed: String,
}

/// Throws the dice for a new factor.
pub(super) async fn seed(
    house: &House,
    employee: EmployeeId,
    account: &str,
) -> Result<Seed, Failure> {
    let company = house.company().await?;
    let seed = zeroize::Zeroizing::new(vault::dice::<{ code::SEED }>());
    Ok(Seed {
        enrolment: code::enrolment(seed.as_slice(), &company, account)?,
        sealed: house.vault.seal(&employee.to_string(), seed.as_slice())?,
    })
}
