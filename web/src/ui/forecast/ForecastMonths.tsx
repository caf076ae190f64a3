/** The middle year month by month, as a picture with its table behind it 逐月测算. */
import { Table } from "antd";
import { useMemo } from "react";
import { useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { Chart } from "../Chart";
import { Money } from "../Money";
import styles from "./forecast.module.css";
import { monthsChart, monthsLater, type Figures } from "./forecasting";
import { forecastWords } from "./forecastWords";

export function ForecastMonths({ of }: { of: Figures }) {
  const w = useWords(forecastWords);
  const option = useMemo(() => monthsChart(of, w), [of, w]);
  const who = listed(of.months.map(({ person }) => person.name));
  const rows = Array.from({ length: 12 }, (_, at) => at);
  return (
    <section>
      <h3 className={styles.heading}>{w("chart")}</h3>
      <Chart option={option} label={w("chart_label", { who })} />
      <details className={styles.behind}>
        <summary>{w("show_months")}</summary>
        <Table<number>
          size="small"
          pagination={false}
          aria-label={w("chart")}
          scroll={{ x: true }}
          dataSource={rows}
          rowKey={String}
          columns={[
            {
              title: w("month"),
              render: (_, at) => w("month_of", { day: monthsLater(of.effective_on, at) }),
            },
            ...of.months.flatMap(({ person: { id, name }, with: then, without }) => [
              {
                key: `${id} without`,
                title: w("series_without", { name }),
                align: "right" as const,
                render: (_: unknown, at: number) => <Money of={without[at]} />,
              },
              {
                key: `${id} with`,
                title: w("series_with", { name }),
                align: "right" as const,
                render: (_: unknown, at: number) => <Money of={then[at]} />,
              },
            ]),
          ]}
        />
      </details>
    </section>
  );
}
