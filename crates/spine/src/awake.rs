//! Waiting without going to sleep 忙等.
//!
//! SQLite answers from a thread of its own, mostly within some tens of microseconds. To put the
//! waiting thread to sleep and to wake it again takes as long once more, which an act with twenty
//! statements feels. So whoever waits looks again for a moment before he lets go.

use std::future::poll_fn;
use std::hint::spin_loop;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::Dialect;

/// Looks, some 25 ns apart: all of them together take about as long as to sleep and wake twice. A
/// program that was not optimised looks more slowly.
const LOOKS: u32 = if cfg!(debug_assertions) { 200 } else { 4_000 };

/// One at a time: where many wait at once the processor has better things to do.
static TAKEN: AtomicBool = AtomicBool::new(false);

struct Turn;

impl Turn {
    fn take() -> Option<Turn> {
        (!TAKEN.swap(true, Ordering::Acquire)).then_some(Turn)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        TAKEN.store(false, Ordering::Release);
    }
}

/// Waits for an answer of this database.
pub(crate) async fn awake<F: Future>(dialect: Dialect, future: F) -> F::Output {
    let mut future = pin!(future);
    let mut looked = !dialect.answers_soon();
    poll_fn(|context| {
        let mut answer = future.as_mut().poll(context);
        // Once only: whoever is woken later waits for something long.
        if answer.is_pending() && !looked {
            looked = true;
            if let Some(_turn) = Turn::take() {
                for _ in 0..LOOKS {
                    spin_loop();
                    answer = future.as_mut().poll(context);
                    if answer.is_ready() {
                        break;
                    }
                }
            }
        }
        answer
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use super::*;

    #[tokio::test]
    async fn what_comes_soon_and_what_comes_late_is_waited_for() {
        let mut asked = 0;
        let soon = poll_fn(|_| {
            asked += 1;
            if asked > 100 {
                Poll::Ready(7)
            } else {
                Poll::Pending
            }
        });
        assert_eq!(awake(Dialect::Sqlite, soon).await, 7);
        let late = async {
            for _ in 0..LOOKS * 2 {
                tokio::task::yield_now().await;
            }
            8
        };
        assert_eq!(awake(Dialect::Sqlite, late).await, 8);
        assert!(Turn::take().is_some(), "the turn was given back");
    }

    #[tokio::test]
    async fn those_who_wait_at_once_all_get_their_answers() {
        let tasks: Vec<_> = (0..50)
            .map(|n| {
                tokio::spawn(awake(Dialect::Sqlite, async move {
                    tokio::task::yield_now().await;
                    n
                }))
            })
            .collect();
        for (n, task) in tasks.into_iter().enumerate() {
            assert_eq!(task.await.unwrap(), n);
        }
    }
}
