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

/** Names that change no verdict. The last four say what this page does not look at. */
const REMARKS = new Set([
  "chain.open",
  "quorum.unmet",
  "cosignature.future",
  "record.early",
  "record.late",
  "signature.unexamined",
  "timestamp.unexamined",
  "document.unexamined",
  "sm.unexamined",
]);
const GAPS = new Set(["file.missing", "payload.erased", "payload.withheld", "INCOMPLETE-CHAIN"]);

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

export const weightOf = (code: string): Verdict =>
  REMARKS.has(code) ? "VALID" : GAPS.has(code) ? "INCOMPLETE" : "INVALID";
