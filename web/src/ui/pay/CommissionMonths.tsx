/** One person's commission of two years as a picture with its table 个人提成历史. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { historyQuery, type CommissionHistory, type HistoryMonth } from "@/api/commission";
import { useLanguage, useWords } from "@/lib/language";
import { sumOf } from "@/lib/money";
import type { Say } from "@/lib/words";
import { Chart } from "../Chart";
import { ListCards } from "../list/ListCards";
import { ListTable } from "../list/ListTable";
import type { Column } from "../list/column";
import { Loaded } from "../Loaded";
import { Money } from "../Money";
import { useNarrow } from "../useNarrow";
import styles from "./CommissionMonths.module.css";
import { found, historyChart, kinds } from "./history";
import { payWords } from "./payWords";

/** Of the reader himself when nobody is named. */
export function CommissionMonths({ payee }: { payee?: string | undefined }) {
  const query = useQuery(historyQuery(payee));
  return <Loaded query={query}>{(history) => <Months of={history} />}</Loaded>;
}

function Months({ of: { payee, months } }: { of: CommissionHistory }) {
  const w = useWords(payWords);
  const zh = useLanguage() === "zh";
  const narrow = useNarrow();
  const option = useMemo(() => historyChart(months, w), [months, w]);
  const columns = useColumns(months);
  const some = months.some((month) => kinds.some((kind) => /[1-9]/.test(month[kind].amount)));
  if (!some) return <p className={styles.fine}>{w("none")}</p>;
  const common = {
    label: w("title"),
    columns,
    rows: months.toReversed(),
    rowKey: ({ month }: HistoryMonth) => month,
  };
  return (
    <div className={styles.months}>
      <p className={styles.fine}>{noteOf(months, w).join(zh ? "" : " ")}</p>
      <Chart option={option} label={w("chart", { name: payee?.name ?? "" })} />
      {narrow ? <ListCards {...common} /> : <ListTable {...common} />}
      <p className={styles.sum}>
        {found(months).map((kind) => (
          <span key={kind}>
            {w(kind)}
            {w("total")} <Money of={sumOf(months.map((month) => month[kind]))} />
          </span>
        ))}
      </p>
    </div>
  );
}

/** What the words on the chart mean; those that are not on it are not explained. */
function noteOf(months: readonly HistoryMonth[], w: Say<typeof payWords>): string[] {
  const means = found(months).map((kind) =>
    kind === "earned" || kind === "taken_back" ? "" : w(`means_${kind}`),
  );
  return [w("note"), ...means].filter(Boolean);
}

function useColumns(months: readonly HistoryMonth[]): Column<HistoryMonth>[] {
  const w = useWords(payWords);
  const stageOf = ({ stage }: HistoryMonth) =>
    stage === "open" || stage === "calculated" || stage === "reviewed" || stage === "closed"
      ? w(stage)
      : w("ahead");
  return [
    { key: "month", title: w("month"), card: "title", cell: ({ month }) => month },
    { key: "stage", title: w("stage"), card: "tag", cell: stageOf },
    ...found(months).map((kind) => ({
      key: kind,
      title: w(kind),
      align: "right" as const,
      cell: (row: HistoryMonth) => <Money of={row[kind]} />,
    })),
  ];
}
