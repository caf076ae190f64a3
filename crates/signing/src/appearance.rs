//! What people see of a signature: strokes, a picture, lines of text 签名外观.
//!
//! Text is drawn as outlines of a font that the caller gives, so that rare characters print and no
//! reader needs a Chinese font. All arithmetic is whole numbers: equal input, equal bytes. A
//! visible signature proves nothing by itself; who signed is what the verifier says of the
//! certificate.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use kernel::Refusal;
use serde::{Deserialize, Serialize};

use crate::pdf::append::Update;
use crate::pdf::object::{Dict, Id, Object};
use crate::pdf::write;
use crate::trouble::Outcome;

/// Side of the square in which strokes are drawn: 0 to this, from the upper left corner.
pub const STROKE_UNITS: u16 = 10_000;
/// Most points of all strokes together; a hand that signs for a minute makes fewer.
const MOST_POINTS: usize = 20_000;
/// Most pixels of a picture.
const MOST_PIXELS: usize = 4_000_000;
/// Most lines, and most characters of one.
const MOST_LINES: usize = 8;
const LONGEST_LINE: usize = 80;
/// Height of a line and size of the type, in points.
const LINE: i64 = 11;
const TYPE_SIZE: i64 = 8;

/// Where: whole points from the lower left corner of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectangle {
    /// Left edge.
    pub left: u16,
    /// Lower edge.
    pub bottom: u16,
    /// At least 20.
    pub width: u16,
    /// At least 20.
    pub height: u16,
}

/// A point of a stroke, from 0 to [`STROKE_UNITS`], counted from the upper left corner.
pub type Point = (u16, u16);

/// A picture, for instance of a company seal 公章: red, green, blue, opacity for each pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// Four bytes for each pixel, row by row.
    pub rgba: Vec<u8>,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appearance<'a> {
    /// Page, counted from 0.
    pub page: usize,
    /// Where; an appearance without one is refused.
    pub rectangle: Option<Rectangle>,
    /// The hand's strokes.
    pub strokes: Vec<Vec<Point>>,
    /// Drawn under the strokes, as large as fits.
    pub picture: Option<Picture>,
    /// Below: name, date and the like.
    pub lines: Vec<String>,
    /// A TrueType font for the lines.
    pub font: &'a [u8],
}

fn wrong(zh: impl Into<String>, en: &str) -> Refusal {
    Refusal::invalid("signing.appearance", zh, en).remedy((
        "请调整签名的位置、大小或内容后重试",
        "Change place, size or content of the signature and try again",
    ))
}

impl Appearance<'_> {
    /// Adds the drawing; gives its rectangle on the page and its object.
    pub(crate) fn draw(&self, update: &mut Update<'_, '_>) -> Outcome<([i64; 4], Id)> {
        let place = self.checked()?;
        let (width, height) = (i64::from(place.width), i64::from(place.height));
        let text_height = LINE * i64::try_from(self.lines.len()).unwrap_or(0);
        let above = height - text_height;
        if !self.lines.is_empty() && above < 0 {
            return Err(wrong(
                "签名框太矮，放不下文字",
                "The box is too low for its lines",
            ));
        }
        let mut ops = String::new();
        let mut resources = Dict::default();
        if let Some(picture) = &self.picture {
            let id = add_picture(update, picture)?;
            let mut objects = Dict::default();
            objects.set("Im0", Object::Ref(id));
            resources.set("XObject", Object::Dict(objects));
            let (w, h) = (i64::from(picture.width), i64::from(picture.height));
            // The largest size of the same shape.
            let (w, h) = if w * above <= h * width {
                (w * above * 1000 / h, above * 1000)
            } else {
                (width * 1000, h * width * 1000 / w)
            };
            let left = (width * 1000 - w) / 2;
            let place = [w, 0, 0, h, left, text_height * 1000];
            let _ = writeln!(ops, "q {} cm /Im0 Do Q", matrix(place, 3));
        }
        self.draw_strokes(&mut ops, width, above, text_height);
        self.draw_lines(&mut ops, width)?;
        let mut dict = Dict::default();
        dict.set("Type", Object::name("XObject"));
        dict.set("Subtype", Object::name("Form"));
        dict.set("BBox", Object::ints(&[0, 0, width, height]));
        dict.set("Resources", Object::Dict(resources));
        let packed = pack(ops.as_bytes())?;
        dict.set("Filter", Object::name("FlateDecode"));
        let id = update.add(write::stream(dict, &packed));
        let (left, bottom) = (i64::from(place.left), i64::from(place.bottom));
        Ok(([left, bottom, left + width, bottom + height], id))
    }

    fn checked(&self) -> Outcome<Rectangle> {
        let place = self
            .rectangle
            .filter(|place| place.width >= 20 && place.height >= 20)
            .ok_or_else(|| {
                wrong(
                    "签名框太小，至少 20×20 点",
                    "The box is below 20 by 20 points",
                )
            })?;
        let points: usize = self.strokes.iter().map(Vec::len).sum();
        let outside = |(x, y): &Point| *x > STROKE_UNITS || *y > STROKE_UNITS;
        if points > MOST_POINTS || self.strokes.iter().flatten().any(outside) {
            return Err(wrong(
                "手写笔迹过长或超出签名框",
                "The strokes are too long or outside",
            ));
        }
        let long = |line: &String| line.chars().count() > LONGEST_LINE;
        if self.lines.len() > MOST_LINES || self.lines.iter().any(long) {
            return Err(wrong("签名文字过多", "Too many lines or too long ones"));
        }
        if let Some(picture) = &self.picture {
            let pixels = usize::from(picture.width) * usize::from(picture.height);
            if pixels == 0 || pixels > MOST_PIXELS || picture.rgba.len() != pixels * 4 {
                return Err(wrong("签名图片尺寸不对", "The picture's size is wrong"));
            }
        }
        Ok(place)
    }

    fn draw_strokes(&self, ops: &mut String, width: i64, height: i64, bottom: i64) {
        if self.strokes.is_empty() {
            return;
        }
        // Millionths of a point for each unit; the y axis of a hand runs down.
        let unit = 1_000_000 / i64::from(STROKE_UNITS);
        let (x, y) = (width * unit, height * unit);
        let place = [x, 0, 0, -y, 0, (bottom + height) * 1_000_000];
        let _ = writeln!(
            ops,
            "q {} cm 1 J 1 j 90 w 0.05 0.05 0.2 RG",
            matrix(place, 6)
        );
        for stroke in &self.strokes {
            for (i, (x, y)) in stroke.iter().enumerate() {
                let _ = writeln!(ops, "{x} {y} {}", if i == 0 { 'm' } else { 'l' });
            }
            // A tap of the pen is a dot.
            if let [(x, y)] = stroke[..] {
                let _ = writeln!(ops, "{x} {y} l");
            }
            ops.push_str("S\n");
        }
        ops.push_str("Q\n");
    }

    fn draw_lines(&self, ops: &mut String, width: i64) -> Outcome<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let face = ttf_parser::Face::parse(self.font, 0)
            .map_err(|_| wrong("签名字体无法读取", "The font cannot be read"))?;
        // Outlines are written in thirds of the font's units, in which curves come out whole.
        let units = i64::from(face.units_per_em()) * 3;
        let scale = TYPE_SIZE * 1_000_000_000 / units;
        ops.push_str("0 0 0 rg\n");
        for (row, line) in self.lines.iter().rev().enumerate() {
            let base = LINE * i64::try_from(row).unwrap_or(0) + 3;
            let mut x = 0_i64;
            for letter in line.chars() {
                let glyph = face.glyph_index(letter).ok_or_else(|| {
                    wrong(
                        format!("签名字体缺少字符「{letter}」"),
                        "The font lacks a character",
                    )
                })?;
                let place = [scale, 0, 0, scale, x, base * 1_000_000_000];
                let mut outline = Outline {
                    ops: String::new(),
                    at: (0, 0),
                };
                if face.outline_glyph(glyph, &mut outline).is_some() {
                    let _ = writeln!(ops, "q {} cm {}f Q", matrix(place, 9), outline.ops);
                }
                x += i64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * 3 * scale;
            }
            if x > width * 1_000_000_000 {
                return Err(wrong(
                    "签名框太窄，放不下文字",
                    "The box is too narrow for its lines",
                ));
            }
        }
        Ok(())
    }
}

/// Six numbers given in units of `10^-places`.
fn matrix(numbers: [i64; 6], places: u32) -> String {
    let one = 10_i64.pow(places);
    let each = numbers.map(|number| {
        let sign = if number < 0 { "-" } else { "" };
        let (whole, rest) = (number.abs() / one, number.abs() % one);
        let width = places as usize;
        let text = format!("{sign}{whole}.{rest:0width$}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    });
    each.join(" ")
}

/// Glyph outlines as path operators. Coordinates of a TrueType font are whole.
struct Outline {
    ops: String,
    at: (i64, i64),
}

/// A coordinate in thirds of a unit.
fn thirds(value: f32) -> i64 {
    (value as i64).clamp(-1_000_000, 1_000_000) * 3
}

impl Outline {
    fn put(&mut self, points: &[(i64, i64)], op: char) {
        for (x, y) in points {
            let _ = write!(self.ops, "{x} {y} ");
        }
        let _ = write!(self.ops, "{op} ");
        if let Some(last) = points.last() {
            self.at = *last;
        }
    }
}

impl ttf_parser::OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put(&[(thirds(x), thirds(y))], 'm');
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put(&[(thirds(x), thirds(y))], 'l');
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, middle, to) = (self.at, (thirds(x1), thirds(y1)), (thirds(x), thirds(y)));
        // Raising the degree: a third of the way from each end to the middle's pull.
        let toward = |end: (i64, i64)| ((end.0 + 2 * middle.0) / 3, (end.1 + 2 * middle.1) / 3);
        self.put(&[toward(from), toward(to), to], 'c');
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = [(x1, y1), (x2, y2), (x, y)].map(|(x, y)| (thirds(x), thirds(y)));
        self.put(&points, 'c');
    }

    fn close(&mut self) {
        self.ops.push_str("h ");
    }
}

fn pack(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    let done = packer.write_all(bytes).and_then(|()| packer.finish());
    done.map_err(|_| wrong("签名外观无法生成", "The drawing cannot be packed"))
}

fn add_picture(update: &mut Update<'_, '_>, picture: &Picture) -> Outcome<Id> {
    let pixels = picture.rgba.chunks_exact(4);
    let colours: Vec<u8> = pixels
        .clone()
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let opacity: Vec<u8> = pixels.map(|pixel| pixel[3]).collect();
    let image = |space: &str| {
        let mut dict = Dict::default();
        dict.set("Type", Object::name("XObject"));
        dict.set("Subtype", Object::name("Image"));
        dict.set("Width", Object::Int(i64::from(picture.width)));
        dict.set("Height", Object::Int(i64::from(picture.height)));
        dict.set("BitsPerComponent", Object::Int(8));
        dict.set("ColorSpace", Object::name(space));
        dict.set("Filter", Object::name("FlateDecode"));
        dict
    };
    let mask = update.add(write::stream(image("DeviceGray"), &pack(&opacity)?));
    let mut dict = image("DeviceRGB");
    dict.set("SMask", Object::Ref(mask));
    Ok(update.add(write::stream(dict, &pack(&colours)?)))
}
