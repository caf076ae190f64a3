/** What bills that are open earn when they are paid as agreed 已开票待收的提成. */
import { useWords } from "@/lib/language";
import { Money } from "../Money";
import styles from "./forecast.module.css";
import type { Foreseen } from "./forecasting";
import { forecastWords } from "./forecastWords";

export function ForecastDue({ of }: { of: readonly Foreseen[] }) {
  const w = useWords(forecastWords);
  const some = of.filter(({ due_with, due_without }) =>
    [due_with, due_without].some(({ amount }) => /[1-9]/.test(amount)),
  );
  if (some.length === 0) return null;
  return (
    <section className={styles.tried} aria-label={w("due_title")}>
      <h3>{w("due_title")}</h3>
      <p className={styles.fine}>{w("due_note")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{w("person")}</th>
            <th scope="col">{w("without")}</th>
            <th scope="col">{w("with")}</th>
          </tr>
        </thead>
        <tbody>
          {some.map(({ person, due_without, due_with }) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>
                <Money of={due_without} />
              </td>
              <td>
                <Money of={due_with} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
