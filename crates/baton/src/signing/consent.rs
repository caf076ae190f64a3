//! What a person agrees to before he signs electronically 电子签署同意书.

use ::signing::ceremony::record::Sha256Digest;

/// The wording. It names the way of signing that both sides agree on (电子签名法 art. 13, last
/// sentence), the agreed way of keeping (民事证据规定 art. 94), and that paper stays open. Another
/// wording has another digest and is agreed to anew.
pub(super) const ZH: &str = "本人同意与公司以电子方式签署劳动关系中的确认、交接、离职等文书，并约定：\n\
一、本人在本系统以账号密码登录，并以本人手机上的动态口令确认后，手写（或录入）签名，即为本人签署；\
文书要求可靠电子签名的，另以本人自设口令封存的签名密钥签署。\n\
二、动态口令与签名口令由本人保管，不告知他人；手机遗失或怀疑泄露的，立即告知公司并停用。\n\
三、签署前系统展示文书全文及其摘要（SHA-256）；签署时间、方式、摘要记入公司存证日志。双方同意以该存证\
日志及其见证记录作为保存、提取电子数据的方式。\n\
四、本人可随时查阅、下载已签署的文书与存证回执，不收费用。\n\
五、本人可以拒绝电子签署，改用纸质签署，不因此受到不利对待。";

/// The same in English, for reading only.
pub(super) const EN: &str = "I agree to sign papers of the employment (confirmations, handovers, \
departure) with the company electronically:\n\
1. Signed in with my password, confirming with the one-time code of my own phone and drawing or \
typing my signature, I sign; where a reliable electronic signature is asked for, also with my \
signing key, sealed under a secret that only I know.\n\
2. I keep codes and secret to myself; when the phone is lost or I suspect a leak, I tell the \
company \
at once and have them disabled.\n\
3. Before signing I am shown the whole document and its digest (SHA-256); moment, manner and \
digest \
go into the company's evidence log, which with its witnesses is the agreed way of keeping and \
producing electronic data.\n\
4. I can read and download signed documents and receipts at any time, free of charge.\n\
5. I may decline and sign on paper instead, without disadvantage.\n\
The Chinese text is what is agreed to.";

/// Digest of the wording in force.
pub(super) fn digest() -> Sha256Digest {
    Sha256Digest::of(ZH.as_bytes())
}
