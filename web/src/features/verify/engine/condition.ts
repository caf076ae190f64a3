/**
 * What became of a ZIP file on its way here 压缩包的状况. One that was packed anew or broke off is
 * not opened, and nothing is known of what is inside: that is no forgery, and people must be told.
 */
import { isArchive } from "./archive";

export type Condition = "whole" | "repacked" | "cut";

const END = 22;
const CENTRAL = 46;
/** The comment behind the end is no longer than this. */
const COMMENT = 0xffff;
/** Sizes follow the content, as programs write that pack what they read from a pipe. */
const FOLLOWS = 0x0008;

/** Where the end of the directory stands; -1 where there is none. */
function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END - COMMENT);
  for (let at = view.byteLength - END; at >= first; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return -1;
}

/** Whether one file was written in a way in which no bundle is handed out. */
function isForeignLine(view: DataView, at: number): boolean {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [length, extra] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
  const last = at + CENTRAL + length - 1;
  const isFolder = length > 0 && last < view.byteLength && view.getUint8(last) === 0x2f;
  return method !== 0 || (flags & FOLLOWS) !== 0 || extra !== 0 || isFolder;
}

export function conditionOf(data: Uint8Array): Condition {
  if (!isArchive(data)) return "whole";
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const end = endOf(view);
  if (end < 0) return "cut";
  const [count, length] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true)];
  let at = view.getUint32(end + 16, true);
  if (at + length > end) return "cut";
  for (let n = 0; n < count; n += 1) {
    if (at + CENTRAL > end || view.getUint32(at, true) !== 0x02014b50) return "whole";
    if (isForeignLine(view, at)) return "repacked";
    const [name, extra] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    at += CENTRAL + name + extra + view.getUint16(at + 32, true);
  }
  return "whole";
}
