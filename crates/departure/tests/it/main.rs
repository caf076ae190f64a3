//! Departure by the worked examples of the law 离职测试.

#[cfg(test)]
mod closing;
#[cfg(test)]
mod compensation;
#[cfg(test)]
mod dates;
