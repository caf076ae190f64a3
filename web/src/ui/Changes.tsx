/** Before and after, field by field 变化对照. */
import {
  changesOf,
  fieldText,
  remarksOf,
  type Change,
  type Json,
  type People,
} from "@/lib/changes";
import { useLanguage, useWords } from "@/lib/language";
import styles from "./Changes.module.css";
import { Facts } from "./Facts";
import { fieldWords } from "./fieldWords";
import { useFieldName } from "./useFieldName";

type Props = { of: Json; people: People; none: string };

export function Changes({ of, people, none }: Props) {
  const w = useWords(fieldWords);
  const named = useFieldName();
  const language = useLanguage();
  const text = (field: string, value: Json | undefined) =>
    fieldText(field, value, { named, language, people });
  const isPerson = (value: Json | undefined) =>
    typeof value === "string" && Object.hasOwn(people, value);
  const fieldOf = ({ field, before, after }: Change) =>
    field === "" && (isPerson(before) || isPerson(after)) ? w("person") : named(field);
  const changes = changesOf(of);
  const remarks = remarksOf(of);
  if (changes.length + remarks.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <>
      {changes.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{w("field")}</th>
              <th scope="col">{w("before")}</th>
              <th scope="col">{w("after")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">{fieldOf(change)}</th>
                <td className={styles.before}>{text(change.field, change.before)}</td>
                <td className={styles.after}>{text(change.field, change.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Facts
        of={remarks.map(({ field, value }) => ({ label: named(field), value: text(field, value) }))}
      />
    </>
  );
}
