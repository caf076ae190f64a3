/** Commission plans with their versions and who has them 提成方案. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { AssignForm } from "./AssignForm";
import { plansQuery, type CommissionPlan } from "./calls";
import styles from "./commission.module.css";
import { Places } from "./Places";
import { PlanSays } from "./PlanSays";
import { sayWords } from "./sayWords";
import { commissionWords } from "./words";

export function Component() {
  const query = useQuery(plansQuery);
  return <Loaded whole query={query}>{({ items }) => <Page plans={items} />}</Loaded>;
}

function Page({ plans }: { plans: readonly CommissionPlan[] }) {
  const w = useWords(commissionWords);
  const [open, setOpen] = useState<CommissionPlan>();
  const begin = (
    <Link to="/commission/plans/new">
      <Button type="primary">{w("new_plan")}</Button>
    </Link>
  );
  return (
    <>
      <PageHeader
        title={w("plans")}
        trail={[{ label: w("title"), to: "/commission" }]}
        note={w("plans_note")}
        actions={begin}
      />
      <Places />
      {plans.length === 0 && <EmptyState title={w("no_plans")} why={w("no_plans_why")} />}
      {plans.map((plan) => (
        <Plan key={plan.id} of={plan} onOpen={setOpen} />
      ))}
      {open && <AssignForm plan={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

type Props = { of: CommissionPlan; onOpen: (plan: CommissionPlan) => void };

function Plan({ of, onOpen }: Props) {
  const w = useWords(commissionWords);
  const say = useWords(sayWords);
  const period = of.adds_up === "month" ? "month_word" : (of.adds_up as "each");
  return (
    <Panel
      title={of.name}
      extra={
        <span className={styles.buttons}>
          <Link to={`/commission/plans/${of.id}/next`}>
            <Button size="small">{w("new_version")}</Button>
          </Link>
          <Button size="small" onClick={() => onOpen(of)}>
            {w("assign")}
          </Button>
        </span>
      }
    >
      <div className={styles.plan}>
        <section>
          <h3>
            {w("versions")} · {w("adds_up")} {w(period)}
            {of.overlay && ` · ${say("overlay", { name: of.overlay })}`}
          </h3>
          <ul className={styles.months}>
            {of.versions.map((version) => (
              <li key={version.version}>
                <strong>{w("version", { n: version.version })}</strong>
                <span>{w("from_day", { day: version.valid_from })}</span>
                {version.valid_until && (
                  <span>{w("until_day", { day: version.valid_until })}</span>
                )}
                <PlanSays of={version.offer} />
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{w("assigned")}</h3>
          {of.assigned.length === 0 && <p className={styles.fine}>{w("nobody")}</p>}
          <ul className={styles.months}>
            {of.assigned.map((one) => (
              <li key={`${one.id} ${one.from}`}>
                <strong>{one.name}</strong>
                <span>{w("from_day", { day: one.from })}</span>
                {one.until && <span>{w("until_day", { day: one.until })}</span>}
                {one.quota && <span>{say("quota", { amount: formatMoney(one.quota) })}</span>}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Panel>
  );
}
