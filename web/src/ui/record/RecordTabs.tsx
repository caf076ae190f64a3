/** Tabs of a record; the open one stands in the address, so that a link leads to it 记录分页签. */
import { Select, Tabs } from "antd";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { useWords } from "@/lib/language";
import { useNarrow } from "../useNarrow";
import { uiWords } from "../words";
import styles from "./RecordTabs.module.css";

export type RecordTab = { key: string; label: string; content: ReactNode };

export function RecordTabs({ of, param = "tab" }: { of: readonly RecordTab[]; param?: string }) {
  const w = useWords(uiWords);
  const narrow = useNarrow();
  const [search, setSearch] = useSearchParams();
  const wanted = search.get(param);
  const open = of.some(({ key }) => key === wanted) ? wanted : of[0]?.key;

  function choose(key: string) {
    setSearch((now) => {
      now.set(param, key);
      return now;
    });
  }

  // A row of tabs that does not fit hides most of itself; a phone gets a choice instead.
  if (narrow) {
    return (
      <>
        <Select
          className={styles.choice}
          aria-label={w("section")}
          value={open}
          onChange={choose}
          options={of.map(({ key, label }) => ({ value: key, label }))}
        />
        {of.find(({ key }) => key === open)?.content}
      </>
    );
  }
  return (
    <Tabs
      activeKey={open ?? undefined}
      onChange={choose}
      items={of.map(({ key, label, content }) => ({ key, label, children: content }))}
      destroyOnHidden
    />
  );
}
