/** The flows in force and their steps, as people read them 流程页. */
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { read } from "@/api/ahead";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import styles from "./system.module.css";
import { systemWords } from "./words";

type FlowItem = {
  id: string;
  key: string;
  version: number;
  title: string;
  published_at: string;
  current: boolean;
};

type FlowView = {
  title: string;
  outline: {
    depth: number;
    node: string;
    title: string;
    title_en: string;
    kind_zh: string;
    who_zh: string[];
  }[];
};

export function Component() {
  const w = useWords(systemWords);
  const [search, setSearch] = useSearchParams();
  const query = useQuery({ queryKey: ["flows"], queryFn: () => read<FlowItem[]>("/flows") });
  return (
    <>
      <PageHeader title={w("flows")} note={w("flows_note")} />
      <Loaded query={query}>
        {(flows) => {
          const current = flows.filter((flow) => flow.current);
          const chosen = search.get("flow") ?? current[0]?.key;
          if (!chosen) {
            return <EmptyState title={w("flows_none")} why={w("flows_none_why")} />;
          }
          return (
            <div className={styles.flows}>
              <Panel title={w("flows")}>
                <ul className={styles.flowList}>
                  {current.map((flow) => (
                    <li key={flow.id}>
                      <button
                        type="button"
                        aria-pressed={flow.key === chosen}
                        onClick={() => setSearch({ flow: flow.key })}
                      >
                        {flow.title}
                        <small>
                          {w("flow_version", {
                            version: flow.version,
                            at: formatMoment(flow.published_at),
                          })}
                        </small>
                      </button>
                    </li>
                  ))}
                </ul>
              </Panel>
              <Outline flow={chosen} />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function Outline({ flow }: { flow: string }) {
  const language = useLanguage();
  const query = useQuery({
    queryKey: ["flows", flow],
    queryFn: () => read<FlowView>(`/flows/${flow}`),
  });
  return (
    <Loaded query={query}>
      {({ title, outline }) => (
        <Panel title={title}>
          <ol className={styles.outline}>
            {outline.map((step) => (
              <li key={step.node} style={{ paddingInlineStart: 24 * step.depth }}>
                <strong>{language === "zh" ? step.title : step.title_en || step.title}</strong>
                <StatusTag tone="plain">{step.kind_zh}</StatusTag>
                <span className={styles.note}>{step.who_zh.join("、")}</span>
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </Loaded>
  );
}
