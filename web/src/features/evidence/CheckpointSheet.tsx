/** The newest checkpoint on paper: its text, and the same as a code 打印检查点. */
import { Button, QRCode } from "antd";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { Schema } from "@/api/client";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import styles from "./sheet.module.css";
import { evidenceWords } from "./words";

type State = Schema<"LogState">;

export function CheckpointSheet({ of }: { of: State }) {
  const w = useWords(evidenceWords);
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return undefined;
    const done = () => setPrinting(false);
    window.addEventListener("afterprint", done);
    window.print();
    return () => window.removeEventListener("afterprint", done);
  }, [isPrinting]);
  return (
    <>
      <Button onClick={() => setPrinting(true)}>{w("print")}</Button>
      {isPrinting && createPortal(<Sheet of={of} />, document.body)}
    </>
  );
}

export function Sheet({ of }: { of: State }) {
  const w = useWords(evidenceWords);
  const note = of.checkpoint ?? "";
  return (
    <section className={styles.sheet} aria-label={w("sheet")}>
      <h1>{w("sheet")}</h1>
      <p>
        {of.origin} · {of.signed} {w("entries")} · {of.signed_at && formatMoment(of.signed_at)}
      </p>
      <p>{w("sheet_note")}</p>
      <pre>{note}</pre>
      <QRCode value={note} size={300} type="svg" errorLevel="L" bordered={false} />
      <p>
        {w("key")}
        <code>{of.key}</code>
      </p>
      <p className={styles.hands}>
        {[w("sheet_hand"), w("sheet_kept"), w("sheet_day")].map((what) => (
          <span key={what}>{what}</span>
        ))}
      </p>
    </section>
  );
}
