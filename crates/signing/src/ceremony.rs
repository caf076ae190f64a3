//! Who signs a document, in which order, at which level, until when 签署流程.
//!
//! A ceremony is a list of [`Step`]s. [`Ceremony::sign`] and its sisters decide whether a step may
//! be taken and give it back; [`Ceremony::apply`] takes it into the state. Each step is bound to
//! the document's first bytes, to the bytes that were on the screen, and to the step before it
//! ([`Step::binding`]): no step can be moved to another document, left out or put in between.
//!
//! Levels follow 电子签名法 art. 13: L0 is a receipt, L1 a signature in a way that both sides agreed
//! on, L2 a reliable signature equal to one by hand (art. 14). Paper is always allowed.

pub mod record;

use kernel::{Moment, Refusal};

use record::{Deed, Factor, Proof, Role, Seat, Sha256Digest, Standing, Step, Terms, bind};

/// Most places to sign; the largest form has three.
const MOST_SEATS: usize = 16;
/// Longest reason of a refusal, in characters.
const LONGEST_REASON: usize = 2000;
/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// A document being signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    terms: Terms,
    steps: Vec<Step>,
}

/// Somebody whose turn it is and who should be reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Who.
    pub party: String,
    /// Whole days until the deadline, rounded down.
    pub days_left: i64,
}

fn wrong(code: &str, zh: &str, en: &str) -> Refusal {
    Refusal::invalid(&format!("signing.{code}"), zh, en)
}

fn stands_against(code: &str, zh: &str, en: &str) -> Refusal {
    Refusal::conflict(&format!("signing.{code}"), zh, en)
}

impl Ceremony {
    /// Begins one.
    ///
    /// # Errors
    /// Nobody or too many are to sign, one person twice, a seat asks for paper only by level, or
    /// the deadline is not after the beginning.
    pub fn begin(terms: Terms) -> Result<Ceremony, Refusal> {
        let seats = &terms.seats;
        if seats.is_empty() || seats.len() > MOST_SEATS {
            return Err(wrong(
                "seats",
                "签署人应为 1 至 16 人",
                "There are 1 to 16 signers",
            ));
        }
        let doubled = seats
            .iter()
            .enumerate()
            .any(|(i, seat)| seats[..i].iter().any(|before| before.party == seat.party));
        if doubled {
            return Err(wrong(
                "one_person_twice",
                "同一人不能在一份文件上占两个签署位置",
                "One person cannot sign in two places of a document",
            )
            .remedy((
                "请为其中一个签署位置指定另一个人",
                "Choose somebody else for one of the two seats",
            )));
        }
        if terms.deadline <= terms.begun {
            return Err(wrong(
                "deadline",
                "签署期限须晚于发起时间",
                "The deadline is too early",
            ));
        }
        Ok(Ceremony {
            terms,
            steps: Vec::new(),
        })
    }

    /// Takes up a ceremony from what was kept.
    ///
    /// # Errors
    /// A step does not follow from those before it: something was changed, left out or put in.
    pub fn replay(terms: Terms, steps: &[Step]) -> Result<Ceremony, Refusal> {
        let mut ceremony = Ceremony::begin(terms)?;
        for step in steps {
            ceremony.apply(step)?;
        }
        Ok(ceremony)
    }

    /// What it is made of.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What happened, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The document's digest now: with all signatures that are inside it.
    #[must_use]
    pub fn current(&self) -> Sha256Digest {
        self.steps
            .last()
            .map_or(self.terms.document, |step| step.leaves)
    }

    fn last_binding(&self) -> Sha256Digest {
        let own = || bind("baton/signing-terms/v1", &self.terms);
        self.steps.last().map_or_else(own, Step::binding)
    }

    /// The proof of a seat that has signed.
    #[must_use]
    pub fn proof(&self, seat: usize) -> Option<&Proof> {
        self.steps.iter().find_map(|step| match &step.deed {
            Deed::Signed {
                seat: signed,
                proof,
            } if *signed == seat => Some(proof),
            _ => None,
        })
    }

    /// How it stands at a moment.
    #[must_use]
    pub fn standing(&self, at: Moment) -> Standing {
        match self.steps.last().map(|step| &step.deed) {
            Some(Deed::Refused { .. }) => Standing::Refused,
            Some(Deed::Withdrawn { .. }) => Standing::Withdrawn,
            _ if self.waiting().is_empty() => Standing::Complete,
            _ if at > self.terms.deadline => Standing::Expired,
            _ => Standing::Open,
        }
    }

    fn waiting(&self) -> Vec<usize> {
        let seats = 0..self.terms.seats.len();
        seats.filter(|seat| self.proof(*seat).is_none()).collect()
    }

    /// The seats whose turn it is.
    #[must_use]
    pub fn next(&self, at: Moment) -> Vec<usize> {
        if self.standing(at) != Standing::Open {
            return Vec::new();
        }
        let waiting = self.waiting();
        let turn = waiting
            .iter()
            .map(|seat| self.terms.seats[*seat].turn)
            .min();
        waiting
            .into_iter()
            .filter(|seat| Some(self.terms.seats[*seat].turn) == turn)
            .collect()
    }

    /// The seat in which this person may sign or refuse now.
    ///
    /// # Errors
    /// It is over, he is none of the signers, has signed already, or others come first.
    pub fn seat_of(&self, party: &str, at: Moment) -> Result<usize, Refusal> {
        self.open(at)?;
        let seat = self.terms.seats.iter().position(|seat| seat.party == party);
        let seat = seat.ok_or_else(|| {
            wrong(
                "not_a_signer",
                "您不在签署人名单中",
                "You are none of the signers",
            )
        })?;
        if self.proof(seat).is_some() {
            return Err(stands_against(
                "signed_already",
                "您已签署，无需重复签署",
                "You have signed already",
            ));
        }
        if !self.next(at).contains(&seat) {
            return Err(stands_against(
                "not_your_turn",
                "尚未轮到您签署",
                "Others have to sign before you",
            )
            .remedy((
                "前面的签署人完成后，系统会通知您",
                "You are told when the signers before have finished",
            )));
        }
        Ok(seat)
    }

    fn open(&self, at: Moment) -> Result<(), Refusal> {
        let (zh, en) = match self.standing(at) {
            Standing::Open => return Ok(()),
            Standing::Complete => ("文件已全部签署完成", "Everybody has signed"),
            Standing::Refused => ("已有签署人拒签，签署已结束", "Somebody refused; it is over"),
            Standing::Expired => ("签署期限已过", "The deadline has passed"),
            Standing::Withdrawn => ("签署已被发起人撤回", "It was withdrawn"),
        };
        Err(stands_against("over", zh, en).remedy((
            "如仍需签署，请由发起人重新发起",
            "If it is still to be signed, let whoever asked for it ask again",
        )))
    }

    fn step(&self, at: Moment, deed: Deed) -> Step {
        let leaves = match &deed {
            Deed::Signed {
                proof: Proof::Reliable { after, .. },
                ..
            } => *after,
            _ => self.current(),
        };
        Step {
            at,
            deed,
            document: self.terms.document,
            bound_to: self.current(),
            leaves,
            previous: self.last_binding(),
        }
    }

    /// Signs.
    ///
    /// # Errors
    /// It is not his turn, the proof is below the level, or it is bound to other bytes.
    pub fn sign(&self, party: &str, proof: Proof, at: Moment) -> Result<Step, Refusal> {
        let seat = self.seat_of(party, at)?;
        self.check(&self.terms.seats[seat], &proof, at)?;
        Ok(self.step(at, Deed::Signed { seat, proof }))
    }

    fn check(&self, seat: &Seat, proof: &Proof, at: Moment) -> Result<(), Refusal> {
        if proof.level() < seat.level {
            return Err(wrong(
                "level_too_low",
                "签署方式低于该文件要求的级别",
                "The document asks for a stronger signature",
            )
            .remedy((
                "请按页面提示使用要求的签署方式，或改为纸质签署",
                "Sign the way the page asks for, or let it be signed on paper",
            )));
        }
        let (seen, seal_use) = match proof {
            Proof::Receipt { read, factor } => {
                second_factor(*factor)?;
                (Some(*read), &None)
            }
            Proof::Agreed {
                read,
                consent,
                factor,
                seal_use,
                ..
            } => {
                second_factor(*factor)?;
                if consent.at > at {
                    return Err(wrong(
                        "consent",
                        "电子签署同意书晚于签署",
                        "Consent came later",
                    ));
                }
                (Some(*read), seal_use)
            }
            Proof::Reliable {
                before,
                after,
                seal_use,
                ..
            } => {
                if before == after {
                    return Err(wrong(
                        "unsigned",
                        "文件中没有新的签名",
                        "No signature was added",
                    ));
                }
                (Some(*before), seal_use)
            }
            Proof::Paper {
                kept_at,
                recorded_by,
                ..
            } => {
                return on_paper(seat, kept_at, recorded_by);
            }
        };
        if seen != Some(self.current()) {
            return Err(stands_against(
                "another_document",
                "签署的内容不是文件的当前版本",
                "What was signed is not the document as it is now",
            )
            .remedy((
                "请刷新页面，重新阅读后签署",
                "Reload, read it again, then sign",
            )));
        }
        sealed(seat, seal_use.as_deref())
    }

    /// Refuses to sign; the ceremony is over.
    ///
    /// # Errors
    /// It is not his turn, or there is no reason.
    pub fn refuse(&self, party: &str, reason: &str, at: Moment) -> Result<Step, Refusal> {
        let seat = self.seat_of(party, at)?;
        let reason = a_reason(reason)?;
        Ok(self.step(at, Deed::Refused { seat, reason }))
    }

    /// Takes the document back before all have signed.
    ///
    /// # Errors
    /// It is over, or there is no reason.
    pub fn withdraw(&self, by: &str, reason: &str, at: Moment) -> Result<Step, Refusal> {
        self.open(at)?;
        let (by, reason) = (by.to_owned(), a_reason(reason)?);
        Ok(self.step(at, Deed::Withdrawn { by, reason }))
    }

    /// Takes a step into the state. Everything is decided anew, so that a step from elsewhere, or
    /// one that was tampered with, is refused.
    ///
    /// # Errors
    /// The step does not follow.
    pub fn apply(&mut self, step: &Step) -> Result<(), Refusal> {
        let party = |seat: &usize| {
            let seat = self.terms.seats.get(*seat);
            seat.map(|seat| seat.party.clone()).unwrap_or_default()
        };
        let decided = match &step.deed {
            Deed::Signed { seat, proof } => self.sign(&party(seat), proof.clone(), step.at),
            Deed::Refused { seat, reason } => self.refuse(&party(seat), reason, step.at),
            Deed::Withdrawn { by, reason } => self.withdraw(by, reason, step.at),
        }?;
        if decided != *step {
            return Err(stands_against(
                "broken_chain",
                "签署记录前后不衔接，可能被改动",
                "A step does not follow from those before it",
            ));
        }
        self.steps.push(decided);
        Ok(())
    }

    /// Whom to remind: those whose turn it is, once each day in the last `days` days.
    #[must_use]
    pub fn reminders(&self, at: Moment, days: i64) -> Vec<Reminder> {
        let left = (self.terms.deadline.0 - at.0).div_euclid(DAY * 1000);
        if left >= days {
            return Vec::new();
        }
        let each = self.next(at).into_iter().map(|seat| Reminder {
            party: self.terms.seats[seat].party.clone(),
            days_left: left,
        });
        each.collect()
    }
}

/// The company signs with its seal, and that after approval only.
fn sealed(seat: &Seat, seal_use: Option<&str>) -> Result<(), Refusal> {
    if seat.role == Role::Company && seal_use.is_none_or(str::is_empty) {
        return Err(wrong(
            "seal_without_approval",
            "用印须先经审批",
            "The seal is used after approval only",
        )
        .remedy((
            "请先提交用印申请，审批通过后再用印",
            "Ask for the use of the seal first, and seal after the approval",
        )));
    }
    Ok(())
}

fn on_paper(seat: &Seat, kept_at: &str, recorded_by: &str) -> Result<(), Refusal> {
    if kept_at.trim().is_empty() {
        return Err(wrong(
            "place",
            "请填写纸质原件的存放地点",
            "Where is the paper?",
        ));
    }
    if recorded_by == seat.party {
        return Err(wrong(
            "recorded_by_signer",
            "纸质签署须由签署人以外的人登记",
            "Paper is recorded by somebody other than its signer",
        ));
    }
    Ok(())
}

fn second_factor(factor: Factor) -> Result<(), Refusal> {
    if factor != Factor::Password {
        return Ok(());
    }
    Err(wrong(
        "second_factor",
        "签署前须用动态口令或通行密钥确认身份",
        "Signing needs a one-time code or a passkey",
    )
    .remedy((
        "请在「我的账号」中绑定动态口令或通行密钥",
        "Set up one-time codes or a passkey under “My account”",
    )))
}

fn a_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(wrong(
            "reason",
            "请填写理由，不超过 2000 字",
            "A reason of at most 2,000 characters is needed",
        ));
    }
    Ok(reason.to_owned())
}
