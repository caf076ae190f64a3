//! What an order line comes to, in whole numbers 订单行金额.

use kernel::{Fen, Ppm};

use crate::tally::half_up_to_fen;

/// Amount = unit price × quantity × (1 − discount), rounded half up to the 分 (四舍五入), and the
/// exact product in thousand-millionths of a 分: thousandths of a unit times parts per million
/// are just that. `None` when it does not fit.
pub(crate) fn amount(price: Fen, thousandths: i64, discount: Ppm) -> Option<(Fen, i128)> {
    let exact = i128::from(price.0)
        .checked_mul(i128::from(thousandths))?
        .checked_mul(1_000_000 - i128::from(discount.0))?;
    half_up_to_fen(exact).map(|fen| (fen, exact))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_as_on_an_invoice() {
        // 3 × 0.35 less 15 % = 0.8925; 1.5 × 2.01 less 5 % = 2.86425; a returned piece.
        for (price, thousandths, discount, fen) in [
            (35, 3_000, 150_000, 89),
            (201, 1_500, 50_000, 286),
            (1_999, -1_000, 0, -1_999),
        ] {
            let (amount, _) = amount(Fen(price), thousandths, Ppm(discount)).unwrap();
            assert_eq!(amount, Fen(fen));
        }
    }

    proptest! {
        #[test]
        fn the_fen_is_never_further_than_half_from_the_product(
            price in -1_000_000_000_i64..1_000_000_000,
            thousandths in -10_000_000_i64..10_000_000,
            discount in 0..=1_000_000_i64,
        ) {
            let (fen, exact) = amount(Fen(price), thousandths, Ppm(discount)).unwrap();
            prop_assert!((i128::from(fen.0) * 1_000_000_000 - exact).abs() <= 500_000_000);
        }

        #[test]
        fn what_does_not_fit_is_said(price: i64, thousandths: i64, discount: i64) {
            let _ = amount(Fen(price), thousandths, Ppm(discount));
        }
    }
}
