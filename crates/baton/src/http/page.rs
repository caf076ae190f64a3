//! Lists come in pages that hold on while the list changes 分页.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Refusal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; `null` at the end.
    pub next_cursor: Option<String>,
}

/// The place in a list where a page ended: the sort key and id of its last row, opaque to callers.
pub struct Cursor;

impl Cursor {
    /// Packs a place.
    #[must_use]
    pub fn pack<T: Serialize>(place: &T) -> Option<String> {
        serde_json::to_vec(place)
            .ok()
            .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Unpacks a place.
    ///
    /// # Errors
    /// [`Refusal`] when the text is not one of ours.
    pub fn unpack<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, Refusal> {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let place = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        place.map(Some).ok_or_else(|| {
            Refusal::invalid(
                "request.cursor",
                "翻页标记无效",
                "This page cursor is not valid",
            )
            .remedy(("请回到第一页", "Go back to the first page"))
        })
    }
}

impl<T> Page<T> {
    /// Cuts a list that was read one row longer than `limit`.
    #[must_use]
    pub fn cut<P: Serialize>(mut rows: Vec<T>, limit: usize, place: impl Fn(&T) -> P) -> Page<T> {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more {
            rows.last().and_then(|row| Cursor::pack(&place(row)))
        } else {
            None
        };
        Page {
            items: rows,
            next_cursor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_the_round_trip_and_nonsense_is_refused() {
        let packed = Cursor::pack(&("甲", 3)).unwrap();
        assert_eq!(
            Cursor::unpack::<(String, i32)>(Some(&packed)).unwrap(),
            Some(("甲".into(), 3))
        );
        assert!(Cursor::unpack::<(String, i32)>(Some("%%%")).is_err());
        assert!(Cursor::unpack::<(String, i32)>(None).unwrap().is_none());
    }

    #[test]
    fn the_last_page_has_no_next() {
        let page = Page::cut(vec![1, 2, 3], 2, |n| *n);
        assert_eq!((page.items.len(), page.next_cursor.is_some()), (2, true));
        assert!(Page::cut(vec![1, 2], 2, |n| *n).next_cursor.is_none());
    }
}
