//! A handover from plan to execution and back 交接测试.

#[cfg(test)]
mod approving;
#[cfg(test)]
mod books;
#[cfg(test)]
mod planning;
#[cfg(test)]
mod properties;
