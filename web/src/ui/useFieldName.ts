/** What recorded fields are called 字段名称. */
import { useWords } from "@/lib/language";
import { fieldWords } from "./fieldWords";

/** Puts the name of a recorded field into words; one that has none stays as it was recorded. */
export function useFieldName(): (field: string) => string {
  const w = useWords(fieldWords);
  const known = (field: string): field is keyof typeof fieldWords =>
    Object.hasOwn(fieldWords, field);
  return (field) => {
    if (field === "") return w("value");
    return known(field) ? w(field) : field.replaceAll("_", " ");
  };
}
