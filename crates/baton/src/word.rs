//! Enums of the engines as single words in the books 词.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use spine::Fault;

/// The word of a variant without fields, as its engine serialises it.
///
/// # Errors
/// [`Fault`] when the value is more than a word.
pub(crate) fn of<T: Serialize>(value: &T) -> Result<String, Fault> {
    match serde_json::to_value(value)? {
        Json::String(word) => Ok(word),
        _ => Err(Fault::new("a value that is no single word")),
    }
}

/// The variant behind a word of the books.
///
/// # Errors
/// [`Fault`] when the books hold a word that nobody knows.
pub(crate) fn read<T: DeserializeOwned>(word: String) -> Result<T, Fault> {
    let unknown = format!("unknown word {word}");
    serde_json::from_value(Json::String(word)).map_err(|_| Fault::new(unknown))
}
