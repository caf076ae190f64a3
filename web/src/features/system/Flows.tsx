/** The flows in force and their steps, as people read them 流程页. */
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { api, take } from "@/api/client";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import styles from "./system.module.css";
import { systemWords } from "./words";

export function Component() {
  const w = useWords(systemWords);
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const query = useQuery({ queryKey: ["flows"], queryFn: () => take(api.GET("/flows")) });
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
                        {(language === "en" && flow.title_en) || flow.title}
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
    queryFn: () => take(api.GET("/flows/{key}", { params: { path: { key: flow } } })),
  });
  return (
    <Loaded query={query}>
      {({ title, title_en, outline }) => (
        <Panel title={(language === "en" && title_en) || title}>
          <ol className={styles.outline}>
            {outline.map((step) => (
              <li key={step.node} style={{ paddingInlineStart: 24 * step.depth }}>
                {step.title !== step.node && (
                  <strong>{language === "zh" ? step.title : step.title_en || step.title}</strong>
                )}
                <StatusTag tone="plain">{step[`kind_${language}`]}</StatusTag>
                <span className={styles.note}>
                  {step[`who_${language}`].join(language === "zh" ? "、" : ", ")}
                </span>
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </Loaded>
  );
}
