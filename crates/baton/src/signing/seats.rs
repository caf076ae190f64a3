//! Who signs which kind of document, by default and in words 签署席位.

use ::document::Kind;
use ::signing::ceremony::record::{Level, Role, Standing};

/// A place to sign as it is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Proposed {
    pub(super) role: Role,
    pub(super) turn: u8,
    pub(super) level: Level,
}

const fn seat(role: Role, turn: u8, level: Level) -> Proposed {
    Proposed { role, turn, level }
}

/// The places of the form (law.md §9): the notice is signed by the employee and its receipt by HR;
/// the list by giver, receiver and supervisor; the certificate is sealed and then received.
pub(super) fn proposed(kind: Kind) -> &'static [Proposed] {
    match kind {
        Kind::ResignationNotice => NOTICE,
        Kind::HandoverList => LIST,
        Kind::LeavingCertificate => CERTIFICATE,
        Kind::CommissionStatement => STATEMENT,
        // Giver and receiver, then whoever supervises; finance where it is about money.
        Kind::CustomerHandover | Kind::ReceivableConfirmation => LIST,
        // What goes outside bears the company's seal; the customer stamps his receipt on paper.
        Kind::CustomerLetter | Kind::ReceivableStatement => SEALED,
        Kind::TransitionCommission => THREE,
        Kind::MutualTermination | Kind::ReassignmentAgreement => BOTH,
        Kind::TerminationNotice
        | Kind::CompensationReckoning
        | Kind::NoncompeteNotice
        | Kind::NoncompeteRelease => CERTIFICATE,
        Kind::Confidentiality => STATEMENT,
    }
}

const NOTICE: &[Proposed] = &[
    seat(Role::Employee, 1, Level::Agreed),
    seat(Role::Receiver, 2, Level::Receipt),
];
const LIST: &[Proposed] = &[
    seat(Role::Employee, 1, Level::Agreed),
    seat(Role::Receiver, 1, Level::Agreed),
    seat(Role::Witness, 2, Level::Agreed),
];
const STATEMENT: &[Proposed] = &[seat(Role::Employee, 1, Level::Agreed)];
const CERTIFICATE: &[Proposed] = &[
    seat(Role::Company, 1, Level::Reliable),
    seat(Role::Employee, 2, Level::Receipt),
];

const SEALED: &[Proposed] = &[seat(Role::Company, 1, Level::Reliable)];
const BOTH: &[Proposed] = &[
    seat(Role::Employee, 1, Level::Reliable),
    seat(Role::Company, 2, Level::Reliable),
];
const THREE: &[Proposed] = &[
    seat(Role::Employee, 1, Level::Reliable),
    seat(Role::Receiver, 1, Level::Reliable),
    seat(Role::Company, 2, Level::Reliable),
];

pub(super) fn role_words(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Employee => ("员工本人", "Employee"),
        Role::Receiver => ("接收人", "Receiver"),
        Role::Manager => ("主管", "Manager"),
        Role::Witness => ("监交人", "Supervisor"),
        Role::Company => ("公司", "Company"),
        Role::Customer => ("客户", "Customer"),
    }
}

pub(super) fn level_words(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Receipt => ("签收", "Receipt"),
        Level::Agreed => ("约定电子签名", "Agreed signature"),
        Level::Reliable => ("可靠电子签名", "Reliable signature"),
        Level::Paper => ("纸质签署", "On paper"),
    }
}

pub(crate) fn standing_words(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Open => ("签署中", "Being signed"),
        Standing::Complete => ("已签署", "Signed"),
        Standing::Refused => ("已拒签", "Refused"),
        Standing::Expired => ("已逾期", "Expired"),
        Standing::Withdrawn => ("已撤回", "Withdrawn"),
    }
}

/// The party of a legal entity's seat; everybody else is an employee.
pub(super) fn company(entity: kernel::EntityId) -> String {
    format!("entity/{entity}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_company_signs_with_its_key_and_nothing_less() {
        for kind in Kind::ALL {
            for seat in proposed(kind) {
                let company = seat.role == Role::Company;
                assert!(!company || seat.level == Level::Reliable, "{kind:?}");
                assert!(
                    seat.role != Role::Customer,
                    "{kind:?}: customers sign on paper"
                );
            }
        }
    }
}
