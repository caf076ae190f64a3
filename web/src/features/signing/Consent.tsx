/** The wording, and agreeing to it 电子签署同意书. */
import { Button } from "antd";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { ProblemNote } from "@/ui/ProblemNote";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { agree, type Account } from "./calls";
import styles from "./signing.module.css";
import { signingWords } from "./words";

export function Consent({ of }: { of: Account }) {
  const w = useWords(signingWords);
  const language = useLanguage();
  const act = useAct({
    run: (digest: string, headers) => agree(headers, digest),
    done: w("agreed"),
    refresh: [["signing-account"], ["signings"]],
    inline: true,
  });
  return (
    <>
      {!of.consented_at && <p className={styles.fine}>{w("consent_why")}</p>}
      {/* The Chinese wording is what is agreed to; the English one explains it. */}
      <blockquote className={styles.consent} lang="zh-CN">
        {of.consent_zh}
      </blockquote>
      {language === "en" && <p className={styles.consent}>{of.consent_en}</p>}
      <ProblemNote problem={act.error} />
      {of.consented_at ? (
        <StatusTag tone="good">{`${w("agreed")} · ${formatMoment(of.consented_at)}`}</StatusTag>
      ) : (
        <Button
          type="primary"
          loading={act.isPending}
          onClick={() => act.mutate(of.consent_digest)}
        >
          {w("agree")}
        </Button>
      )}
    </>
  );
}
