/** The dates of a departure, how they were reckoned, what follows 日期与依据. */
import { useLanguage, useWords } from "@/lib/language";
import { Citation } from "@/ui/Citation";
import { DayText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import { Figures } from "@/ui/Figures";
import { StatusTag } from "@/ui/StatusTag";
import { UnknownYears } from "@/ui/UnknownYears";
import type { Dates, Duty, Why } from "./calls";
import styles from "./departure.module.css";
import { departureWords } from "./words";

type Props = {
  of: Dates;
  /** Years without holidays in which days were reckoned. */
  unknown: readonly number[];
  folded?: boolean;
};

/** `folded` keeps the reasons behind a line to press, where they are not what one came for. */
export function DatesPreview({ of, unknown, folded = false }: Props) {
  const w = useWords(departureWords);
  const { clocks } = of;
  const reasons = (
    <>
      <Reasons title={w("why_day")} of={of.reasons} />
      <Reasons title={w("follows")} of={of.follows} />
    </>
  );
  return (
    <>
      <Figures
        of={[
          { label: w("employment_ends"), value: clocks.employment_ends_on },
          { label: w("last_day"), value: clocks.last_working_day },
          { label: w("cutoff"), value: clocks.commission_cutoff_on },
        ]}
      />
      <UnknownYears of={unknown} />
      <Reasons title={w("protections")} of={of.protections} />
      {folded ? (
        <details className={styles.reckoned}>
          <summary>{w("reckoned")}</summary>
          {reasons}
        </details>
      ) : (
        reasons
      )}
      <Facts
        of={[
          { label: w("notice_days"), value: w("days", { days: of.notice_days }) },
          { label: w("earliest"), value: <DayText of={of.earliest_on} /> },
          { label: w("file_transfer_by"), value: <DayText of={of.file_transfer_by} /> },
        ]}
      />
    </>
  );
}

function Reasons({ title, of }: { title: string; of: readonly Why[] }) {
  const language = useLanguage();
  if (of.length === 0) return null;
  return (
    <section className={styles.reasons}>
      <h3>{title}</h3>
      <ul>
        {of.map((why) => (
          <li key={why.code + why.zh}>{why[language]}</li>
        ))}
      </ul>
    </section>
  );
}

/** What may wait for the handover, and what may not. */
export function Duties({ of }: { of: readonly Duty[] }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  return (
    <ul className={styles.rows}>
      {of.map((duty) => (
        <li key={duty.key}>
          <span className={styles.grow}>
            {duty[language]}
            <small>
              <Citation of={duty.basis} />
            </small>
          </span>
          {duty.due_on && <DayText of={duty.due_on} />}
          <StatusTag tone={duty.may_wait ? "plain" : "warn"}>
            {w(duty.may_wait ? "may_wait" : "must_not_wait")}
          </StatusTag>
        </li>
      ))}
    </ul>
  );
}
