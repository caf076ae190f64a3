/** What changes when the terms that are being filled in were agreed 条款试算. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { forecastQuery } from "@/api/forecast";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import styles from "@/ui/forecast/forecast.module.css";
import { RangeText } from "@/ui/forecast/ForecastPeople";
import { forecastWords } from "@/ui/forecast/forecastWords";
import { Money } from "@/ui/Money";
import { triedQuery, type PlanView, type Tried } from "./calls";

type Props = { of: PlanView; customers: readonly string[]; tried: Tried | undefined };

/** The text once it has stayed the same for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function TriedForecast({ of, customers, tried }: Props) {
  const w = useWords(forecastWords);
  const reads = useCan()("commission.read");
  const settled = useSettled(JSON.stringify([customers, tried ?? null]));
  const [who, what] = JSON.parse(settled) as [string[], Tried | null];
  const now = useQuery({ ...forecastQuery(of.id, of.version), enabled: reads });
  const then = useQuery({
    ...triedQuery(of, who, what),
    enabled: reads && what !== null,
  });
  if (!reads || !now.data?.figures?.plans || then.isError) return null;
  const people = then.data?.people ?? now.data.figures.people;
  const before = (id: string) =>
    now.data.figures?.people.find(({ person }) => person.id === id)?.with.mid;
  return (
    <div className={styles.tried} aria-live="polite">
      <p className={styles.fine}>{then.isFetching ? w("trying") : w("tried")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{w("person")}</th>
            <th scope="col">{w("now")}</th>
            <th scope="col">{w("then")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ person, with: under }) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>
                <Money of={before(person.id)} />
              </td>
              <td>{then.data ? <RangeText of={under} /> : "…"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
