/** The bundles that were handed out already 历次导出. */
import { useWords } from "@/lib/language";
import { bracketed } from "@/lib/marks";
import { MomentText } from "@/ui/DayText";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import styles from "./bundle.module.css";
import { fileOf, type BundleItem } from "./calls";
import { bundleWords } from "./words";

const tones: Record<string, Tone> = { VALID: "good", INVALID: "bad" };
const verdicts = {
  VALID: "valid",
  "VALID-UNWITNESSED": "unwitnessed",
  INCOMPLETE: "incomplete",
  INVALID: "invalid",
} as const;

/** `1.2 MB` */
const sizeOf = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export function Earlier({ of }: { of: readonly BundleItem[] }) {
  const w = useWords(bundleWords);
  // The code beside the word is what the verifying program prints.
  const verdict = (code: string) =>
    code in verdicts ? bracketed(w(verdicts[code as keyof typeof verdicts]), code) : code;
  if (of.length === 0) return <p className={styles.fine}>{w("earlier_none")}</p>;
  return (
    <ul className={styles.rows}>
      {of.map((one) => (
        <li key={one.id}>
          <span className={styles.grow}>
            {one.recipient} · {one.reason}
            <small>
              {w("held", one)} · {one.signed && `${w("of_company")} · `}
              {one.stamped && `${w("of_authority")} · `}
              {one.exported_by?.name} <MomentText of={one.exported_at} />
            </small>
            <span className={styles.digest}>
              {w("digest")} {one.digest}
            </span>
          </span>
          {one.differences > 0 && (
            <StatusTag tone="bad">{w("differ", { count: one.differences })}</StatusTag>
          )}
          <StatusTag tone={tones[one.verdict] ?? "plain"}>
            {verdict(one.verdict)}
          </StatusTag>
          <a href={fileOf(one.id)} download>
            {w("download", { size: sizeOf(one.size) })}
          </a>
        </li>
      ))}
    </ul>
  );
}
