//! Quotes that do not pair up in delimited text 引号检查.

/// What is wrong with the quotes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuoteFault {
    /// A quoted cell runs to the end of the file; so many lines lie inside.
    Unclosed { lines: usize },
    /// Text follows a closing quote.
    Stray,
}

/// Looks at the raw bytes of one row. A quote inside an unquoted cell (`5" pipe`) is only a
/// character; text behind a closing quote, or no closing quote at all, is a fault.
pub(crate) fn quote_fault(raw: &[u8], delimiter: u8) -> Option<QuoteFault> {
    #[derive(PartialEq)]
    enum Place {
        CellStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }
    if !raw.contains(&b'"') {
        return None;
    }
    let mut place = Place::CellStart;
    let mut stray = false;
    for byte in raw {
        let ends = *byte == delimiter || matches!(byte, b'\r' | b'\n');
        place = match (place, byte) {
            (Place::CellStart | Place::QuoteInQuoted, b'"') => Place::Quoted,
            (Place::Quoted, b'"') => Place::QuoteInQuoted,
            (Place::Quoted, _) => Place::Quoted,
            (_, _) if ends => Place::CellStart,
            (Place::QuoteInQuoted, _) => {
                stray = true;
                Place::Plain
            }
            _ => Place::Plain,
        };
    }
    if place == Place::Quoted {
        let lines = raw.iter().filter(|byte| **byte == b'\n').count();
        return Some(QuoteFault::Unclosed { lines });
    }
    stray.then_some(QuoteFault::Stray)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_from_oddities() {
        for (raw, fault) in [
            ("a,b\n", None),
            ("\"a\",\"b \"\"x\"\"\"\r\n", None),
            ("5\" pipe,3\n", None),
            ("=\"001\",3\n", None),
            ("\"two\nlines\",3\n", None),
            ("\"a\"b,3\n", Some(QuoteFault::Stray)),
            ("\"a,3\n4,5\n", Some(QuoteFault::Unclosed { lines: 2 })),
        ] {
            assert_eq!(quote_fault(raw.as_bytes(), b','), fault, "{raw:?}");
        }
    }
}
