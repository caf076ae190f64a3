/** Alerts about the person who leaves, for those who run the departure 离职预警. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, take } from "@/api/client";
import { useCan, useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { MomentText } from "@/ui/DayText";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import styles from "./departure.module.css";
import { departureWords } from "./words";

/** Shows nothing when there is nothing: most departures have no alert. */
export function DepartureAlerts({ id, employee }: { id: string; employee: string }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const can = useCan();
  const { login } = useSession();
  const reads = can("alert.read");
  const may = reads || can("departure.run") || can("handover.approve");
  const { data } = useQuery({
    queryKey: ["alerts", "departure", id],
    queryFn: () => take(api.GET("/alerts", { params: { query: { departure: id } } })),
    enabled: may && login.employee_id !== employee,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Panel title={w("alerts")}>
      <ul className={styles.rows}>
        {data.items.map((one) => (
          <li key={one.id}>
            <span className={styles.grow}>
              {reads ? <Link to={`/alerts?alert=${one.id}`}>{one[language]}</Link> : one[language]}
            </span>
            <MomentText of={one.last_at} />
            <StatusTag tone={one.severity.key === "low" ? "warn" : "bad"}>
              {one.severity[language]}
            </StatusTag>
            <StatusTag tone={one.state.key === "resolved" ? "good" : "busy"}>
              {one.state[language]}
            </StatusTag>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
