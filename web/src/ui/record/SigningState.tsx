/** How the signing of a document stands, in a line that leads to it 签署状态. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { SigningBrief } from "@/api/signings";
import { verdictQuery } from "@/api/signings";
import { useLanguage, useWords } from "@/lib/language";
import { words } from "@/lib/words";
import { StatusTag, type Tone } from "../StatusTag";
import styles from "./DocumentRows.module.css";

const signingStateWords = words({
  signed_of: ["已签 {signed}/{seats}", "{signed} of {seats} signed"],
  waits_for: ["待{names}", "waits for {names}"],
  company: ["公司", "the company"],
  between: ["、", ", "],
  good: ["{count} 处电子签名经验证有效", "{count} signatures verified"],
  bad: ["电子签名验证未通过", "the signatures do not verify"],
});

const tones: Record<string, Tone> = {
  open: "busy",
  complete: "good",
  refused: "bad",
  expired: "bad",
  withdrawn: "plain",
};

export function SigningState({ of }: { of: SigningBrief }) {
  const w = useWords(signingStateWords);
  const language = useLanguage();
  // The server names people; the seat of the company has no name but this word.
  const next = of.next.map((name) => (name === "公司" ? w("company") : name)).join(w("between"));
  return (
    <>
      <Link to={`/signings/${of.id}`}>
        <StatusTag tone={tones[of.standing] ?? "plain"}>{of[language]}</StatusTag>
      </Link>
      <span className={styles.quiet}>
        {w("signed_of", of)}
        {next && ` · ${w("waits_for", { names: next })}`}
      </span>
      {of.inside && of.signed > 0 && <Verdict id={of.id} />}
    </>
  );
}

function Verdict({ id }: { id: string }) {
  const w = useWords(signingStateWords);
  const { data } = useQuery(verdictQuery(id));
  if (!data || data.signatures.length === 0) return null;
  return data.valid ? (
    <StatusTag tone="good">{w("good", { count: data.signatures.length })}</StatusTag>
  ) : (
    <StatusTag tone="bad">{w("bad")}</StatusTag>
  );
}
