/** What a version of a plan says, component by component 方案摘要. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import { bracketed, listed } from "@/lib/marks";
import { tablesQuery, type Offer } from "./calls";
import styles from "./commission.module.css";
import { boundsSay, conditionSays, methodSays } from "./planSentences";
import { sayWords } from "./sayWords";

export function PlanSays({ of }: { of: Offer }) {
  const w = useWords(sayWords);
  const asks = of.components.some(({ method }) => "by_table" in method);
  const tables = useQuery({ ...tablesQuery, enabled: asks }).data?.items;
  const name = (id: string) => tables?.find((one) => one.id === id)?.name ?? "…";
  return (
    <div className={styles.says}>
      <p className={styles.fine}>{boundsSay(of, w).join(" · ")}</p>
      <ul className={styles.plain}>
        {of.components.map((one) => {
          const said = conditionSays(one, w);
          const text = methodSays(one, w, name);
          return (
            <li key={one.name}>
              <strong>{one.name}</strong>
              {said.length > 0 && (
                <span className={styles.fine}>{bracketed("", listed(said))}</span>
              )}{" "}
              {"by_table" in one.method ? (
                <Link to={`/rules/${one.method.by_table}`}>{text}</Link>
              ) : (
                <span>{text}</span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
