//! One revision of a file, object by object.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::lexer::Lexer;
use super::object::{Dict, Id, Object};
use super::xref::{self, Place, Xref};
use super::{filter, limits};
use crate::trouble::{Outcome, too_much, unreadable};

/// A file as it stood when its last byte was written.
pub(crate) struct Pdf<'a> {
    pub bytes: &'a [u8],
    pub xref: Xref,
    pub root: Id,
    known: RefCell<BTreeMap<u32, Rc<Object>>>,
    packed: RefCell<BTreeMap<u32, Rc<Packed>>>,
    unfolded: Cell<usize>,
}

/// The objects of one object stream.
struct Packed {
    plain: Vec<u8>,
    /// Number and offset of each.
    index: Vec<(u32, usize)>,
}

/// An object with the bytes it takes.
pub(crate) struct Found {
    pub id: Id,
    pub object: Object,
    pub range: Range<usize>,
}

/// Reads `12 0 obj … endobj` at an offset. `length` resolves the length of a stream that is said
/// elsewhere.
pub(crate) fn read_plain(
    bytes: &[u8],
    offset: usize,
    length: &dyn Fn(Id) -> Outcome<i64>,
) -> Outcome<Found> {
    let broken = || unreadable("对象损坏", "a broken object");
    let mut lexer = Lexer::new(bytes, offset);
    lexer.skip_space();
    let from = lexer.at;
    let number = u32::try_from(lexer.whole()?).map_err(|_| broken())?;
    let generation = u16::try_from(lexer.whole()?).map_err(|_| broken())?;
    if !lexer.take(b"obj") {
        return Err(broken());
    }
    let mut object = lexer.value(0)?;
    if let Object::Dict(dict) = &object
        && lexer.take(b"stream")
    {
        let rest = &bytes[lexer.at..];
        lexer.at += match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => return Err(broken()),
        };
        let said = match dict.get("Length") {
            Some(Object::Int(said)) => *said,
            Some(Object::Ref(id)) => length(*id)?,
            _ => return Err(broken()),
        };
        let end = usize::try_from(said)
            .ok()
            .and_then(|said| lexer.at.checked_add(said))
            .filter(|end| *end <= bytes.len())
            .ok_or_else(broken)?;
        let range = lexer.at..end;
        lexer.at = end;
        if !lexer.take(b"endstream") {
            return Err(unreadable("数据流长度不符", "a stream of another length"));
        }
        object = Object::Stream(dict.clone(), range);
    }
    if !lexer.take(b"endobj") {
        return Err(broken());
    }
    Ok(Found {
        id: Id { number, generation },
        object,
        range: from..lexer.at,
    })
}

impl<'a> Pdf<'a> {
    /// Reads the cross references; objects are read when they are asked for.
    pub(crate) fn open(bytes: &'a [u8]) -> Outcome<Pdf<'a>> {
        if bytes.len() > limits::FILE {
            return Err(too_much("文件超过 32 MB", "more than 32 MB"));
        }
        if !bytes.starts_with(b"%PDF-") {
            return Err(unreadable("不是 PDF 文件", "no PDF"));
        }
        let xref = xref::read(bytes)?;
        if xref.trailer.get("Encrypt").is_some() {
            return Err(unreadable("文件已加密", "the file is encrypted"));
        }
        let root = xref.trailer.reference("Root");
        let root = root.ok_or_else(|| unreadable("缺少目录对象", "no catalog"))?;
        Ok(Pdf {
            bytes,
            root,
            known: RefCell::default(),
            packed: RefCell::default(),
            unfolded: Cell::new(xref.unfolded),
            xref,
        })
    }

    /// An object by its id; one that does not exist is null, as the standard says.
    pub(crate) fn get(&self, id: Id) -> Outcome<Rc<Object>> {
        if let Some(known) = self.known.borrow().get(&id.number) {
            return Ok(Rc::clone(known));
        }
        let object = match self.xref.places.get(&id.number) {
            None | Some(Place::Free) => Object::Null,
            Some(Place::At { .. }) => self.locate(id)?.object,
            Some(Place::Packed { stream, index }) => self.unpack(id.number, *stream, *index)?,
        };
        let object = Rc::new(object);
        self.known
            .borrow_mut()
            .insert(id.number, Rc::clone(&object));
        Ok(object)
    }

    /// An object that is not packed, with the bytes it takes.
    pub(crate) fn locate(&self, id: Id) -> Outcome<Found> {
        let Some(Place::At { offset, .. }) = self.xref.places.get(&id.number) else {
            return Err(unreadable("对象不在文件中", "an object is not in the file"));
        };
        let found = read_plain(self.bytes, *offset, &|length| self.length(length))?;
        if found.id.number != id.number {
            return Err(unreadable(
                "交叉引用指错对象",
                "a reference to another object",
            ));
        }
        Ok(found)
    }

    /// The length of a stream, which stands alone in an object.
    fn length(&self, id: Id) -> Outcome<i64> {
        let wrong = || unreadable("数据流长度缺失", "a stream without a length");
        let Some(Place::At { offset, .. }) = self.xref.places.get(&id.number) else {
            return Err(wrong());
        };
        let found = read_plain(self.bytes, *offset, &|_| Err(wrong()))?;
        match found.object {
            Object::Int(length) if found.id.number == id.number => Ok(length),
            _ => Err(wrong()),
        }
    }

    fn unpack(&self, number: u32, stream: u32, index: usize) -> Outcome<Object> {
        let wrong = || unreadable("对象流损坏", "a broken object stream");
        let known = self.packed.borrow().get(&stream).cloned();
        let packed = match known {
            Some(packed) => packed,
            None => self.open_packed(stream)?,
        };
        let (is, offset) = *packed.index.get(index).ok_or_else(wrong)?;
        if is != number {
            return Err(wrong());
        }
        Lexer::new(&packed.plain, offset).value(0)
    }

    fn open_packed(&self, stream: u32) -> Outcome<Rc<Packed>> {
        let wrong = || unreadable("对象流损坏", "a broken object stream");
        let id = Id {
            number: stream,
            generation: 0,
        };
        let Object::Stream(dict, range) = self.locate(id)?.object else {
            return Err(wrong());
        };
        let number = |key| dict.int(key).and_then(|value| usize::try_from(value).ok());
        let (Some(count), Some(first)) = (number("N"), number("First")) else {
            return Err(wrong());
        };
        if !dict.is("Type", "ObjStm") || count > limits::OBJECTS {
            return Err(wrong());
        }
        let budget = limits::UNFOLDED.saturating_sub(self.unfolded.get());
        let plain = filter::unfold(&dict, &self.bytes[range], budget)?;
        self.unfolded.set(self.unfolded.get() + plain.len());
        let mut lexer = Lexer::new(&plain, 0);
        let mut index = Vec::new();
        for _ in 0..count {
            let number = u32::try_from(lexer.whole()?).map_err(|_| wrong())?;
            let offset = usize::try_from(lexer.whole()?).map_err(|_| wrong())?;
            index.push((number, first.checked_add(offset).ok_or_else(wrong)?));
        }
        let packed = Rc::new(Packed { plain, index });
        self.packed.borrow_mut().insert(stream, Rc::clone(&packed));
        Ok(packed)
    }

    /// What a value stands for: a reference is followed once, and must not lead to another.
    pub(crate) fn follow(&self, value: Option<&Object>) -> Outcome<Rc<Object>> {
        match value {
            None => Ok(Rc::new(Object::Null)),
            Some(Object::Ref(id)) => {
                let object = self.get(*id)?;
                match *object {
                    Object::Ref(_) => Err(unreadable("引用指向引用", "a reference to another")),
                    _ => Ok(object),
                }
            }
            Some(value) => Ok(Rc::new(value.clone())),
        }
    }

    /// The dictionary a value stands for, if it is one.
    pub(crate) fn dict(&self, value: Option<&Object>) -> Outcome<Option<Dict>> {
        Ok(self.follow(value)?.dict().cloned())
    }

    pub(crate) fn catalog(&self) -> Outcome<Dict> {
        self.dict(Some(&Object::Ref(self.root)))?
            .ok_or_else(|| unreadable("缺少目录对象", "no catalog"))
    }

    pub(crate) fn exists(&self, number: u32) -> bool {
        !matches!(self.xref.places.get(&number), None | Some(Place::Free))
    }
}
