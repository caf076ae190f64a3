//! Logging in, roles, and the end of a session 登录与会话.
//!
//! Tables: `session_login`, `session_role`, `session`, `session_failure`. A session is an opaque
//! token of 256 bits of which only the SHA-256 is kept; it holds while its `auth_epoch` equals the
//! login's. Raising the epoch ends every session of a login at once.

pub mod acts;
pub mod api;
mod opening;
mod password;
pub(crate) mod store;
mod view;

pub(crate) use opening::open_for;
pub(crate) use password::check as check_password;
pub use password::hash as hash_password;
pub(crate) use password::slowly;
pub use store::SignedIn;
pub(crate) use store::signed_in;
