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
import { plansQuery, tablesQuery, type CommissionPlan, type Offer } from "./calls";
import styles from "./commission.module.css";
import { bandsOf, tableOf } from "./offers";
import { percentOf } from "@/lib/percent";
import { Places } from "./Places";
import { PlanForm } from "./PlanForm";
import { commissionWords } from "./words";

type Open = { form: "new" } | { form: "version" | "assign"; plan: CommissionPlan };

export function Component() {
  const query = useQuery(plansQuery);
  return <Loaded whole query={query}>{({ items }) => <Page plans={items} />}</Loaded>;
}

function Page({ plans }: { plans: readonly CommissionPlan[] }) {
  const w = useWords(commissionWords);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const begin = (
    <Button type="primary" onClick={() => setOpen({ form: "new" })}>
      {w("new_plan")}
    </Button>
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
      {open?.form === "new" && <PlanForm onClose={close} />}
      {open?.form === "version" && <PlanForm plan={open.plan} onClose={close} />}
      {open?.form === "assign" && <AssignForm plan={open.plan} onClose={close} />}
    </>
  );
}

type Props = { of: CommissionPlan; onOpen: (open: Open) => void };

function Plan({ of, onOpen }: Props) {
  const w = useWords(commissionWords);
  const period = of.adds_up === "month" ? "month_word" : (of.adds_up as "each");
  return (
    <Panel
      title={of.name}
      extra={
        <span className={styles.buttons}>
          <Button size="small" onClick={() => onOpen({ form: "version", plan: of })}>
            {w("new_version")}
          </Button>
          <Button size="small" onClick={() => onOpen({ form: "assign", plan: of })}>
            {w("assign")}
          </Button>
        </span>
      }
    >
      <div className={styles.plan}>
        <section>
          <h3>
            {w("versions")} · {w("adds_up")} {w(period)}
          </h3>
          <ul className={styles.months}>
            {of.versions.map((version) => (
              <li key={version.version}>
                <strong>{w("version", { n: version.version })}</strong>
                <span>{w("from_day", { day: version.valid_from })}</span>
                {version.valid_until && (
                  <span>{w("until_day", { day: version.valid_until })}</span>
                )}
                <Says of={version.offer} />
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
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Panel>
  );
}

function ByTable({ id }: { id: string }) {
  const w = useWords(commissionWords);
  const name = useQuery(tablesQuery).data?.items.find((one) => one.id === id)?.name ?? "";
  return (
    <span>
      {w("by_table")} <Link to={`/rules/${id}`}>{name}</Link>
    </span>
  );
}

function Says({ of }: { of: Offer }) {
  const w = useWords(commissionWords);
  const table = tableOf(of);
  const bands = bandsOf(of);
  if (table) return <ByTable id={table} />;
  if (!bands) return <span className={styles.fine}>{w("other_method")}</span>;
  const [only] = bands;
  if (bands.length === 1 && only) {
    return (
      <span>
        {w("flat")} {percentOf(only.rate)}
      </span>
    );
  }
  const tiers = bands.map(({ from, rate }) =>
    w("band", { from: formatMoney(from), rate: percentOf(rate) }),
  );
  return (
    <span>
      {w("tiers")}：{tiers.join("；")}
    </span>
  );
}
