/** What each would earn under the plan, before anybody agrees to it 提成测算. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Modal } from "antd";
import { useState } from "react";
import { forecastQuery, type AgreedForecast, type PlanForecast } from "@/api/forecast";
import { useCan } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import { Loaded } from "../Loaded";
import { Panel } from "../Panel";
import { ForecastCustomers } from "./ForecastCustomers";
import { ForecastDue } from "./ForecastDue";
import { ForecastMonths } from "./ForecastMonths";
import { ForecastPeople } from "./ForecastPeople";
import styles from "./forecast.module.css";
import type { Figures } from "./forecasting";
import { forecastWords } from "./forecastWords";

type Props = {
  plan: string;
  /** Of the plan; another one is asked for again. */
  version: number;
};

export function ForecastPanel({ plan, version }: Props) {
  const w = useWords(forecastWords);
  const can = useCan();
  const reads = can("commission.read");
  const query = useQuery({ ...forecastQuery(plan, version), enabled: reads });
  if (!reads) return null;
  return (
    <Panel title={w("title")}>
      <Loaded query={query}>{(found) => <Found of={found} />}</Loaded>
    </Panel>
  );
}

function Found({ of: { figures, agreed } }: { of: PlanForecast }) {
  return (
    <>
      {figures && <FiguresView of={figures} />}
      {agreed.length > 0 && <Agreed of={agreed} />}
    </>
  );
}

/** The notes that say how far the figures carry, and the figures. */
export function FiguresView({ of }: { of: Figures }) {
  const w = useWords(forecastWords);
  if (!of.plans) return <Alert type="info" showIcon title={w("no_plans")} />;
  const notes = [
    of.too_short > 0 && w("some_short", { count: of.too_short }),
    of.weak > 0 && w("some_weak", { count: of.weak }),
    of.unassigned > 0 && w("some_unassigned", { count: of.unassigned }),
    of.bands && w("bands"),
  ].filter((note) => note !== false);
  const alone = of.people.length === 1;
  return (
    <div className={styles.forecast}>
      <p className={styles.fine}>{w("method", { day: of.effective_on })}</p>
      {alone && <p className={styles.fine}>{w("own_only")}</p>}
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {of.reckoned === 0 ? (
        <p>{w("nothing")}</p>
      ) : (
        <>
          <ForecastPeople of={of.people} />
          {of.months.length > 0 && <ForecastMonths of={of} />}
        </>
      )}
      <ForecastDue of={of.people} />
      {of.customers.length > 0 && <ForecastCustomers of={of} />}
    </div>
  );
}

function Agreed({ of }: { of: readonly AgreedForecast[] }) {
  const w = useWords(forecastWords);
  const [open, setOpen] = useState<AgreedForecast>();
  const step = (one: AgreedForecast) => w(one.step === "approve" ? "approve" : "answer");
  const called = (one: AgreedForecast) => ({ name: one.person.name, step: step(one) });
  return (
    <section className={styles.agreed}>
      <h3>{w("agreed")}</h3>
      <ul>
        {of.map((one) => (
          <li key={`${one.at} ${one.digest}`}>
            <strong>{one.person.name}</strong>
            <span>{step(one)}</span>
            <span className={styles.fine}>{formatMoment(one.at)}</span>
            <Button
              size="small"
              aria-label={w("see_agreed_of", called(one))}
              onClick={() => setOpen(one)}
            >
              {w("see_agreed")}
            </Button>
          </li>
        ))}
      </ul>
      {open && (
        <Modal
          open
          width={960}
          title={w("agreed_title", called(open))}
          footer={null}
          onCancel={() => setOpen(undefined)}
        >
          <FiguresView of={open.figures} />
          <p className={styles.digest}>{w("digest", { digest: open.digest })}</p>
        </Modal>
      )}
    </section>
  );
}
