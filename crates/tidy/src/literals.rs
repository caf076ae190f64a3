//! The string literals of a Rust file 字符串字面量.

/// One literal: the line it begins on, counted from 1, and its text with `\`-newlines joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// From 1.
    pub line: usize,
    /// Between the quotes; escapes other than line continuations stay as they are written.
    pub text: String,
}

/// Every string literal, plain, byte or raw, outside comments.
#[must_use]
pub fn literals(source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_start(source, at) {
            let open = hashes + 2;
            let close = format!("\"{}", "#".repeat(hashes));
            let end = rest[open..]
                .find(&close)
                .map_or(rest.len(), |end| open + end);
            push(&mut found, source, at, &rest[open..end]);
            (end + close.len()).min(rest.len())
        } else if rest.starts_with('"') {
            let end = plain_end(rest);
            push(&mut found, source, at, &joined(&rest[1..end]));
            (end + 1).min(rest.len())
        } else {
            quoted_char(rest).unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8))
        };
        at += length;
    }
    found
}

fn push(found: &mut Vec<Literal>, source: &str, at: usize, text: &str) {
    let line = source[..at].matches('\n').count() + 1;
    found.push(Literal {
        line,
        text: text.to_owned(),
    });
}

/// How many `#` a raw literal beginning here has; `r` at the end of a name begins none.
fn raw_start(source: &str, at: usize) -> Option<usize> {
    let inside_a_name = source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let after = source[at..].strip_prefix('r').filter(|_| !inside_a_name)?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// Where the closing quote of a plain literal stands.
fn plain_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The length of `'"'` or `'\''`; `None` for a lifetime and everything else.
fn quoted_char(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if let Some(escape) = inner.strip_prefix('\\') {
        let first = escape.chars().next()?.len_utf8();
        return Some(2 + first + escape[first..].find('\'')? + 1);
    }
    let first = inner.chars().next()?.len_utf8();
    inner[first..].starts_with('\'').then_some(first + 2)
}

fn joined(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let mut whole = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        whole.push_str(line.trim_start());
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        literals(source).into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn finds_literals_and_only_them() {
        let source = r###"
            // "not this" it's
            /* "nor this" */
            const A: &str = "SELECT a \
                             FROM t";
            const B: &str = r#"FROM "x""#;
            fn f<'a>(c: char) -> &'a str { if c == '"' || c == '\'' { "q\"q" } else { b"bytes" } }
        "###;
        assert_eq!(
            texts(source),
            ["SELECT a FROM t", r#"FROM "x""#, r#"q\"q"#, "bytes"]
        );
        assert_eq!(literals(source)[0].line, 4);
    }

    #[test]
    fn survives_what_is_not_closed() {
        assert_eq!(texts("\"open"), ["open"]);
        assert_eq!(texts("r#\"open"), ["open"]);
        assert!(texts("/* open").is_empty());
    }
}
