//! Moments as certificates, timestamps and PDFs write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use kernel::Moment;

use crate::asn1;

fn utc(moment: Moment) -> DateTime {
    let stamp = Timestamp::from_millisecond(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
    Offset::UTC.to_datetime(stamp)
}

fn from_utc(text: &str, format: &str) -> Option<Moment> {
    let civil = DateTime::strptime(format, text).ok()?;
    let zoned = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(Moment(zoned.timestamp().as_millisecond()))
}

/// `20261126080000Z`, with a fraction or without; only UTC, as RFC 3161 demands.
pub(crate) fn read_generalized(content: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
    let moment = from_utc(whole, "%Y%m%d%H%M%S")?;
    Some(moment.plus_millis(millis.parse().ok()?))
}

/// Certificates write years before 2050 with two digits (RFC 5280).
pub(crate) fn write_x509(moment: Moment) -> Vec<u8> {
    let civil = utc(moment);
    if (1950..2050).contains(&civil.year()) {
        let text = civil.strftime("%y%m%d%H%M%SZ").to_string();
        asn1::element(asn1::UTC_TIME, &[text.as_bytes()])
    } else {
        write_generalized(moment)
    }
}

pub(crate) fn write_generalized(moment: Moment) -> Vec<u8> {
    let text = utc(moment).strftime("%Y%m%d%H%M%SZ").to_string();
    asn1::element(asn1::TIME, &[text.as_bytes()])
}

/// `D:20261126080000+00'00'`.
pub(crate) fn write_pdf(moment: Moment) -> String {
    utc(moment).strftime("D:%Y%m%d%H%M%S+00'00'").to_string()
}

/// The moment a signature claims; zone or none, as PDFs have it.
pub(crate) fn read_pdf(text: &str) -> Option<Moment> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits = text.get(..14)?;
    let moment = from_utc(digits, "%Y%m%d%H%M%S")?;
    let zone = text.get(14..)?.replace('\'', "");
    let seconds = match (zone.get(..1), zone.get(1..3), zone.get(3..5)) {
        (Some(sign @ ("+" | "-")), Some(hours), minutes) => {
            let hours: i64 = hours.parse().ok()?;
            let minutes: i64 = minutes.unwrap_or("0").parse().ok()?;
            let east = hours * 3600 + minutes * 60;
            if sign == "+" { east } else { -east }
        }
        _ => 0,
    };
    Some(moment.plus_seconds(-seconds))
}
