/** What an audit's verdict means to the person who ran it 审计结论. */
import type { Tone } from "@/ui/StatusTag";
import type { evidenceWords } from "./words";

type Key = keyof typeof evidenceWords;

type Meaning = {
  tone: Tone;
  title: Key & `verdict_${string}`;
  means: Key & `means_${string}`;
};

const meanings: Readonly<Record<string, Meaning>> = {
  VALID: { tone: "good", title: "verdict_valid", means: "means_valid" },
  "VALID-UNWITNESSED": {
    tone: "good",
    title: "verdict_valid_unwitnessed",
    means: "means_valid",
  },
  "CONSISTENT-BUT-UNTRUSTED": {
    tone: "warn",
    title: "verdict_consistent_but_untrusted",
    means: "means_bad",
  },
  "DERIVED-DATA": { tone: "warn", title: "verdict_derived_data", means: "means_derived_data" },
  INCOMPLETE: { tone: "warn", title: "verdict_incomplete", means: "means_bad" },
  INVALID: { tone: "bad", title: "verdict_invalid", means: "means_bad" },
};

/** A verdict not known here counts as bad: better a needless alarm than a missed one. */
const worst: Meaning = { tone: "bad", title: "verdict_invalid", means: "means_bad" };

export function meaningOf(verdict: string): Meaning {
  return meanings[verdict] ?? worst;
}
