/** What a file said of a record beyond its fields 附加信息. */
import type { Schema } from "@/api/client";
import { useLanguage, useWords } from "@/lib/language";
import { Facts } from "../Facts";
import { uiWords } from "../words";

export function Kept({ of }: { of: readonly Schema<"KeptColumn">[] }) {
  const w = useWords(uiWords);
  const zh = useLanguage() === "zh";
  return (
    <>
      <p>{w("kept_note")}</p>
      <Facts of={of.map((one) => ({ label: zh ? one.name : one.name_en, value: one.value }))} />
    </>
  );
}
