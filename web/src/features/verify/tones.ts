import type { Tone } from "@/ui/StatusTag";
import type { Verdict } from "./engine/verdict";

export const tones: Record<Verdict, Tone> = {
  VALID: "good",
  "VALID-UNWITNESSED": "warn",
  "CONSISTENT-BUT-UNTRUSTED": "warn",
  INCOMPLETE: "warn",
  INVALID: "bad",
};
