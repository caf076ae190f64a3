/** Says of which years no holidays are entered where days were reckoned 工作日历缺口. */
import { Alert } from "antd";
import { useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { uiWords } from "./words";

export function UnknownYears({ of }: { of: readonly number[] }) {
  const w = useWords(uiWords);
  if (of.length === 0) return null;
  return (
    <Alert type="warning" showIcon title={w("unknown_years", { years: listed(of) })} />
  );
}
