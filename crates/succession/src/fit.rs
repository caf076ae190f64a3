//! How well a person fits a customer, before load 匹配度.

use std::collections::BTreeMap;

use crate::facts::{CandidateFacts, CustomerFacts, Weights};

/// Highest weight that is taken as given.
const MOST: u16 = 10_000;

/// What speaks for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) collaborator: bool,
    pub(crate) region: bool,
    pub(crate) industry: bool,
    pub(crate) department: bool,
}

impl Match {
    /// What speaks for `candidate` taking over `customer`.
    pub(crate) fn of(customer: &CustomerFacts, candidate: &CandidateFacts) -> Match {
        let known = |own: &[String], wanted: &Option<String>| {
            wanted.as_ref().is_some_and(|wanted| own.contains(wanted))
        };
        Match {
            collaborator: customer.collaborators.contains(&candidate.employee),
            region: known(&candidate.regions, &customer.region),
            industry: known(&candidate.industries, &customer.industry),
            department: customer
                .department
                .is_some_and(|department| candidate.departments.contains(&department)),
        }
    }

    /// Its points.
    pub(crate) fn points(self, weights: &Weights) -> i32 {
        [
            (self.collaborator, weights.collaborator),
            (self.region, weights.region),
            (self.industry, weights.industry),
            (self.department, weights.department),
        ]
        .into_iter()
        .filter_map(|(holds, weight)| holds.then_some(i32::from(weight.min(MOST))))
        .sum()
    }

    /// Whether anything speaks for the person.
    pub(crate) fn any(self) -> bool {
        self != Match::default()
    }
}

/// Points of every customer with every candidate, `None` where the person may not be asked.
///
/// Region, industry and department have few distinct values, so they are scored once each: ten
/// thousand customers of fifty regions need fifty comparisons per candidate, not ten thousand.
pub(crate) fn table(
    customers: &[&CustomerFacts],
    candidates: &[&CandidateFacts],
    weights: &Weights,
) -> Vec<Option<i32>> {
    let mut alike: BTreeMap<_, Vec<i32>> = BTreeMap::new();
    let mut table = Vec::with_capacity(customers.len() * candidates.len());
    for customer in customers {
        let traits = (&customer.region, &customer.industry, customer.department);
        let shared = alike.entry(traits).or_insert_with(|| {
            let stranger = CustomerFacts {
                collaborators: Vec::new(),
                ..(*customer).clone()
            };
            let points =
                |candidate: &&CandidateFacts| Match::of(&stranger, candidate).points(weights);
            candidates.iter().map(points).collect()
        });
        for (candidate, shared) in candidates.iter().zip(shared) {
            let knows = customer.collaborators.contains(&candidate.employee);
            let bonus = if knows {
                weights.collaborator.min(MOST)
            } else {
                0
            };
            table.push(may_be_asked(customer, candidate).then_some(*shared + i32::from(bonus)));
        }
    }
    table
}

/// Whether the person may be asked to take over this customer at all.
pub(crate) fn may_be_asked(customer: &CustomerFacts, candidate: &CandidateFacts) -> bool {
    candidate.active && !candidate.leaving && !customer.declined_by.contains(&candidate.employee)
}
