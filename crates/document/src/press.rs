//! Printing 出具.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::Moment;
use serde_json::{Value as Json, json};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::characters;
use crate::code::{qr_svg, verification_code};
use crate::content::{Content, Value, day_for_template};
use crate::error::PrintError;
use crate::fonts::Fonts;
use crate::manifest::{Field, Manifest};
use crate::template::Template;
use crate::world::Desk;
use crate::{pages, report};

/// How many compilations typst's memory of a piece survives without being asked for it.
const KEPT: usize = 20;

/// Whose paper it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    /// The full name.
    pub company: String,
    /// 统一社会信用代码
    pub credit_code: Option<String>,
}

/// What a sheet says besides its facts.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// `doc_…`; also the PDF's own identity.
    pub id: &'a str,
    /// The number people quote.
    pub number: &'a str,
    /// Whose paper it is.
    pub letterhead: &'a Letterhead,
    /// When it is issued; also the PDF's creation date.
    pub at: Moment,
    /// The business time zone.
    pub zone: &'a TimeZone,
    /// What is written all over it when it proves nothing.
    pub mark: Option<Mark>,
}

/// Why a sheet proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// 预览: it is not issued.
    Preview,
    /// 演练: the books it comes from are for practising.
    Rehearsal,
}

impl Mark {
    fn words(self) -> &'static str {
        match self {
            Mark::Preview => "预览　不作凭证",
            Mark::Rehearsal => "演练　不作凭证",
        }
    }
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// PDF/A-2u.
    pub bytes: Vec<u8>,
    /// The text of each page.
    pub pages: Vec<String>,
    /// What is printed as 校验码.
    pub code: String,
}

/// What is printed on: the text of a template, and what it may say.
#[derive(Clone, Copy)]
pub(crate) struct Form<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    /// SHA-256, hex.
    pub(crate) version: &'a str,
    pub(crate) manifest: &'a Manifest,
}

impl Form<'_> {
    /// The first twelve digits of the version, as they are printed.
    fn short_version(&self) -> &str {
        self.version.get(..12).unwrap_or(self.version)
    }
}

/// Prints documents in a set of fonts.
pub struct Press {
    fonts: Fonts,
}

impl Press {
    /// A press with these fonts.
    #[must_use]
    pub fn new(fonts: Fonts) -> Press {
        Press { fonts }
    }

    /// Its fonts.
    #[must_use]
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Prints one document; the same input gives the same bytes.
    ///
    /// # Errors [`PrintError`] when a fact is not as the manifest says, a character cannot be
    /// printed, a text does not fit, or the template does not compile.
    pub fn print(
        &self,
        template: &Template,
        paper: &Paper<'_>,
        content: &Content,
    ) -> Result<Printed, PrintError> {
        let file = template.file_name();
        let form = Form {
            file: &file,
            text: &template.text,
            version: &template.version,
            manifest: template.kind.manifest(),
        };
        self.print_on(form, paper, content)
    }

    /// Prints the report of an evidence bundle; [`crate::report_manifest`] says what it tells.
    ///
    /// # Errors
    /// As [`Press::print`].
    pub fn print_report(
        &self,
        paper: &Paper<'_>,
        content: &Content,
    ) -> Result<Printed, PrintError> {
        self.print_on(report::form(), paper, content)
    }

    fn print_on(
        &self,
        form: Form<'_>,
        paper: &Paper<'_>,
        content: &Content,
    ) -> Result<Printed, PrintError> {
        if self.fonts.is_empty() {
            return Err(PrintError::NoFonts);
        }
        let manifest = form.manifest;
        manifest.check(content)?;
        let head = paper.letterhead;
        characters::check_text("单位名称", &head.company, false, &self.fonts)?;
        characters::check_text("文书编号", paper.number, false, &self.fonts)?;
        characters::check(&manifest.fields, content, &self.fonts)?;

        let code = verification_code(paper.id, form.version, content);
        let data = json!({
            "paper": {
                "title": manifest.title,
                "id": paper.id,
                "number": paper.number,
                "template": form.short_version(),
                "code": code,
                "company": head.company,
                "credit_code": head.credit_code,
                "issued": day_for_template(paper.at.day_in(paper.zone)),
                "mark": paper.mark.map(Mark::words),
            },
            "fields": for_template(&manifest.fields, content),
        });
        let bytes = serde_json::to_vec(&data).unwrap_or_default();
        let qr = qr_svg(&format!("BATON:{}:{code}", paper.id)).unwrap_or_default();
        let desk = Desk::lay(&self.fonts, form, bytes, qr)?;
        let printed = set(&desk, form, paper);
        typst::comemo::evict(KEPT);
        let (bytes, pages) = printed?;
        Ok(Printed { bytes, pages, code })
    }

    /// Tries a template on invented facts: lists empty, short and over several pages.
    ///
    /// # Errors
    /// As [`Press::print`].
    pub fn try_out(&self, template: &Template) -> Result<(), PrintError> {
        for rows in [0, 2, 80] {
            self.sample(template, rows)?;
        }
        Ok(())
    }

    /// The template with invented facts; lists have `rows` rows.
    ///
    /// # Errors
    /// As [`Press::print`].
    pub fn sample(&self, template: &Template, rows: usize) -> Result<Printed, PrintError> {
        let letterhead = Letterhead {
            company: "样例有限公司".to_owned(),
            credit_code: Some("91110000000000000X".to_owned()),
        };
        let paper = Paper {
            id: "doc_sample",
            number: "样例-0001",
            letterhead: &letterhead,
            at: Moment(1_797_868_800_000),
            zone: &TimeZone::UTC,
            mark: Some(Mark::Preview),
        };
        self.print(template, &paper, &template.kind.manifest().sample(rows))
    }
}

/// As templates see the facts: what is left out is `none`.
fn for_template(fields: &[Field], content: &Content) -> Json {
    let each = fields.iter().map(|field| {
        let value = match content.get(&field.key) {
            None => Json::Null,
            Some(Value::List(rows)) => {
                let rows = rows.0.iter();
                rows.map(|row| for_template(&field.columns, row)).collect()
            }
            Some(value) => value.for_template(),
        };
        (field.key.clone(), value)
    });
    Json::Object(each.collect())
}

fn set(
    desk: &Desk<'_>,
    form: Form<'_>,
    paper: &Paper<'_>,
) -> Result<(Vec<u8>, Vec<String>), PrintError> {
    let said = |errors: &[SourceDiagnostic]| complaint(desk, form, errors.first());
    let document = typst::compile::<PagedDocument>(desk)
        .output
        .map_err(|errors| said(&errors))?;
    let pages = pages::read(&document)?;
    // PDF/A-2u: made to be read in ten years, with every glyph tied to its character.
    let standards = PdfStandards::new(&[PdfStandard::A_2u]).unwrap_or_default();
    let options = PdfOptions {
        ident: Smart::Custom(paper.id.to_owned()),
        creator: Smart::Custom(Some("Baton 接棒".to_owned())),
        timestamp: timestamp(paper.at, paper.zone),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| said(&errors))?;
    Ok((bytes, pages))
}

fn timestamp(at: Moment, zone: &TimeZone) -> Option<typst_pdf::Timestamp> {
    let local = Timestamp::from_millisecond(at.0)
        .ok()?
        .to_zoned(zone.clone());
    let part = |number: i8| u8::try_from(number).ok();
    let datetime = Datetime::from_ymd_hms(
        i32::from(local.year()),
        part(local.month())?,
        part(local.day())?,
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    )?;
    typst_pdf::Timestamp::new_local(datetime, local.offset().seconds() / 60)
}

/// The first complaint of the compiler with its place in the template.
fn complaint(desk: &Desk<'_>, form: Form<'_>, said: Option<&SourceDiagnostic>) -> PrintError {
    let mut error = (form.file.to_owned(), 0, 0, String::new());
    if let Some(said) = said {
        error.3 = said.message.to_string();
        for hint in &said.hints {
            error.3.push_str(&format!("（{}）", hint.v));
        }
        if let Some((file, line, column)) = place(desk, said) {
            (error.0, error.1, error.2) = (file, line, column);
        }
    }
    PrintError::Template {
        file: error.0,
        line: error.1,
        column: error.2,
        message: error.3,
    }
}

fn place(desk: &Desk<'_>, said: &SourceDiagnostic) -> Option<(String, usize, usize)> {
    let id = said.span.id()?;
    let range = desk.range(said.span)?;
    let source = desk.source(id).ok()?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    let name = id.vpath().get_without_slash().to_owned();
    Some((name, line + 1, column + 1))
}
