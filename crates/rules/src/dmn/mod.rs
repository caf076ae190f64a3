//! Decision tables to and from DMN XML 标准互换 DMN.
//!
//! Reads the decision tables of DMN 1.1 to 1.5, writes 1.5 (OMG formal/2024-01-01). What DMN
//! cannot say (money or rate, examples, English words) travels in extension elements, which other
//! tools keep or ignore. A file comes from outside: its size, nodes and depth are bounded, document
//! type definitions, and with them entities of any kind, are refused.

mod columns;
mod note;
mod read;
mod write;

pub use read::{Found, read};
pub use write::write;

/// Namespaces of the model, by version.
const MODELS: [&str; 5] = [
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
];

/// Namespace of our own elements.
const OWN: &str = "urn:baton:rules:1";
