/** How far a month has come 月份状态. */
import { useWords } from "@/lib/language";
import { StatusTag } from "@/ui/StatusTag";
import { commissionWords } from "./words";

const tones = { open: "plain", calculated: "busy", reviewed: "busy", closed: "good" } as const;

export function Stage({ of }: { of: string }) {
  const w = useWords(commissionWords);
  const known = of in tones ? (of as keyof typeof tones) : "open";
  return <StatusTag tone={tones[known]}>{w(known)}</StatusTag>;
}
