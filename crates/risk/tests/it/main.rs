//! What is worth an alert, as tables.

#[cfg(test)]
mod handling;
#[cfg(test)]
mod rules;
