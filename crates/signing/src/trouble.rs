//! What is refused, in words 拒绝理由.

use kernel::Refusal;

/// The result of everything here.
pub(crate) type Outcome<T> = Result<T, Refusal>;

/// The file is no PDF that can be signed or verified without guessing.
pub(crate) fn unreadable(zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        "signing.pdf_unreadable",
        format!("PDF 文件无法可靠读取：{zh}"),
        format!("The PDF cannot be read without guessing: {en}"),
    )
    .remedy((
        "请使用系统生成的原始 PDF，不要用其他软件另存；外来文件请重新导出为标准 PDF 后再试",
        "Use the PDF as this system made it, not saved by other software; export a foreign file \
         again as a standard PDF",
    ))
}

/// The file asks for more than it may.
pub(crate) fn too_much(zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        "signing.pdf_too_large",
        format!("PDF 文件超出允许的规模：{zh}"),
        format!("The PDF exceeds what is allowed: {en}"),
    )
    .remedy((
        "请拆分文件或降低图片分辨率后重新导出",
        "Split the file, or export it again with smaller images",
    ))
}

/// A certificate, signature or timestamp whose bytes are not what they should be.
pub(crate) fn malformed(zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        "signing.malformed",
        format!("{zh}的格式不对"),
        format!("Malformed: {en}"),
    )
    .remedy((
        "请向签发方索取 DER 编码的原件",
        "Ask whoever issued it for the original in DER",
    ))
}

/// An algorithm that we do not verify or no longer believe.
pub(crate) fn algorithm(what: &str) -> Refusal {
    Refusal::invalid(
        "signing.algorithm",
        format!("不支持的签名算法：{what}"),
        format!("Unsupported signature algorithm: {what}"),
    )
    .remedy((
        "请使用 SHA-256 及以上摘要的 ECDSA（P-256、P-384）或 RSA（2048 位及以上）证书",
        "Use a certificate with ECDSA (P-256, P-384) or RSA (2048 bits and more) and SHA-256 or \
         stronger",
    ))
}
