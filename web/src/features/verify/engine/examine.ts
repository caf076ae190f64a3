/**
 * What is a bundle or a receipt worth? In the browser, without a word to anybody 浏览器内验证.
 *
 * Written after the Python verifier of the bundle and by its names. It does not look at what was
 * added to a PDF behind a signature, at lists of revoked certificates, nor at a second log, and
 * says so of what is there.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { isArchive, readArchive, Refused } from "./archive";
import { checkBag, isPayload } from "./bag";
import {
  isKeyFile,
  pathsOf,
  readIndex,
  six,
  steps,
  type Index,
  type RecordLine,
  type Shown,
} from "./contents";
import {
  Bad,
  base64,
  hashOf,
  hex,
  holds,
  isCount,
  isHash,
  moment,
  objectOf,
  opens,
  readEntry,
  readItem,
  readJson,
  same,
  textOf,
  type Entry,
  type Files,
  type Item,
  type Members,
} from "./forms";
import { checkManifest } from "./manifest";
import { pemOf, Policy, PROOF, readCheckpoint, readKey, readNote, readProof } from "./notes";
import { readStep, signers, type Checkpoint, type Key } from "./notes";
import { nobody, signaturesInside, type Outside } from "./signed";
import { continued, included, leafHash } from "./tree";
import { weightOf, worst, type RecordReport, type Report, type Verdict } from "./verdict";

/** Clocks of different machines may differ by so many seconds. */
const GRACE = 300;

/** A checkpoint that was believed: since when witnesses had seen it, and whether enough have. */
type Opened = Checkpoint & { verdict: Verdict; seen?: number; futures: boolean };

/** One checkpoint under a policy, or the name of what is wrong with it. */
function openNote(note: string, policy: Policy, origin: string, now: number): Opened | string {
  const keys = policy.logs.filter(({ name }) => name === origin);
  try {
    const read = readNote(note);
    const byLog = signers(read, keys);
    if (!byLog) return "checkpoint.signature";
    if (byLog.length === 0) return "checkpoint.unsigned";
    const all = signers(read, [...policy.witnesses.values()]);
    if (!all) return "checkpoint.signature";
    const checkpoint = readCheckpoint(read.text);
    if (checkpoint.origin !== origin) return "checkpoint.origin";
    const good = all.filter(({ seconds }) => seconds <= now + GRACE);
    const enough = good.length > 0 && policy.isMet(good);
    return {
      ...checkpoint,
      verdict: enough ? "VALID" : "VALID-UNWITNESSED",
      seen: good.length > 0 ? Math.min(...good.map(({ seconds }) => seconds)) : undefined,
      futures: good.length < all.length,
    };
  } catch {
    return "checkpoint.form";
  }
}

const SECOND = "data/sm3/key.txt";

type Link = [subject: string, prev: string | null];

class Examination {
  private readonly found = new Map<string, { code: string; at: string }>();
  private readonly records: RecordReport[] = [];
  private readonly complete: string[] = [];
  private readonly nodes: { leaf: string; links: Link[] }[] = [];
  private readonly spoken = new Set<string>();
  private readonly opened = new Map<string, Opened | string>();
  private readonly listed = new Map<number, { opened: Opened; text: string }>();
  private best: Verdict = "VALID";
  private own: Verdict = "VALID";
  private index?: Index;
  private policy?: Policy;
  /** Checkpoints that a believed authority stamped, and when. */
  private stamped: { size: number; at: number }[] = [];

  constructor(
    private readonly files: Files,
    private readonly outside: Policy | undefined,
    private readonly people: Outside,
  ) {}

  private readonly find = (code: string, at: string): Verdict => {
    this.found.set(`${code}\n${at}`, { code, at });
    return weightOf(code);
  };

  private say(code: string, at: string) {
    this.own = worst([this.own, this.find(code, at)]);
  }

  private missing() {
    this.own = worst([this.own, "INCOMPLETE"]);
  }

  report(): Report {
    const findings = [...this.found.values()].sort((a, b) =>
      a.code === b.code ? (a.at < b.at ? -1 : 1) : a.code < b.code ? -1 : 1,
    );
    const all = findings.map(({ code }) => weightOf(code));
    const records = this.records.map(({ verdict }) => verdict);
    return {
      verdict: worst([this.best, ...all, ...records]),
      origin: this.index?.origin,
      records: this.records,
      findings,
      complete: this.complete.sort(),
    };
  }

  run(): Report {
    checkBag(this.files, this.find);
    if ([...this.found.values()].some(({ code }) => weightOf(code) === "INVALID")) {
      return this.report();
    }
    try {
      this.index = readIndex(this.files);
    } catch {
      this.find("index.form", "data/index.json");
      return this.report();
    }
    const { index } = this;
    this.checkFiles(index);
    this.stamped = checkManifest(this.files, this.people, this.find);
    const inside = this.claims(index);
    this.policy = this.outside ?? inside;
    if (!this.policy?.logs.some(({ name }) => name === index.origin)) {
      if (this.policy) this.find("log.unknown", index.origin);
      else this.find("policy.form", "data/trust/policy.txt");
      return this.report();
    }
    if (!this.outside) this.best = "CONSISTENT-BUT-UNTRUSTED";
    this.checkpoints(index);
    for (const line of index.records) this.record(line);
    this.chains(index);
    this.documents(index);
    return this.report();
  }

  private checkFiles(index: Index) {
    const { must, may } = pathsOf(index);
    for (const path of must) if (!this.files.has(path)) this.find("file.missing", path);
    for (const [path, content] of this.files) {
      if (isPayload(path) && !must.has(path) && !may.has(path) && !isKeyFile(path)) {
        this.find("file.unexpected", path);
      }
      const isSigned = path.startsWith("data/documents/") && holds(content, "/ByteRange");
      for (const code of isSigned ? signaturesInside(content, this.people) : []) {
        this.find(code, path);
      }
      if (path === SECOND) this.find("sm.unexamined", path);
    }
  }

  /** What the bundle claims of keys and policy; the policy. */
  private claims(index: Index): Policy | undefined {
    for (const path of this.files.keys()) {
      if (!path.endsWith(".vkey")) continue;
      const key = this.claimed(path, index.origin);
      const pem = path.replace(".vkey", ".pub.pem");
      if (!key) this.find("key.form", path);
      else if (this.files.has(pem) && textOf(this.files.get(pem)) !== pemOf(key)) {
        this.find("key.form", pem);
      }
    }
    const text = this.files.get("data/trust/policy.txt");
    if (!text) return undefined;
    try {
      return new Policy(textOf(text) ?? "");
    } catch {
      this.find("policy.form", "data/trust/policy.txt");
      return undefined;
    }
  }

  private claimed(path: string, origin: string): Key | undefined {
    const isLog = path === "data/keys/log.vkey";
    try {
      const text = textOf(this.files.get(path)) ?? "";
      const key = readKey(text.slice(0, -1));
      const fits = key.kind === (isLog ? 1 : 4) && (!isLog || key.name === origin);
      return text.endsWith("\n") && fits ? key : undefined;
    } catch {
      return undefined;
    }
  }

  /** Each text is examined once: signatures are the dear part. */
  private open(note: string): Opened | string {
    const known = this.opened.get(note);
    if (known !== undefined) return known;
    const { policy, index, people } = this;
    const opened =
      policy && index ? openNote(note, policy, index.origin, people.now) : "policy.form";
    this.opened.set(note, opened);
    return opened;
  }

  private checkpoints(index: Index) {
    for (const size of index.checkpoints) {
      const path = `data/checkpoints/${String(size)}.txt`;
      if (!this.files.has(path)) continue;
      const text = textOf(this.files.get(path));
      const opened = text === undefined ? "checkpoint.form" : this.open(text);
      if (typeof opened === "string") this.find(opened, path);
      else if (opened.size !== size) this.find("checkpoint.size", path);
      else {
        if (opened.verdict !== "VALID") this.find("quorum.unmet", path);
        if (opened.futures) this.find("cosignature.future", path);
        this.listed.set(size, { opened, text: text ?? "" });
      }
    }
    for (const [old, next] of steps(index.checkpoints)) this.step(old, next);
  }

  private step(old: number, next: number) {
    const path = `data/consistency/${String(old)}-${String(next)}.txt`;
    const [before, after] = [this.listed.get(old), this.listed.get(next)];
    if (!this.files.has(path) || !before || !after) return;
    try {
      const step = readStep(textOf(this.files.get(path)) ?? "");
      if (step.old !== old || step.checkpoint !== after.text) throw new Bad("step");
      if (!continued(before.opened, after.opened, step.path)) this.find("consistency.proof", path);
    } catch {
      this.find("consistency.form", path);
    }
  }

  private record(line: RecordLine) {
    const name = `data/records/${six(line.index)}`;
    this.own = this.best;
    const data = this.files.get(`${name}.json`);
    let entry: Entry | undefined;
    if (!data) this.missing();
    else {
      try {
        entry = readEntry(data);
      } catch {
        this.say("record.form", `${name}.json`);
      }
    }
    if (data && entry) this.entry(line, name, entry, data);
    const { type, at } = entry ?? {};
    this.records.push({ index: line.index, verdict: this.own, type, at });
  }

  private entry(line: RecordLine, name: string, entry: Entry, data: Uint8Array) {
    const leaf = leafHash(data);
    if (entry.seq !== line.index) this.say("record.number", `${name}.json`);
    if (base64(leaf) !== line.leaf) this.say("record.leaf", `${name}.json`);
    this.proof(line.index, leaf);
    this.time(line.index, moment(entry.at), `${name}.json`);
    const content = this.content(line.payload, name);
    if (content && !opens(entry.commit, content.payload, content.salt)) {
      this.say("record.payload", `${name}.payload.json`);
    }
    const links: Link[] = entry.subject.slice(0, 1).map((first) => [first, entry.prev]);
    for (const part of line.items) {
      const item = this.item(line.index, part.n, part.payload, content?.payload);
      if (item && links.every(([subject]) => subject !== item.subject)) {
        links.push([item.subject, item.prev]);
      }
    }
    this.nodes.push({ leaf: base64(leaf), links });
    for (const subject of [...entry.subject, ...links.map(([one]) => one)]) {
      this.spoken.add(subject);
    }
  }

  private proof(index: number, leaf: Uint8Array) {
    const path = `data/proofs/${six(index)}.tlog-proof`;
    if (!this.files.has(path)) {
      this.missing();
      return;
    }
    let proof;
    try {
      proof = readProof(textOf(this.files.get(path)) ?? "");
    } catch {
      this.say("proof.form", path);
      return;
    }
    const opened = this.open(proof.checkpoint);
    if (proof.index !== index) this.say("proof.index", path);
    else if (typeof opened === "string") this.say(opened, path);
    else {
      this.own = worst([this.own, opened.verdict]);
      const here = this.listed.get(opened.size);
      if (here && !same(here.opened.root, opened.root)) this.say("SPLIT-VIEW", path);
      else if (here ? here.text !== proof.checkpoint : !this.names(opened.size)) {
        this.say("proof.checkpoint", path);
      }
      if (!included(index, leaf, proof.path, opened.size, opened.root)) {
        this.say("proof.path", path);
      }
    }
  }

  private names(size: number) {
    return this.index?.checkpoints.includes(size) ?? false;
  }

  private time(index: number, claimed: number, path: string) {
    if (claimed < 0) return;
    const seen = [...this.listed].sort(([a], [b]) => a - b).flatMap(([size, { opened }]) =>
      opened.seen === undefined ? [] : [{ size, at: opened.seen }],
    );
    const before = seen.filter(({ size }) => size <= index).at(-1);
    // A stamp may be carried in days later: it bounds from above alone.
    const bounds = [seen.find(({ size }) => size > index), ...this.stamped];
    const after = bounds.flatMap((one) => (one && one.size > index ? [one.at] : []));
    if (before && claimed + GRACE < before.at) this.say("record.early", path);
    if (claimed > Math.min(...after) + GRACE) this.say("record.late", path);
  }

  private content(shown: Shown, name: string) {
    if (shown !== "shown") {
      this.say(`payload.${shown}`, `${name}.json`);
      return undefined;
    }
    const [payload, salt] = [
      this.files.get(`${name}.payload.json`),
      this.files.get(`${name}.salt`),
    ];
    if (!payload || !salt) {
      this.missing();
      return undefined;
    }
    if (salt.length !== 32) {
      this.say("record.salt", `${name}.salt`);
      return undefined;
    }
    return { payload, salt };
  }

  private item(index: number, n: number, shown: Shown, act: Uint8Array | undefined) {
    const stem = `${six(index)}.item-${six(n)}`;
    const [name, proof] = [`data/records/${stem}`, `data/proofs/${stem}.txt`];
    const data = this.files.get(`${name}.json`);
    if (!data || !this.files.has(proof) || !act) {
      this.missing();
      return undefined;
    }
    let item: Item;
    try {
      item = readItem(data);
    } catch {
      this.say("item.form", `${name}.json`);
      return undefined;
    }
    if (item.n !== n || !isItemOf(act, n, data, textOf(this.files.get(proof)))) {
      this.say("item.proof", `${name}.json`);
    }
    const inner = this.content(shown, name);
    if (inner && !opens(item.commit, inner.payload, inner.salt)) {
      this.say("item.payload", `${name}.payload.json`);
    }
    return item;
  }

  private chains(index: Index) {
    if (this.nodes.length === index.records.length) {
      for (const subject of index.subjects) {
        if (!this.spoken.has(subject)) this.find("index.subject", subject);
      }
    }
    const chains = new Map<string, { leaf: string; prev: string | null }[]>();
    for (const { leaf, links } of this.nodes) {
      for (const [subject, prev] of links) {
        const chain = chains.get(subject) ?? [];
        chains.set(subject, [...chain, { leaf, prev }]);
      }
    }
    for (const subject of index.complete) {
      if (!chains.has(subject)) this.find("INCOMPLETE-CHAIN", subject);
    }
    for (const [subject, links] of chains) this.chain(subject, links, index);
  }

  private chain(
    subject: string,
    links: readonly { leaf: string; prev: string | null }[],
    index: Index,
  ) {
    const shown = new Set<string>();
    let before: string | undefined;
    let isWhole = new Set(links.map(({ prev }) => prev)).size === links.length;
    if (!isWhole) this.find("chain.fork", subject);
    for (const [n, { leaf, prev }] of links.entries()) {
      if (prev !== null && !shown.has(prev)) {
        if (n === 0) before = prev;
        else {
          this.find("INCOMPLETE-CHAIN", `${subject} ${prev}`);
          isWhole = false;
        }
      }
      shown.add(leaf);
    }
    if (before !== undefined) {
      const code = index.complete.includes(subject) ? "INCOMPLETE-CHAIN" : "chain.open";
      this.find(code, `${subject} ${before}`);
    } else if (isWhole) this.complete.push(subject);
  }

  private documents(index: Index) {
    const shown = new Set(index.records.map((line) => line.index));
    for (const { file, record, sha256: digest } of index.documents) {
      const path = `data/documents/${file}`;
      const content = this.files.get(path);
      if (!content) continue;
      if (hex(sha256(content)) !== digest) this.find("document.digest", path);
      else if (!shown.has(record) || !this.isNamed(record, digest)) {
        this.find("document.unproved", path);
      }
    }
  }

  private isNamed(record: number, digest: string) {
    const data = this.files.get(`data/records/${six(record)}.json`);
    try {
      return data !== undefined && readEntry(data).docs.some((doc) => doc.sha256 === digest);
    } catch {
      return false;
    }
  }
}

const isRoot = objectOf({ n: isCount, root: isHash });

/** Whether the bytes are item `n` of the act with this payload. */
function isItemOf(act: Uint8Array, n: number, data: Uint8Array, proof: string | undefined) {
  try {
    const { items } = readJson(act) as Members;
    if (!isRoot(items) || proof === undefined) return false;
    if (proof !== "" && !proof.endsWith("\n")) return false;
    const { n: size, root } = items as { n: number; root: string };
    const path = proof === "" ? [] : proof.slice(0, -1).split("\n").map(hashOf);
    return included(n, leafHash(data), path, size, hashOf(root));
  } catch {
    return false;
  }
}

/** One record in one file: the salt and the record go with its proof. */
function examineReceipt(text: string, policy: Policy | undefined, now: number): Report {
  const said = (verdict: Verdict, code?: string, entry?: Entry, origin?: string): Report => ({
    verdict,
    origin,
    records: entry ? [{ index: entry.seq, verdict, type: entry.type, at: entry.at }] : [],
    findings: code ? [{ code, at: "receipt" }] : [],
    complete: [],
  });
  try {
    const proof = readProof(text);
    const entry = readEntry(proof.extra?.slice(32) ?? new Uint8Array());
    const leaf = leafHash(proof.extra?.slice(32) ?? new Uint8Array());
    const { origin, size, root } = readCheckpoint(readNote(proof.checkpoint).text);
    if (entry.seq !== proof.index) return said("INVALID", "record.number", entry, origin);
    if (!included(proof.index, leaf, proof.path, size, root)) {
      return said("INVALID", "proof.path", entry, origin);
    }
    if (!policy) return said("CONSISTENT-BUT-UNTRUSTED", undefined, entry, origin);
    const opened = openNote(proof.checkpoint, policy, origin, now);
    if (typeof opened === "string") return said("INVALID", opened, entry, origin);
    const code = opened.verdict === "VALID" ? undefined : "quorum.unmet";
    return said(opened.verdict, code, entry, origin);
  } catch {
    return said("INVALID", "proof.form");
  }
}

/** A bundle that was opened. */
export const examineFiles = (
  files: Files,
  policy: Policy | undefined,
  people: Outside,
): Report => new Examination(files, policy, people).run();

const PDF = "%PDF-";

/** The signatures inside one PDF. */
function examineDocument(pdf: Uint8Array, people: Outside): Report {
  const codes = holds(pdf, "/ByteRange") ? signaturesInside(pdf, people) : ["document.unsigned"];
  const findings = codes.map((code) => ({ code, at: "document" }));
  const best: Verdict = people.signers.length > 0 ? "VALID" : "CONSISTENT-BUT-UNTRUSTED";
  const verdict = worst([best, ...codes.map(weightOf)]);
  return { verdict, records: [], findings, complete: [] };
}

/** A bundle, a receipt, a signed PDF, or none of these. */
export function examine(
  data: Uint8Array,
  policy: Policy | undefined,
  now: number,
  people: Outside = nobody(now),
): Report {
  if (textOf(data.subarray(0, PDF.length)) === PDF) return examineDocument(data, people);
  const text = textOf(data.subarray(0, PROOF.length));
  if (text === PROOF) return examineReceipt(textOf(data) ?? "", policy, now);
  try {
    if (!isArchive(data)) throw new Refused("archive.form", "start");
    return examineFiles(readArchive(data), policy, people);
  } catch (no) {
    const { code, at } = no instanceof Refused ? no : { code: "archive.form", at: "" };
    const findings = [{ code, at }];
    return { verdict: "INVALID", records: [], findings, complete: [] };
  }
}
