/**
 * What a file is, before it is examined 文件种类. A file that never was evidence is not one that
 * was tampered with, and people must be told so.
 */
import { isArchive } from "./archive";
import { holds, textOf } from "./forms";

const evidence = ["bundle", "receipt", "signed_pdf"] as const;
export type Foreign =
  | "unsigned_pdf"
  | "office"
  | "archive"
  | "image"
  | "text"
  | "empty"
  | "other";
export type Kind = (typeof evidence)[number] | Foreign;

export const isForeign = (kind: Kind): kind is Foreign =>
  !evidence.some((known) => known === kind);

/** How files of a picture begin: PNG, JPEG, GIF, BMP. */
const PICTURES = ["\x89PNG", "\xff\xd8\xff", "GIF8", "BM"];

const begins = (data: Uint8Array, word: string) =>
  Array.from(word).every((letter, n) => data[n] === letter.charCodeAt(0));

export function kindOf(data: Uint8Array): Kind {
  if (data.length === 0) return "empty";
  if (begins(data, "%PDF-")) return holds(data, "/ByteRange") ? "signed_pdf" : "unsigned_pdf";
  // Also one whose first line was tampered with is a receipt, and a bad one.
  if (begins(data, "c2sp.org/")) return "receipt";
  if (isArchive(data)) {
    if (holds(data, "bagit.txt")) return "bundle";
    return holds(data, "[Content_Types].xml") ? "office" : "archive";
  }
  if (PICTURES.some((word) => begins(data, word))) return "image";
  return textOf(data) === undefined ? "other" : "text";
}
