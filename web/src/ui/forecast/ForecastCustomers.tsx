/** The forecast customer by customer, with what it stands on 各客户测算. */
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import type { Column } from "../list/column";
import { ListCards } from "../list/ListCards";
import { ListTable } from "../list/ListTable";
import { Money } from "../Money";
import { StatusTag } from "../StatusTag";
import { TABLET, useNarrow } from "../useNarrow";
import styles from "./forecast.module.css";
import { RangeText } from "./ForecastPeople";
import type { Figures, ForeseenCustomer } from "./forecasting";
import { forecastWords } from "./forecastWords";

export function ForecastCustomers({ of }: { of: Figures }) {
  const w = useWords(forecastWords);
  const narrow = useNarrow(TABLET);
  const columns = useColumns(of);
  const all = of.reckoned + of.too_short;
  const count = of.customers.length;
  const title = count < all ? w("customers", { count }) : w("all_customers");
  const common = {
    label: title,
    columns,
    rows: of.customers,
    rowKey: ({ customer_id, contracts }: ForeseenCustomer) => [customer_id, ...contracts].join(" "),
  };
  return (
    <details open={count <= 5}>
      <summary className={styles.heading}>{title}</summary>
      {narrow ? <ListCards {...common} /> : <ListTable {...common} />}
    </details>
  );
}

function useColumns({ customers }: Figures): Column<ForeseenCustomer>[] {
  const w = useWords(forecastWords);
  const language = useLanguage();
  // Terms stand above already; they are said again where customers have terms of their own.
  const various = new Set(customers.map(({ terms_zh }) => terms_zh)).size > 1;
  const terms = (row: ForeseenCustomer) => (language === "zh" ? row.terms_zh : row.terms_en);
  return [
    {
      key: "customer",
      title: w("customer"),
      card: "title",
      width: 240,
      cell: (row) => (
        <>
          {row.customer}
          {row.contracts.length > 0 && (
            <small className={styles.under}>
              {w("only_contracts", { numbers: listed(row.contracts) })}
            </small>
          )}
          {various && <small className={styles.under}>{terms(row)}</small>}
        </>
      ),
    },
    { key: "successor", title: w("successor"), cell: ({ successor }) => successor?.name ?? "—" },
    { key: "history", title: w("history"), cell: (row) => <History of={row} /> },
    {
      key: "turnover",
      title: w("turnover"),
      align: "right",
      cell: ({ basis, turnover }) => (basis === "too_short" ? "—" : <RangeText of={turnover} />),
    },
    ...(customers.some(({ due }) => /[1-9]/.test(due.amount))
      ? [
          {
            key: "due",
            title: w("due"),
            align: "right" as const,
            cell: ({ due }: ForeseenCustomer) => <Money of={due} />,
          },
        ]
      : []),
    { key: "effect", title: w("change"), align: "right", cell: (row) => <Effects of={row} /> },
  ];
}

function History({ of }: { of: ForeseenCustomer }) {
  const { basis, history_from: day, stretches: count } = of;
  const w = useWords(forecastWords);
  const known = basis === "enough" || basis === "weak" ? basis : "too_short";
  return (
    <>
      <StatusTag tone={known === "enough" ? "good" : "warn"}>{w(known)}</StatusTag>
      <small className={styles.under}>
        {!day && w("no_history")}
        {day && (count > 0 ? w("history_of", { day, count }) : w("history_short", { day }))}
      </small>
    </>
  );
}

/** `张三 1,200 → 450` for each whose figures are shown. */
function Effects({ of: { basis, people } }: { of: ForeseenCustomer }) {
  // Where nothing was reckoned, nothing is not the answer.
  if (basis === "too_short" || people.length === 0) return "—";
  return (
    <ul className={styles.effects}>
      {people.map(({ person, without, with: then }) => (
        <li key={person.id}>
          <span>{person.name}</span> <Money of={without.mid} /> → <Money of={then.mid} />
        </li>
      ))}
    </ul>
  );
}
