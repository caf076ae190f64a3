/** Who owned a customer when, drawn to scale and told in words 归属时间轴. */
import type { ReactNode } from "react";
import { useSession } from "@/api/session";
import { addDays } from "@/lib/day";
import { useWords } from "@/lib/language";
import { layOut } from "@/lib/timeline";
import styles from "./OwnershipTimeline.module.css";
import { uiWords } from "./words";

/** One assignment: from its first day up to, not including, `until`. */
export type Ownership = {
  from: string;
  until: string | null;
  /** The owner; absent while the customer lay in the pool. */
  owner: { id: string; name: string; number?: string } | null;
  reason: string;
  /** More about it, such as a link to its handover or its proof. */
  extra?: ReactNode;
};

type Props = { of: readonly Ownership[] };

// Dark enough for white letters; neighbours differ in hue and lightness.
const colours = ["#1554ad", "#0b7285", "#6d3fb0", "#2b6e2f", "#a04a00", "#9c2d5b", "#3b4a63"];
const POOL = "#5d6b7e";

/** The least share of the line on which a name can be read. */
const LETTERS = 0.05;

/** The same owner always has the same colour within one timeline. */
function paint(of: readonly Ownership[]): (one: Ownership) => string {
  const owners = [...new Set(of.flatMap(({ owner }) => (owner ? [owner.id] : [])))];
  return ({ owner }) =>
    owner ? (colours[owners.indexOf(owner.id) % colours.length] ?? POOL) : POOL;
}

export function OwnershipTimeline({ of }: Props) {
  const w = useWords(uiWords);
  const { today } = useSession();
  const inOrder = [...of].sort((a, b) => (a.from < b.from ? -1 : 1));
  const { spans, ticks, today: now } = layOut(inOrder, today);
  const colourOf = paint(inOrder);
  const nameOf = ({ owner }: Ownership) => owner?.name ?? w("in_pool");
  const dates = ({ from, until }: Ownership) => {
    if (until) return `${from} — ${addDays(until, -1)}`;
    return from > today ? w("since", { day: from }) : `${from} — ${w("to_date")}`;
  };
  const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

  return (
    <div role="group" aria-label={w("timeline")}>
      <div className={styles.drawing} aria-hidden>
        <div className={styles.line}>
          {inOrder.map((one, index) => {
            const { left = 0, width = 0, open = false } = spans[index] ?? {};
            return (
              <div
                key={one.from}
                className={`${styles.span} ${open ? styles.open : ""}`}
                style={{ left: percent(left), width: percent(width), background: colourOf(one) }}
                title={`${nameOf(one)} ${dates(one)} ${one.reason}`}
              >
                {width > LETTERS ? nameOf(one) : ""}
              </div>
            );
          })}
          <div className={styles.now} style={{ left: percent(now) }} title={w("today")} />
        </div>
        <div className={styles.axis}>
          {ticks.map(({ at, label }) => (
            <span key={label} style={{ left: percent(at) }}>
              {label}
            </span>
          ))}
        </div>
      </div>
      <ol className={styles.list}>
        {inOrder.toReversed().map((one) => {
          const days = spans[inOrder.indexOf(one)]?.days ?? 0;
          return (
            <li key={one.from} className={styles.entry}>
              <span className={styles.dot} style={{ background: colourOf(one) }} aria-hidden />
              <span className={styles.name}>
                {nameOf(one)}
                {one.owner?.number && <small>{one.owner.number}</small>}
              </span>
              <span className={styles.dates}>
                {dates(one)}
                <small>{one.from > today ? w("planned") : w("days", { days })}</small>
              </span>
              <span className={styles.reason}>
                {one.reason} {one.extra}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
