//! What the approval engine promises, tried out 流程测试.

#[cfg(test)]
mod amend;
#[cfg(test)]
mod exhaustive;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod issues;
#[cfg(test)]
mod returns;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod seats;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod timers;
#[cfg(test)]
mod validator;
#[cfg(test)]
mod views;
#[cfg(test)]
mod world;
