/** Signed notes, checkpoints, proofs and trust policies of C2SP 签名文本. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Head } from "./tree";
import { Bad, base64, bytesOf, decimal, hashOf, hex, joined, same, unbase64 } from "./forms";

export type Key = { name: string; id: string; kind: number; key: Uint8Array };

const isName = (name: string) => name !== "" && !name.includes("+") && !/\s/u.test(name);

/** `<name>+<id>+<key>` */
export function readKey(text: string): Key {
  const [name = "", id = "", ...rest] = text.split("+");
  const typed = unbase64(rest.join("+"));
  const kind = typed[0] ?? 0;
  const number = sha256(joined(bytesOf(`${name}\n`), typed)).slice(0, 4);
  if (!isName(name) || typed.length !== 33 || ![1, 4].includes(kind) || id !== hex(number)) {
    throw new Bad("key");
  }
  return { name, id, kind, key: typed.slice(1) };
}

const SM_TYPE = bytesOf("baton.cn/sm2-sm3/v1");

/** Whether a line names the key of a second log: SM2, of a private type. */
function isSecondLog(text: string): boolean {
  const [name = "", , ...rest] = text.split("+");
  try {
    const typed = unbase64(rest.join("+"));
    const kind = typed.slice(1, 1 + SM_TYPE.length);
    return isName(name) && typed[0] === 0xff && same(kind, SM_TYPE);
  } catch {
    return false;
  }
}

/** The key as OpenSSL reads it. */
export function pemOf(key: Key): string {
  const head = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);
  const text = base64(joined(head, key.key));
  return `-----BEGIN PUBLIC KEY-----\n${text}\n-----END PUBLIC KEY-----\n`;
}

type Signature = { name: string; id: string; blob: Uint8Array };
export type Note = { text: string; signatures: Signature[] };

// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0009\u000b-\u001f]/;

export function readNote(note: string): Note {
  const at = note.lastIndexOf("\n\n");
  if (CONTROLS.test(note) || at < 0 || !note.endsWith("\n") || at + 2 >= note.length) {
    throw new Bad("note");
  }
  const lines = note.slice(at + 2, -1).split("\n");
  if (lines.length > 100) throw new Bad("note");
  const signatures = lines.map((line) => {
    const [name = "", ...rest] = line.slice(2).split(" ");
    const data = unbase64(rest.join(" "));
    if (!line.startsWith("\u2014 ") || rest.length === 0 || !isName(name) || data.length < 5) {
      throw new Bad("note");
    }
    return { name, id: hex(data.slice(0, 4)), blob: data.slice(4) };
  });
  return { text: note.slice(0, at + 1), signatures };
}

export type Signed = { key: Key; seconds: number };

const isBy = (key: Key, signature: Uint8Array, message: Uint8Array) => {
  try {
    return ed25519.verify(signature, message, key.key, { zip215: false });
  } catch {
    return false;
  }
};

/** Who of these keys signed; nothing when the signature of one of them is bad. */
export function signers(note: Note, keys: readonly Key[]): Signed[] | undefined {
  const signed: Signed[] = [];
  for (const { name, id, blob } of note.signatures) {
    const key = keys.find((one) => one.name === name && one.id === id);
    if (!key || signed.some((one) => one.key === key)) continue;
    let [seconds, message, signature] = [0, bytesOf(note.text), blob];
    if (key.kind === 4) {
      seconds = blob.slice(0, 8).reduce((value, byte) => value * 256 + byte, 0);
      message = joined(bytesOf(`cosignature/v1\ntime ${String(seconds)}\n`), message);
      signature = blob.slice(8);
    }
    if (!isBy(key, signature, message)) return undefined;
    signed.push({ key, seconds });
  }
  return signed;
}

export type Checkpoint = Head & { origin: string };

export function readCheckpoint(text: string): Checkpoint {
  const lines = text.slice(0, -1).split("\n");
  const [origin = "", size = "", root = ""] = lines;
  if (!text.endsWith("\n") || lines.length < 3 || lines.includes("")) throw new Bad("checkpoint");
  return { origin, size: decimal(size), root: hashOf(root) };
}

export type Proof = {
  extra?: Uint8Array;
  index: number;
  path: Uint8Array[];
  checkpoint: string;
};

/** What stands before and after the first empty line. */
function halves(text: string): [string[], string] {
  const at = text.indexOf("\n\n");
  if (at < 0 || at + 2 >= text.length) throw new Bad("proof");
  return [text.slice(0, at).split("\n"), text.slice(at + 2)];
}

export const PROOF = "c2sp.org/tlog-proof@v1\n";

export function readProof(text: string): Proof {
  if (!text.startsWith(PROOF)) throw new Bad("proof");
  const [lines, checkpoint] = halves(text.slice(PROOF.length));
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith("extra ")) extra = unbase64(lines.shift()?.slice(6) ?? "");
  const [index = "", ...path] = lines;
  if (!index.startsWith("index ") || path.length > 63) throw new Bad("proof");
  return { extra, index: decimal(index.slice(6)), path: path.map(hashOf), checkpoint };
}

/** A proof that one checkpoint continues another. */
export function readStep(text: string) {
  const [[old = "", ...path], checkpoint] = halves(text);
  if (text.length > 65_536 || !old.startsWith("old ") || path.length > 63) throw new Bad("step");
  return { old: decimal(old.slice(4)), path: path.map(hashOf), checkpoint };
}

/** Whose word is believed: a tlog-policy file. */
export class Policy {
  readonly logs: Key[] = [];
  readonly witnesses = new Map<string, Key>();
  private readonly groups = new Map<string, { wanted: number; members: string[] }>();
  private readonly grouped = new Set<string>();
  private quorum?: string;

  constructor(text: string) {
    // eslint-disable-next-line no-control-regex
    const strange = /[\u0000-\u0008\u000b-\u001f\u007f]/;
    if (!text.endsWith("\n") || strange.test(text)) throw new Bad("policy");
    for (const line of text.slice(0, -1).split("\n")) {
      const words = line.split(/[ \t]/).filter(Boolean);
      if (words.length > 0 && !words[0]?.startsWith("#")) this.line(words);
    }
    if (this.quorum === undefined) throw new Bad("policy");
  }

  private line([what = "", first = "", second = "", ...rest]: string[]) {
    const count = this.logs.length + this.witnesses.size + this.groups.size;
    if (what === "quorum" && first && !second) {
      if (this.quorum !== undefined || !(first === "none" || this.knows(first))) {
        throw new Bad("policy");
      }
      this.quorum = first;
    } else if (count >= 256 || !first) {
      throw new Bad("policy");
    } else if (what === "log" && rest.length === 0 && isSecondLog(first)) {
      // The key of a second log, which this page does not examine.
    } else if (what === "log" && rest.length === 0) {
      const key = readKey(first);
      if (key.kind !== 1 || this.logs.some((log) => same(log.key, key.key))) {
        throw new Bad("policy");
      }
      this.logs.push(key);
    } else if (what === "witness" && second && rest.length <= 1) {
      const key = readKey(second);
      const known = [...this.witnesses.values()].some((one) => same(one.key, key.key));
      if (key.kind !== 4 || known) throw new Bad("policy");
      this.take(first);
      this.witnesses.set(first, key);
    } else if (what === "group" && second && rest.length > 0) {
      this.group(first, second, rest);
    } else {
      throw new Bad("policy");
    }
  }

  private group(name: string, how: string, members: string[]) {
    for (const member of members) {
      if (!this.knows(member) || this.grouped.has(member)) throw new Bad("policy");
      this.grouped.add(member);
    }
    const wanted = how === "any" ? 1 : how === "all" ? members.length : decimal(how);
    if (wanted < 1 || wanted > members.length) throw new Bad("policy");
    this.take(name);
    this.groups.set(name, { wanted, members });
  }

  private knows(name: string) {
    return this.witnesses.has(name) || this.groups.has(name);
  }

  private take(name: string) {
    if (name === "none" || this.knows(name)) throw new Bad("policy");
  }

  /** Whether the witnesses that signed are enough. */
  isMet(signed: readonly Signed[]): boolean {
    const met = new Map<string, boolean>();
    for (const [name, key] of this.witnesses) {
      met.set(name, signed.some((one) => one.key.name === key.name && one.key.id === key.id));
    }
    for (const [name, { wanted, members }] of this.groups) {
      met.set(name, members.filter((member) => met.get(member)).length >= wanted);
    }
    return this.quorum === "none" || (met.get(this.quorum ?? "") ?? false);
  }
}
