/** A draft beside the live table over a real month, by person and line by line 影子试算. */
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { percentOf } from "@/lib/percent";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { Panel } from "@/ui/Panel";
import { ghostQuery, type Ghost as Compared } from "./calls";
import styles from "./rules.module.css";
import { ruleWords } from "./words";

export function Ghost({ id }: { id: string }) {
  const w = useWords(ruleWords);
  const { today } = useSession();
  const [month, setMonth] = useState(dayjs(today).subtract(1, "month"));
  const [asked, setAsked] = useState<string>();
  return (
    <Panel title={w("ghost")}>
      <p className={styles.fine}>{w("ghost_note")}</p>
      <p className={styles.head}>
        <DatePicker
          picker="month"
          aria-label={w("month")}
          allowClear={false}
          value={month}
          onChange={(next) => next && setMonth(next)}
        />
        <Button onClick={() => setAsked(month.format("YYYY-MM"))}>{w("run_ghost")}</Button>
      </p>
      {asked && <Result key={asked} id={id} month={asked} />}
    </Panel>
  );
}

function Result({ id, month }: { id: string; month: string }) {
  const query = useQuery(ghostQuery(id, month));
  return <Loaded query={query}>{(found) => <Told of={found} />}</Loaded>;
}

function Told({ of }: { of: Compared }) {
  const w = useWords(ruleWords);
  if (of.cases === 0) return <p>{w("ghost_none")}</p>;
  if (of.differing === 0) return <p>{w("ghost_same", { n: of.cases })}</p>;
  const sums = {
    cases: of.cases,
    n: of.differing,
    live: formatMoney(of.live),
    ghost: formatMoney(of.ghost),
  };
  return (
    <div aria-live="polite">
      <p className={styles.answer}>{w("ghost_sum", sums)}</p>
      <h3>{w("people")}</h3>
      <People of={of} />
      <h3>{w("lines")}</h3>
      <Lines of={of} />
    </div>
  );
}

function People({ of }: { of: Compared }) {
  const w = useWords(ruleWords);
  return (
    <table className={`${styles.grid} ${styles.cards}`}>
      <thead>
        <tr>
          <th scope="col">{w("person")}</th>
          <th scope="col">{w("by_live")}</th>
          <th scope="col">{w("by_draft")}</th>
          <th scope="col">{w("difference")}</th>
        </tr>
      </thead>
      <tbody>
        {of.people.map(({ payee, live, ghost, difference }) => (
          <tr key={payee?.id}>
            <td data-label={w("person")}>{payee?.name}</td>
            <td data-label={w("by_live")} className={styles.figures}>
              <Money of={live} />
            </td>
            <td data-label={w("by_draft")} className={styles.figures}>
              <Money of={ghost} />
            </td>
            <td data-label={w("difference")} className={styles.figures}>
              <Money of={difference} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Side = Compared["lines"][number]["live"];

function Says({ of }: { of: Side }) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  if (typeof of.rate !== "number") return <>{language === "zh" ? of.why_zh : of.why_en}</>;
  return (
    <>
      {percentOf(of.rate)} · {of.row ? w("row_n", { n: of.row }) : w("default_row")} ·{" "}
      <Money of={of.commission} />
    </>
  );
}

function Lines({ of }: { of: Compared }) {
  const w = useWords(ruleWords);
  return (
    <table className={`${styles.grid} ${styles.cards}`}>
      <thead>
        <tr>
          <th scope="col">{w("person")}</th>
          <th scope="col">{w("customer")}</th>
          <th scope="col">{w("record")}</th>
          <th scope="col">{w("by_live")}</th>
          <th scope="col">{w("by_draft")}</th>
          <th scope="col">{w("difference")}</th>
        </tr>
      </thead>
      <tbody>
        {of.lines.map((line, at) => (
          <tr key={`${line.record} ${line.payee?.id ?? ""} ${at}`}>
            <td data-label={w("person")}>{line.payee?.name}</td>
            <td data-label={w("customer")}>{line.customer}</td>
            <td data-label={w("record")}>{line.record}</td>
            <td data-label={w("by_live")}>
              <Says of={line.live} />
            </td>
            <td data-label={w("by_draft")}>
              <Says of={line.ghost} />
            </td>
            <td data-label={w("difference")} className={styles.figures}>
              <Money of={line.difference} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
