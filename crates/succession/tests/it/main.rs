//! Suggestions on small tables, at random and at size 接替测试.

#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod speed;
