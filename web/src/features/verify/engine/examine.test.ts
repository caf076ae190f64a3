import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { sha256 } from "@noble/hashes/sha2.js";
import { readArchive } from "./archive";
import { certificatesIn } from "./certificates";
import { examine, examineFiles } from "./examine";
import { bytesOf, hex, textOf } from "./forms";
import { Policy } from "./notes";
import { nobody, type Outside } from "./signed";

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const zip = new Uint8Array(fixture("bundle.zip"));
const policy = new Policy(fixture("policy.txt").toString("utf8"));
/** A month after the log of the fixture began. */
const NOW = 1_795_334_400 + 30 * 86_400;

type Folder = Map<string, Uint8Array>;
const good = (): Folder => new Map(readArchive(zip));

/** Makes manifests and counts anew, as anybody can. */
function repaired(folder: Folder): Folder {
  folder.delete("tagmanifest-sha256.txt");
  const paths = [...folder.keys()].sort();
  const listed = (of: (path: string) => boolean) =>
    paths
      .filter(of)
      .map((path) => `${hex(sha256(folder.get(path) ?? new Uint8Array()))}  ${path}\n`)
      .join("");
  const isPayload = (path: string) => path.startsWith("data/");
  const payload = paths.filter(isPayload);
  const bytes = payload.reduce((sum, path) => sum + (folder.get(path)?.length ?? 0), 0);
  const info = (textOf(folder.get("bag-info.txt")) ?? "").replace(
    /Payload-Oxum: .*/,
    `Payload-Oxum: ${String(bytes)}.${String(payload.length)}`,
  );
  folder.set("bag-info.txt", bytesOf(info));
  folder.set("manifest-sha256.txt", bytesOf(listed(isPayload)));
  const tags = listed((path) => !isPayload(path));
  folder.set("tagmanifest-sha256.txt", bytesOf(tags));
  return folder;
}

const flip = (path: string) => (folder: Folder) => {
  const content = Uint8Array.from(folder.get(path) ?? []);
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
  folder.set(path, content);
};
const drop = (path: string) => (folder: Folder) => void folder.delete(path);
const edit = (path: string, old: string, text: string) => (folder: Folder) => {
  const before = textOf(folder.get(path)) ?? "";
  expect(before).toContain(old);
  folder.set(path, bytesOf(before.replace(old, text)));
};
const add = (path: string) => (folder: Folder) => void folder.set(path, Uint8Array.of(1));
const take = (to: string, from: string) => (folder: Folder) =>
  void folder.set(to, folder.get(from) ?? new Uint8Array());

type Act = (folder: Folder) => void;
const record = "data/records/000040";
const item = "data/records/000500.item-000000";

/** As `crates/bundle/tests/it/damage.rs` has it for the other two verifiers. */
const damage: [string, Act, boolean, string, string][] = [
  ["a record", flip(`${record}.json`), false, "INVALID", "bag.digest"],
  ["a record, manifests anew", flip(`${record}.json`), true, "INVALID", "record.leaf"],
  ["a payload", flip(`${record}.payload.json`), true, "INVALID", "record.payload"],
  ["a salt", flip(`${record}.salt`), true, "INVALID", "record.payload"],
  ["an item's payload", flip(`${item}.payload.json`), true, "INVALID", "item.payload"],
  ["an item's salt", flip(`${item}.salt`), true, "INVALID", "item.payload"],
  [
    "another item's proof",
    flip("data/proofs/000500.item-000000.txt"),
    true,
    "INVALID",
    "item.proof",
  ],
  ["a document", flip("data/documents/LZ2026-0001-QR1.pdf"), true, "INVALID", "document.digest"],
  ["a record gone", drop(`${record}.json`), false, "INCOMPLETE", "file.missing"],
  ["a proof gone", drop("data/proofs/000040.tlog-proof"), true, "INCOMPLETE", "file.missing"],
  ["a checkpoint gone", drop("data/checkpoints/400.txt"), true, "INCOMPLETE", "file.missing"],
  ["a step gone", drop("data/consistency/200-400.txt"), true, "INCOMPLETE", "file.missing"],
  [
    "another's proof",
    take("data/proofs/000040.tlog-proof", "data/proofs/000080.tlog-proof"),
    true,
    "INVALID",
    "proof.index",
  ],
  [
    "another index",
    edit("data/proofs/000040.tlog-proof", "index 40", "index 41"),
    true,
    "INVALID",
    "proof.index",
  ],
  [
    "another size",
    edit("data/checkpoints/400.txt", "\n400\n", "\n401\n"),
    true,
    "INVALID",
    "checkpoint.signature",
  ],
  [
    "line ends of another system",
    edit("data/checkpoints/400.txt", "400\n", "400\r\n"),
    true,
    "INVALID",
    "checkpoint.form",
  ],
  ["bagit with other line ends", edit("bagit.txt", "\n", "\r\n"), false, "INVALID", "bag.form"],
  ["a file more", add("data/records/more.json"), false, "INVALID", "bag.unlisted"],
  ["a file more, listed", add("data/records/more.json"), true, "INVALID", "file.unexpected"],
  ["a program beside", add("run-me.sh"), true, "INVALID", "file.unexpected"],
  ["another key", flip("data/keys/log.vkey"), true, "INVALID", "key.form"],
  ["another key as PEM", flip("data/keys/log.pub.pem"), true, "INVALID", "key.form"],
  ["an index with a space", edit("data/index.json", ",", ", "), true, "INVALID", "index.form"],
  [
    "a log of another name",
    edit("data/index.json", "log/main", "log/other"),
    true,
    "INVALID",
    "log.unknown",
  ],
];

describe("a bundle in the browser", () => {
  it("is valid as it was made, and untrusted without a policy", () => {
    const report = examine(zip, policy, NOW);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("VALID");
    expect(report.complete).toEqual(["customer/c0", "plan/pln_1"]);
    expect(report.records.length).toBeGreaterThan(10);
    expect(examine(zip, undefined, NOW).verdict).toBe("CONSISTENT-BUT-UNTRUSTED");
  });

  it.each(damage)("is caught with %s", (_, act, anew, verdict, code) => {
    const folder = good();
    act(folder);
    const report = examineFiles(anew ? repaired(folder) : folder, policy, nobody(NOW));
    expect(report.findings.map((one) => one.code)).toContain(code);
    expect(report.verdict).toBe(verdict);
  });

  it("is caught with a record left out of a chain and of the index", () => {
    const folder = good();
    for (const path of [...folder.keys()]) if (path.includes("000280")) folder.delete(path);
    const index = textOf(folder.get("data/index.json")) ?? "";
    const without = index.replace(/\{"index":280,[^}]*\},?/, "");
    expect(without).not.toBe(index);
    folder.set("data/index.json", bytesOf(without));
    const report = examineFiles(repaired(folder), policy, nobody(NOW));
    expect(report.findings.map(({ code }) => code)).toContain("INCOMPLETE-CHAIN");
    expect(report.verdict).toBe("INCOMPLETE");
  });

  it("is unwitnessed before its witness had seen it", () => {
    const early = examine(zip, policy, NOW - 60 * 86_400);
    expect(early.verdict).toBe("VALID-UNWITNESSED");
    expect(early.findings.map(({ code }) => code)).toContain("cosignature.future");
  });

  it("says of a second log with SM3 and SM2 that it does not look at it", () => {
    const twofold = (left?: string) => {
      const folder = good();
      const index = textOf(folder.get("data/index.json")) ?? "";
      const second = `"sm":{"checkpoint":600,"origin":"baton.example.cn/log/main/sm3"},"subjects"`;
      folder.set("data/index.json", bytesOf(index.replace('"subjects"', second)));
      const paths = ["key.txt", "key.pub.pem", "checkpoints/600.txt"];
      for (const path of paths) add(`data/sm3/${path}`)(folder);
      for (const [, n] of index.matchAll(/"index":(\d+)/g)) {
        add(`data/sm3/proofs/${(n ?? "").padStart(6, "0")}.tlog-proof`)(folder);
      }
      if (left) folder.delete(left);
      return examineFiles(repaired(folder), policy, nobody(NOW));
    };
    const codes = twofold().findings.map(({ code }) => code);
    expect([twofold().verdict, codes]).toEqual(["VALID", ["sm.unexamined"]]);
    expect(twofold("data/sm3/proofs/000040.tlog-proof").verdict).toBe("INCOMPLETE");
    // A policy may name the key of the second log, and of nothing else that is unknown.
    const named = (typed: string) => {
      const line = `log baton.example.cn/log/main/sm3+00000000+${btoa(typed)}`;
      return new Policy(`${line}\n${fixture("policy.txt").toString("utf8")}`);
    };
    const before = policy.logs.length;
    expect(named(`\u00ffbaton.cn/sm2-sm3/v1${"x".repeat(65)}`).logs).toHaveLength(before);
    expect(() => named(`\u00ffsomething else${"x".repeat(65)}`)).toThrow();
  });
});

const signedZip = new Uint8Array(fixture("signed.zip"));
const outside: Outside = {
  signers: certificatesIn(new Uint8Array(fixture("ca.pem"))),
  clocks: certificatesIn(new Uint8Array(fixture("tsa.pem"))),
  now: NOW,
};
const PAPER = "data/documents/LZ2026-0001-QR1.pdf";
const signed = (): Folder => new Map(readArchive(signedZip));
const codesOf = (folder: Folder, people = outside) => {
  const { verdict, findings } = examineFiles(folder, policy, people);
  return [verdict, ...findings.map(({ code }) => code)];
};

describe("a bundle that was signed and stamped", () => {
  it("holds, and says what it did not look at", () => {
    expect(codesOf(signed())).toEqual(["VALID", "document.unexamined"]);
    expect(codesOf(signed(), nobody(NOW))).toEqual([
      "VALID",
      "document.unexamined",
      "document.untrusted",
      "signature.untrusted",
      "timestamp.untrusted",
      "timestamp.untrusted",
      "timestamp.untrusted",
      "timestamp.untrusted",
    ]);
  });

  it("is caught with another's signature, none, or a stamp over something else", () => {
    // Manifests made anew are not those that were signed and stamped.
    const renewed = codesOf(repaired(signed()));
    expect(renewed).toEqual(["VALID", "document.unexamined"]);
    const other = signed();
    add("data/report.pdf")(other);
    expect(codesOf(repaired(other))).toEqual([
      "INVALID",
      "document.unexamined",
      "signature.bad",
      "timestamp.bad",
    ]);
    const bare = signed();
    drop("manifest-sha256.txt.p7s")(bare);
    expect(codesOf(repaired(bare))).toContain("signature.missing");
    const swapped = signed();
    take("data/timestamps/200.tsr", "data/timestamps/400.tsr")(swapped);
    expect(codesOf(repaired(swapped))).toContain("timestamp.bad");
    const strangers = { ...outside, signers: outside.clocks, clocks: outside.signers };
    expect(codesOf(signed(), strangers)).toEqual(
      expect.arrayContaining(["INVALID", "signature.unknown", "timestamp.unknown"]),
    );
  });

  it("finds any changed byte of signature and token that is signed", () => {
    let caught = 0;
    let tried = 0;
    for (const path of ["manifest-sha256.txt.p7s", "data/timestamps/400.tsr"]) {
      const content = signed().get(path) ?? new Uint8Array();
      for (let at = 0; at < content.length; at += 37) {
        const folder = signed();
        const changed = Uint8Array.from(content);
        changed[at] = (changed[at] ?? 0) ^ (1 << at % 8);
        folder.set(path, changed);
        caught += codesOf(repaired(folder))[0] === "INVALID" ? 1 : 0;
        tried += 1;
      }
    }
    expect(caught * 2).toBeGreaterThan(tried);
  }, 60_000);
});

describe("a signed PDF", () => {
  const paper = () => Uint8Array.from(signed().get(PAPER) ?? []);
  const said = (pdf: Uint8Array, people = outside) => {
    const { verdict, findings } = examine(pdf, undefined, NOW, people);
    return [verdict, ...findings.map(({ code }) => code)];
  };

  it("holds alone, and without certificates from outside nobody vouches", () => {
    expect(said(paper())).toEqual(["VALID", "document.unexamined"]);
    expect(said(paper(), nobody(NOW))[0]).toBe("CONSISTENT-BUT-UNTRUSTED");
  });

  it("is caught with a bit changed, and not called signed when it is not", () => {
    const changed = paper();
    changed[2000] = (changed[2000] ?? 0) ^ 1;
    expect(said(changed)).toEqual(["INVALID", "document.signature"]);
    expect(said(bytesOf("%PDF-1.7 nothing"))).toEqual([
      "CONSISTENT-BUT-UNTRUSTED",
      "document.unsigned",
    ]);
  });
});

describe("an archive", () => {
  it("with any byte changed never gives other files", () => {
    const step = Math.floor(zip.length / 200);
    for (let at = 0; at < zip.length; at += step) {
      const changed = Uint8Array.from(zip);
      changed[at] = (changed[at] ?? 0) ^ (1 << at % 7);
      // Times and versions in the headers say nothing of the files.
      if (examine(changed, policy, NOW).verdict === "VALID") {
        expect(readArchive(changed), `byte ${String(at)}`).toEqual(good());
      }
    }
  }, 30_000);

  it("is refused with bytes before, behind, or cut off", () => {
    for (const changed of [
      Uint8Array.from([0, ...zip]),
      Uint8Array.from([...zip, 0]),
      zip.slice(0, -1),
      new Uint8Array(),
    ]) {
      expect(examine(changed, policy, NOW).verdict).toBe("INVALID");
    }
  });
});
