//! What a result comes to: exact to the last digit, rounded once and as it says.

use rules::expr::{Expr, Undefined};
use rules::kind::Kind;
use rules::value::Value;

fn keys() -> Vec<String> {
    ["金额", "比例", "Years of Service", "Years"]
        .map(str::to_owned)
        .to_vec()
}

fn kinds() -> Vec<Kind> {
    vec![Kind::Money, Kind::Rate, Kind::Int, Kind::Int]
}

fn inputs(amount: &str, rate: &str) -> Vec<Value> {
    let number = |text: &str| Value::number(text).unwrap();
    vec![number(amount), number(rate), number("30"), number("2")]
}

#[test]
fn money_comes_out_to_the_fen() {
    // Amount, rate, calculation, result.
    let lines = [
        (
            "12345.67",
            "0.035",
            "round(金额 * 比例, 2, half_up)",
            "432.1",
        ),
        ("0.01", "0.5", "round(金额 * 比例, 2, half_up)", "0.01"),
        ("0.01", "0.5", "round(金额 * 比例, 2, half_even)", "0"),
        ("0.03", "0.5", "round(金额 * 比例, 2, half_even)", "0.02"),
        ("0.01", "0.5", "round(金额 * 比例, 2, down)", "0"),
        ("-0.01", "0.5", "round(金额 * 比例, 2, half_up)", "-0.01"),
        ("-0.03", "0.5", "round(金额 * 比例, 2, half_even)", "-0.02"),
        ("100", "0", "round(金额 / 3, 2, half_up)", "33.33"),
        ("100", "0", "round(金额 / 3 * 3, 2, half_up)", "100"),
        ("2", "0", "round(金额 / 3, 2, half_up)", "0.67"),
        // Just under half a fen: rounded to 28 digits first it would be half, and go up.
        (
            "0.1",
            "0",
            "round(金额 / 30 + 0.00166666666666666666666666, 2, half_up)",
            "0",
        ),
        (
            "90000000000000000.00",
            "0.9",
            "round(金额 * 比例, 2, half_up)",
            "81000000000000000",
        ),
        (
            "92233720368547758.07",
            "0.999999",
            "round(金额 * 比例, 2, down)",
            "92233628134827389.52",
        ),
        (
            "1234567890123456.78",
            "0.035",
            "round(金额 * 比例, 2, half_up)",
            "43209876154320.99",
        ),
        ("10", "0", "金额 * 2 - 5", "15"),
        ("10", "0", "-金额 + 5", "-5"),
        ("10", "0", "100 - (金额 - 1)", "91"),
        ("10", "0", "12 * Years of Service + Years", "362"),
        (
            "10",
            "0",
            "round((1 + 3%) ** 3 * 金额, 2, half_up)",
            "10.93",
        ),
    ];
    for (amount, rate, text, expected) in lines {
        let expr = Expr::read(text, &keys()).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}"));
        assert_eq!(
            expr.eval(&inputs(amount, rate)),
            Ok(Value::number(expected).unwrap()),
            "{text}"
        );
        let expr = expr
            .fit(&Kind::Money, &kinds())
            .unwrap_or_else(|flaw| panic!("{text}: {flaw:?}"));
        let canonical = expr.text(&keys());
        assert_eq!(
            Expr::read(&canonical, &keys()).unwrap(),
            expr,
            "{text} → {canonical}"
        );
    }
}

#[test]
fn what_has_no_result_says_why() {
    let lines = [
        ("金额 / 0", Undefined::DivisionByZero),
        ("金额 / (5 - 5)", Undefined::DivisionByZero),
        ("金额 / 3", Undefined::NotRounded),
        ("null + 1", Undefined::Null),
        ("金额 ** 0.5", Undefined::Exponent),
        ("金额 ** 65", Undefined::Exponent),
        ("99999999999999999999999999 ** 60", Undefined::TooLarge),
        ("\"a\" + 1", Undefined::NotANumber),
    ];
    for (text, why) in lines {
        let expr = Expr::read(text, &keys()).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}"));
        assert_eq!(expr.eval(&inputs("1", "1")), Err(why), "{text}");
    }
}

#[test]
fn a_result_that_does_not_fit_its_column_is_refused_when_it_is_written() {
    let lines = [
        (
            Kind::Money,
            "金额 * 比例",
            "needs_round",
            "round(…, 2, half_up)",
        ),
        (
            Kind::Money,
            "金额 / 2",
            "needs_round",
            "round(…, 2, half_up)",
        ),
        (
            Kind::Money,
            "round(金额, 3, down)",
            "needs_round",
            "round(…, 2, half_up)",
        ),
        (Kind::Int, "0.5", "too_fine", "0 位"),
        (Kind::Money, "null", "null_result", "50000.00"),
        (Kind::Bool, "金额", "wrong_kind", "true"),
        (Kind::Bool, "1 + 1", "wrong_kind", "true"),
        (Kind::Money, "金额 + \"a\"", "not_a_number", "条件列"),
        (
            Kind::of_choices(&["是", "否"]),
            "也许",
            "no_such_choice",
            "\"是\", \"否\"",
        ),
    ];
    for (kind, text, code, remedy) in lines {
        let expr = Expr::read(text, &keys()).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}"));
        let flaw = expr.fit(&kind, &kinds()).expect_err(text);
        assert_eq!(flaw.code, code, "{text}: {flaw:?}");
        assert!(flaw.remedy.contains(remedy), "{text}: {}", flaw.remedy);
    }
    let unreadable = [
        ("金额 *", "not_a_result"),
        ("底薪 * 2", "no_such_input"),
        ("round(金额, 2)", "round_broken"),
        ("round(金额, 2, up)", "round_broken"),
        ("round(金额, 99, down)", "round_broken"),
        ("(1 + 2", "unclosed"),
        ("-2 ** 2", "power_ambiguous"),
        ("2 ** 3 ** 2", "power_ambiguous"),
    ];
    for (text, code) in unreadable {
        let flaw = Expr::read(text, &keys()).expect_err(text);
        assert_eq!(flaw.code, code, "{text}: {flaw:?}");
    }
}
