//! The kernel against the real calendar of 2007–2026 内核测试.

#[cfg(test)]
mod calendar;
