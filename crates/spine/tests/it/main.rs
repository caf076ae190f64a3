//! The spine under test: one story on both databases, crashes, races, tampering 主干测试.

#[cfg(test)]
mod bulk;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod entered;
#[cfg(test)]
mod many;
#[cfg(test)]
mod race;
#[cfg(test)]
mod raw;
#[cfg(test)]
mod story;
#[cfg(test)]
mod tamper;
