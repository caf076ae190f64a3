/** Verdicts and findings, by the names that the other verifiers use 验证结论. */
export const RANK = [
  "VALID",
  "VALID-UNWITNESSED",
  "CONSISTENT-BUT-UNTRUSTED",
  "INCOMPLETE",
  "INVALID",
] as const;
export type Verdict = (typeof RANK)[number];

export const worst = (all: readonly Verdict[]): Verdict =>
  RANK[Math.max(0, ...all.map((one) => RANK.indexOf(one)))] ?? "INVALID";

/** Names that change no verdict. The last two say what this page does not look at. */
const REMARKS = new Set([
  "chain.open",
  "quorum.unmet",
  "cosignature.future",
  "record.early",
  "record.late",
  "signature.untrusted",
  "timestamp.untrusted",
  "timestamp.missing",
  "document.untrusted",
  "document.unexamined",
  "sm.unexamined",
]);
const GAPS = new Set([
  "file.missing",
  "payload.erased",
  "payload.withheld",
  "INCOMPLETE-CHAIN",
  "signature.missing",
]);
/** Somebody whom nobody from outside vouches for. */
const STRANGERS = new Set(["document.signer", "document.unsigned"]);

export type Finding = { code: string; at: string };
export type RecordReport = { index: number; verdict: Verdict; type?: string; at?: string };
export type Report = {
  verdict: Verdict;
  origin?: string;
  records: RecordReport[];
  findings: Finding[];
  /** Subjects whose records are all here, up to the last one shown. */
  complete: string[];
};

export function weightOf(code: string): Verdict {
  if (REMARKS.has(code)) return "VALID";
  if (STRANGERS.has(code)) return "CONSISTENT-BUT-UNTRUSTED";
  return GAPS.has(code) ? "INCOMPLETE" : "INVALID";
}
