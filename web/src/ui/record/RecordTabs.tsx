/** Tabs of a record; the open one stands in the address, so that a link leads to it 记录分页签. */
import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

export type RecordTab = { key: string; label: string; content: ReactNode };

export function RecordTabs({ of, param = "tab" }: { of: readonly RecordTab[]; param?: string }) {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get(param);
  const open = of.some(({ key }) => key === wanted) ? wanted : of[0]?.key;

  function choose(key: string) {
    setSearch((now) => {
      now.set(param, key);
      return now;
    });
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
