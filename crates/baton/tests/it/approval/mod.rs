//! Cases and tasks, through the API as the browser calls it.

mod gate;
mod house;
mod stories;
