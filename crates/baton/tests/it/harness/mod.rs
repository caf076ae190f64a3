//! A house in a temporary place, and people who knock at its door.

mod company;
mod dump;
mod fresh;
mod world;

pub(crate) use company::{Company, Person, hire, money, person};
pub(crate) use fresh::{Fresh, connect, empty_postgres};
pub(crate) use world::{Answer, Login, World, raw, without_chance};

/// Runs each story on both databases.
macro_rules! story {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                super::$name($crate::harness::World::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                match $crate::harness::World::on_postgres().await {
                    Some(world) => super::$name(world).await,
                    None => println!("skipped: BATON_TEST_POSTGRES is not set"),
                }
            }
        }
    )*};
}
