//! Why a document cannot be printed 出具失败.

use kernel::Refusal;

/// What is wrong with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unprintable {
    /// No font has it.
    NoGlyph,
    /// It prints as nothing, or turns its neighbours round.
    Invisible,
}

/// Why there are no pages. Whatever it is, nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// This build has no fonts.
    #[error("this build has no fonts: run `npm ci --prefix crates/document/fonts` and build again")]
    NoFonts,
    /// The facts are not what the manifest says; a mistake of ours.
    #[error("field `{field}` {what}")]
    Field {
        /// Its key.
        field: String,
        /// What is wrong.
        what: String,
    },
    /// A text has a character that cannot be printed.
    #[error("{place}第 {position} 个字「{character}」(U+{:04X}) 不能打印", u32::from(*character))]
    Character {
        /// Which field, in Chinese.
        place: String,
        /// Which character of it, from 1.
        position: usize,
        /// The character.
        character: char,
        /// What is wrong with it.
        why: Unprintable,
    },
    /// A text does not fit on the page.
    #[error("第 {page} 页「{text}」超出版面")]
    TooWide {
        /// The page, from 1.
        page: usize,
        /// How the text begins.
        text: String,
    },
    /// The template does not compile.
    #[error("模板 {file} 第 {line} 行第 {column} 列：{message}")]
    Template {
        /// `handover_list.typ`
        file: String,
        /// From 1; 0 when the compiler names no place.
        line: usize,
        /// From 1; 0 when the compiler names no place.
        column: usize,
        /// What typst says, with its hints.
        message: String,
    },
}

impl PrintError {
    /// The same as the business says no.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let zh = self.to_string();
        match self {
            PrintError::NoFonts => Refusal::conflict(
                "document.no_fonts",
                "本程序编译时没有带字体，不能出具文书",
                zh,
            )
            .remedy((
                "请管理员安装带字体的正式版本",
                "Let the administrator install the release that has the fonts",
            )),
            PrintError::Field { .. } => Refusal::conflict(
                "document.fields",
                format!("文书内容与模板清单不符：{zh}"),
                zh,
            ),
            PrintError::Character {
                place,
                position,
                character,
                why,
            } => character_refusal(place, *position, *character, *why),
            PrintError::TooWide { page, text } => Refusal::conflict(
                "document.too_wide",
                zh,
                format!("“{text}” runs off page {page}"),
            )
            .remedy((
                "请在该内容中加空格或改短，使其可以换行",
                "Put a space into that text or make it shorter, so that the line can break",
            )),
            PrintError::Template { message, .. } => Refusal::conflict(
                "document.template",
                zh,
                format!("The template does not compile: {message}"),
            )
            .remedy((
                "请改正数据文件夹 templates 中的模板，或移走它以使用内置模板，然后重启",
                "Correct the template in the folder templates of the data directory, or move it \
                 away to use the built-in one, then restart",
            )),
        }
    }
}

fn character_refusal(place: &str, position: usize, character: char, why: Unprintable) -> Refusal {
    let code = u32::from(character);
    match why {
        Unprintable::NoGlyph => Refusal::conflict(
            "document.character",
            format!("{place}第 {position} 个字「{character}」（U+{code:04X}）在现有字体中没有字形"),
            format!("No font has character {position} of {place}, U+{code:04X}"),
        )
        .remedy((
            "请核对该字；确为生僻字时，请管理员把含该字的字体（TTF/OTF/TTC）放入数据文件夹的 fonts，然后重启",
            "Check that character; if it is a rare one, let the administrator put a font that has \
             it (TTF/OTF/TTC) into the folder fonts of the data directory, then restart",
        )),
        Unprintable::Invisible => Refusal::conflict(
            "document.character",
            format!("{place}第 {position} 个字（U+{code:04X}）是看不见的控制字符"),
            format!("Character {position} of {place}, U+{code:04X}, cannot be seen"),
        )
        .remedy((
            "请在原处删去该字符后重试",
            "Delete that character where it stands and try again",
        )),
    }
}
