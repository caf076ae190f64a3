/** What each person would earn, low, middle and high 各人收入测算. */
import { Table } from "antd";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { Money } from "../Money";
import { StatusTag } from "../StatusTag";
import { TABLET, useNarrow } from "../useNarrow";
import styles from "./forecast.module.css";
import { spanOf, type Foreseen, type Range } from "./forecasting";
import { forecastWords } from "./forecastWords";

type W = Say<typeof forecastWords>;

export const sideOf = (w: W, { side }: Foreseen) =>
  w(side === "giver" || side === "receiver" ? side : "other");

/** The middle in large, the span under it. */
export function RangeText({ of }: { of: Range }) {
  const [least, most] = spanOf(of);
  return (
    <span className={styles.range}>
      <strong>
        <Money of={of.mid} />
      </strong>
      <small>
        <Money of={least} /> – <Money of={most} />
      </small>
    </span>
  );
}

function Name({ of }: { of: Foreseen }) {
  const w = useWords(forecastWords);
  return (
    <>
      {of.person.name} <StatusTag tone="plain">{sideOf(w, of)}</StatusTag>
    </>
  );
}

export function ForecastPeople({ of }: { of: readonly Foreseen[] }) {
  const w = useWords(forecastWords);
  const narrow = useNarrow(TABLET);
  const courses = ["without", "with", "change"] as const;
  if (narrow) {
    return (
      <ul className={styles.cards}>
        {of.map((one) => (
          <li key={one.person.id}>
            <Name of={one} />
            <dl>
              {courses.map((course) => (
                <div key={course}>
                  <dt>{w(course)}</dt>
                  <dd>
                    <RangeText of={one[course]} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    );
  }
  const levels = ["low", "mid", "high"] as const;
  return (
    <Table<Foreseen>
      size="small"
      pagination={false}
      aria-label={w("title")}
      dataSource={[...of]}
      rowKey={({ person }) => person.id}
      columns={[
        { title: w("person"), render: (_, one) => <Name of={one} /> },
        ...courses.map((course) => ({
          title: w(course),
          children: levels.map((level) => ({
            title: w(level),
            align: "right" as const,
            render: (_: unknown, one: Foreseen) => <Money of={one[course][level]} />,
          })),
        })),
      ]}
    />
  );
}
