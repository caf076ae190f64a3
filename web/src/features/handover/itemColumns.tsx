/** What the table of a plan shows of each line 方案明细列. */
import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import { clauses, listed, named } from "@/lib/marks";
import type { Language, Say } from "@/lib/words";
import type { Column } from "@/ui/list/column";
import { Money } from "@/ui/Money";
import { StatusTag } from "@/ui/StatusTag";
import { lineOf, owedWith, pageOf, worthOf } from "./assigning";
import type { ItemView, Line, Suggested } from "./calls";
import { contractWords } from "./contractWords";
import styles from "./handover.module.css";
import type { handoverWords } from "./words";

type W = Say<typeof handoverWords>;
type Take = ((lines: Line[], successor: string) => void) | undefined;

/** What a line of a customer offers for its contracts. */
type OnContracts = ((row: ItemView) => ReactNode) | undefined;

/** What it is called, in the reader's language where the program named it. */
export const labelOf = (of: ItemView, language: Language) =>
  language === "zh" ? of.label : of.label_en;

function Thing({ of }: { of: ItemView }) {
  const label = labelOf(of, useLanguage());
  return pageOf(of) ? <Link to={pageOf(of)}>{label}</Link> : label;
}

export function itemColumns(
  w: W,
  kindName: (kind: string) => string,
  onTake: Take,
  onContracts: OnContracts,
) {
  return [
    {
      key: "label",
      title: w("thing"),
      width: 220,
      card: "title",
      cell: (row) => (
        <>
          <Thing of={row} />
          {onContracts?.(row)}
          <small className={styles.under}>
            {[kindName(row.kind), row.region, row.industry].filter(Boolean).join(" · ")}
          </small>
        </>
      ),
    },
    {
      key: "amount",
      title: w("receivable"),
      align: "right",
      cell: (row) => <Owed of={row} w={w} />,
    },
    {
      key: "follows",
      title: w("follows"),
      from: "xl",
      cell: ({ follows }) =>
        listed(
          follows
            .filter(({ count }) => count > 0)
            .map(({ kind, count }) => `${kindName(kind)} ${count}`),
        ) || "—",
    },
    {
      key: "suggestion",
      title: w("suggestion"),
      cell: (row) => <Suggestion of={row} w={w} onTake={onTake} />,
    },
    {
      key: "successor",
      title: w("successor"),
      cell: (row) => <Receiver of={row} w={w} />,
    },
  ] satisfies Column<ItemView>[];
}

/** What is owed with it; a contract, an order, an opportunity is worth something, and no debt. */
function Owed({ of, w }: { of: ItemView; w: W }) {
  const owed = owedWith(of);
  const worth = worthOf(of);
  if (!owed) {
    return (
      <>
        —
        {worth && (
          <small className={styles.under}>
            {w("amount")} <Money of={worth} />
          </small>
        )}
      </>
    );
  }
  return (
    <>
      <Money of={owed.open} />
      {owed.overdue.amount !== "0.00" && (
        <small className={styles.late}>
          {w("overdue")} <Money of={owed.overdue} />
        </small>
      )}
    </>
  );
}

/** Who gets it; of a contract and its papers also that they do not go with their customer. */
function Receiver({ of: { successor, how }, w }: { of: ItemView; w: W }) {
  const say = useWords(contractWords);
  if (!successor) return <Nobody>{w("nobody")}</Nobody>;
  const apart = how === "apart" && say("how_apart");
  const along = how === "with_contract" && say("how_with_contract");
  return (
    <>
      <strong>{successor.name}</strong>
      {(apart || along) && <small className={styles.under}>{apart || along}</small>}
    </>
  );
}

function Nobody({ children }: { children: string }) {
  return <StatusTag tone="warn">{children}</StatusTag>;
}

function Suggestion({ of, w, onTake }: { of: ItemView; w: W; onTake: Take }) {
  const language = useLanguage();
  const { suggestion, alternatives, successor } = of;
  if (!suggestion) return "—";
  // The points rank people for this customer and mean nothing beyond it, so they stay unsaid.
  const told = ({ person, reasons }: Suggested) =>
    named(person.name, clauses(reasons.map((one) => one[language])));
  const others = alternatives.length > 0 ? [w("other"), ...alternatives.map(told)].join("\n") : "";
  return (
    <>
      <Tooltip title={others && <span className={styles.lines}>{others}</span>}>
        <span>{suggestion.person.name}</span>
      </Tooltip>
      {onTake && successor?.id !== suggestion.person.id && (
        <Button
          type="link"
          size="small"
          aria-label={w("take_for", { thing: of.label, name: suggestion.person.name })}
          onClick={() => onTake([lineOf(of)], suggestion.person.id)}
        >
          {w("take")}
        </Button>
      )}
      <small className={styles.under}>
        {clauses(suggestion.reasons.map((one) => one[language]))}
      </small>
    </>
  );
}
