//! Files on their way in, within bounds 上传

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use intake::Encoding;
use kernel::Refusal;

use super::shipped;
use crate::http::Reply;

/// Bytes of one request at most: a million customers are some 140 MB.
pub(crate) const REQUEST_BYTES: usize = 256 << 20;
/// Files of one request.
const FILES: usize = 50;
/// Bytes of a mapping.
const MAPPING_BYTES: usize = 1 << 20;

/// What came with a request.
pub(crate) struct Upload {
    /// TOML.
    pub(crate) mapping: String,
    /// Overrides the mapping for text files.
    pub(crate) encoding: Option<Encoding>,
    /// Name and content.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// Files, and a mapping if one came with them.
pub(crate) struct Uploaded {
    mapping: Option<String>,
    /// Overrides the mapping for text files.
    pub(crate) encoding: Option<Encoding>,
    /// Name and content.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Uploaded {
    /// # Errors
    /// A [`Refusal`] when there is no file.
    pub(crate) fn some_files(&self) -> Result<(), Refusal> {
        if self.files.is_empty() {
            return Err(number_of_files());
        }
        Ok(())
    }

    /// The files with the mapping by which they are read.
    ///
    /// # Errors
    /// A [`Refusal`] when either is missing.
    pub(crate) fn mapped(self) -> Result<Upload, Refusal> {
        self.some_files()?;
        let Some(mapping) = self.mapping else {
            let refusal =
                Refusal::invalid("import.no_mapping", "没有选择映射", "no mapping was given");
            return Err(refusal.at(
                "/mapping",
                (
                    "请选择内置映射或上传映射文件",
                    "Choose a mapping from the list or upload one",
                ),
            ));
        };
        Ok(Upload {
            mapping,
            encoding: self.encoding,
            files: self.files,
        })
    }
}

/// Takes the parts of a request one by one.
pub(crate) async fn take(mut parts: Multipart) -> Reply<Uploaded> {
    let (mut mapping, mut encoding, mut files) = (None, None, Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        match part.name().unwrap_or_default() {
            "mapping" => mapping = Some(named(&text(part).await?)?),
            "mapping_text" => mapping = Some(text(part).await?),
            "encoding" => encoding = encoding_named(&text(part).await?)?,
            _ if files.len() == FILES => return Err(number_of_files().into()),
            _ => files.push(file(part).await?),
        }
    }
    Ok(Uploaded {
        mapping,
        encoding,
        files,
    })
}

async fn file(part: Field<'_>) -> Reply<(String, Vec<u8>)> {
    let name = part.file_name().or(part.name()).unwrap_or_default();
    let name: String = name.chars().take(200).collect();
    let bytes = part.bytes().await.map_err(|error| broken(&error))?;
    Ok((name, bytes.to_vec()))
}

async fn text(mut part: Field<'_>) -> Reply<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > MAPPING_BYTES {
            let (zh, en) = ("映射文件超过 1 MB", "the mapping is larger than 1 MB");
            let refusal = Refusal::invalid("import.mapping_size", zh, en);
            return Err(refusal
                .remedy(("请检查是否选错了文件", "Check whether it is the right file"))
                .into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn number_of_files() -> Refusal {
    let zh = "请上传 1 到 50 个文件";
    Refusal::invalid("import.files", zh, "1 to 50 files").at("/file", zh)
}

fn broken(error: &MultipartError) -> Refusal {
    Refusal::invalid(
        "import.upload",
        format!("上传的内容无法读取：{}", error.status()),
        format!("the upload cannot be read: {}", error.body_text()),
    )
    .remedy((
        "请检查文件大小（合计不超过 256 MB）后重试；更大的文件请用 baton import 命令导入",
        "Check the size of the files (at most 256 MB together) and try again; import larger ones \
         by the command baton import",
    ))
}

fn named(key: &str) -> Result<String, Refusal> {
    shipped::text(key.trim()).map(str::to_owned).ok_or_else(|| {
        let shown: String = key.chars().take(40).collect();
        Refusal::invalid(
            "import.unknown_mapping",
            format!("没有名为「{shown}」的内置映射"),
            format!("there is no shipped mapping {shown}"),
        )
        .at(
            "/mapping",
            (
                "请在列表中选择，或上传自己的映射文件",
                "Choose from the list, or upload a mapping of your own",
            ),
        )
    })
}

fn encoding_named(word: &str) -> Result<Option<Encoding>, Refusal> {
    match word.trim() {
        "" | "auto" => Ok(None),
        "utf-8" => Ok(Some(Encoding::Utf8)),
        "gb18030" => Ok(Some(Encoding::Gb18030)),
        _ => {
            let (zh, en) = ("不认识的编码", "unknown encoding");
            let refusal = Refusal::invalid("import.encoding", zh, en);
            Err(refusal.at(
                "/encoding",
                ("auto、utf-8 或 gb18030", "auto, utf-8 or gb18030"),
            ))
        }
    }
}
