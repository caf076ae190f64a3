/** By when the payee confirms his statement, and the two ways to answer 确认期限提示. */
import { Alert, Button } from "antd";
import { useWords } from "@/lib/language";
import type { Statement } from "./calls";
import styles from "./commission.module.css";
import { bannerOf } from "./confirming";
import { confirmWords } from "./confirmWords";
import { SignOff } from "./SignOff";

/** Where the lines begin, for whoever wants to object to one of them. */
export const LINES = "statement-lines";

/** To the lines, for the keyboard too. */
function toLines() {
  const lines = document.getElementById(LINES);
  lines?.scrollIntoView();
  lines?.focus({ preventScroll: true });
}

/** Shown to the payee himself, as long as he may answer. */
export function ConfirmBanner({ of }: { of: Statement }) {
  const w = useWords(confirmWords);
  const banner = bannerOf(of);
  if (!banner) return null;
  const { key, type, day, days, count } = banner;
  const says = key === "answered" ? w(key) : w(key, { day, days });
  return (
    <Alert
      type={type}
      showIcon
      className={styles.banner}
      title={says}
      description={
        key !== "answered" && (
          <>
            <p className={styles.bannerText}>{w("silence", { count })}</p>
            <span className={styles.choices}>
              <SignOff of={of} label={w("confirm_all")} primary />
              <Button onClick={toLines}>{w("object")}</Button>
            </span>
          </>
        )
      }
    />
  );
}

/** The day, for whoever reads somebody else's statement. */
export function AskedBy({ of: { asked, may } }: { of: Statement }) {
  const w = useWords(confirmWords);
  if (!asked || may.includes("confirm")) return null;
  return <p className={styles.fine}>{w("by", { day: asked.confirm_by })}</p>;
}
