/** Who signed and stamped the list of files, and who stamped the checkpoints 清单的签名与时间戳. */
import { SIGNATURE, TIMESTAMP } from "./bag";
import { textOf, type Files } from "./forms";
import { checkDetached, checkResponse, type Outside } from "./signed";

const MANIFEST = "manifest-sha256.txt";
const STAMPED = /^data\/timestamps\/(\d+)\.tsr$/;

type Find = (code: string, at: string) => unknown;

/** One timestamp response; its moment in milliseconds when a believed authority gave it. */
function stamp(
  files: Files,
  path: string,
  over: Uint8Array,
  outside: Outside,
  find: Find,
): number | undefined {
  const answer = files.get(path);
  if (!answer) return undefined;
  try {
    const { at, isKnown } = checkResponse(answer, over, outside);
    if (isKnown) return at;
    find(outside.clocks.length > 0 ? "timestamp.unknown" : "timestamp.untrusted", path);
  } catch {
    find("timestamp.bad", path);
  }
  return undefined;
}

function signature(files: Files, over: Uint8Array, outside: Outside, find: Find, proven?: number) {
  const message = files.get(SIGNATURE);
  const isAsked = outside.signers.length > 0;
  if (!message) {
    if (isAsked) find("signature.missing", SIGNATURE);
    return;
  }
  try {
    if (checkDetached(message, over, outside, proven)) return;
    find(isAsked ? "signature.unknown" : "signature.untrusted", SIGNATURE);
  } catch {
    find("signature.bad", SIGNATURE);
  }
}

/** Examines them; the moments, in seconds, at which a believed authority had seen checkpoints. */
export function checkManifest(
  files: Files,
  outside: Outside,
  find: Find,
): { size: number; at: number }[] {
  const manifest = files.get(MANIFEST) ?? new Uint8Array();
  const proven = stamp(files, TIMESTAMP, manifest, outside, find);
  signature(files, manifest, outside, find, proven);
  const seen: { size: number; at: number }[] = [];
  let isStamped = files.has(TIMESTAMP);
  for (const path of files.keys()) {
    const size = STAMPED.exec(path)?.[1];
    const note = size && files.get(`data/checkpoints/${size}.txt`);
    if (size) isStamped = true;
    if (!note || textOf(note) === undefined) continue;
    const at = stamp(files, path, note, outside, find);
    if (at !== undefined) seen.push({ size: Number(size), at: Math.floor(at / 1000) });
  }
  if (outside.clocks.length > 0 && !isStamped) find("timestamp.missing", TIMESTAMP);
  return seen;
}
