/** One deal worked out by the version that is being typed, by the engine that pays 示例试算. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, type FormInstance } from "antd";
import { useEffect, useRef, useState } from "react";
import { useLanguage, useWords } from "@/lib/language";
import { formatMoney, readAmount } from "@/lib/money";
import { asProblem, placesOf } from "@/lib/problem";
import { Panel } from "@/ui/Panel";
import { ProblemNote } from "@/ui/ProblemNote";
import { useSettled } from "@/ui/useSettled";
import { exampleQuery, type CommissionPlan, type TriedPlan, type WorkedExample } from "./calls";
import { clearPlaces, markPlaces, type PlanValues } from "./planForm";
import { offerOf } from "./planning";
import styles from "./planning.module.css";
import { planWords } from "./planWords";

type Deal = {
  amount: string;
  before: string;
  contract: string;
  margin: string;
  product: string;
  industry: string;
  region: string;
  tier: string;
  fresh: boolean;
};

const FIRST: Deal = {
  amount: "200000",
  before: "",
  contract: "",
  margin: "",
  product: "",
  industry: "",
  region: "",
  tier: "",
  fresh: true,
};

function asked(values: PlanValues | undefined, deal: Deal, plan?: CommissionPlan): string {
  const money = (typed: string) => {
    const amount = readAmount(typed);
    return amount === null ? undefined : { amount, currency: "CNY" };
  };
  const offer = values && offerOf(values);
  const amount = money(deal.amount);
  if (!offer || !amount || !values.valid_from) return "";
  const body: TriedPlan = {
    name: plan?.name ?? values.name ?? "",
    adds_up: values.adds_up,
    valid_from: values.valid_from.format("YYYY-MM-DD"),
    offer,
    deal: {
      amount,
      before: money(deal.before),
      contract_amount: money(deal.contract),
      margin: money(deal.margin),
      product: deal.product,
      industry: deal.industry,
      region: deal.region,
      tier: deal.tier,
      new_customer: deal.fresh,
    },
  };
  return JSON.stringify(body);
}

type Props = { form: FormInstance<PlanValues>; plan?: CommissionPlan };

export function PlanExample({ form, plan }: Props) {
  const w = useWords(planWords);
  const language = useLanguage();
  const values = Form.useWatch([], form);
  const [deal, setDeal] = useState(FIRST);
  const body = useSettled(asked(values, deal, plan));
  const query = useQuery({ ...exampleQuery(body), enabled: body !== "" });
  const marked = useRef<(string | number)[][]>([]);
  const problem = query.error;
  // What publishing would refuse is said at its field while it is typed, and no longer than that.
  useEffect(() => {
    clearPlaces(form, marked.current);
    marked.current = problem ? markPlaces(form, placesOf(asProblem(problem), language)) : [];
  }, [form, language, problem]);
  return (
    <Panel title={w("example")}>
      <p className={styles.fine}>{w("example_note")}</p>
      <DealFields of={deal} values={values} onChange={setDeal} />
      <div aria-live="polite" className={styles.worked}>
        {body === "" && <p className={styles.fine}>{w("filling")}</p>}
        {body !== "" && query.isPending && <p className={styles.fine}>{w("working")}</p>}
        {body !== "" && query.isError && <ProblemNote problem={asProblem(query.error)} />}
        {body !== "" && query.data && <Worked of={query.data} />}
      </div>
    </Panel>
  );
}

type FieldsProps = {
  of: Deal;
  values: PlanValues | undefined;
  onChange: (deal: Deal) => void;
};

/** What of the deal the plan asks; the rest is not in the way. */
function DealFields({ of, values, onChange }: FieldsProps) {
  const w = useWords(planWords);
  const parts = values?.components ?? [];
  const by = (method: string) => parts.some((one) => one?.method === method);
  const margin = parts.some((one) => one?.base === "margin");
  const table = by("table");
  const field = (key: Exclude<keyof Deal, "fresh">, label: string) => (
    <label key={key} className={styles.field}>
      <span>{label}</span>
      <Input
        value={of[key]}
        inputMode={["product", "industry", "region", "tier"].includes(key) ? "text" : "decimal"}
        onChange={({ target }) => onChange({ ...of, [key]: target.value })}
      />
    </label>
  );
  const trigger = w((values?.trigger ?? "cash") as "cash").replace(/（.*/, "");
  const listed = (key: "products" | "industries") => parts.some((one) => one?.[key]?.length);
  return (
    <div className={styles.deal}>
      {field("amount", w("deal_amount", { trigger }))}
      {values?.adds_up !== "each" && field("before", w("deal_before"))}
      {(margin || by("fixed") || table) && field("contract", w("deal_contract"))}
      {margin && field("margin", w("deal_margin"))}
      {(listed("products") || table) && field("product", w("deal_product"))}
      {(listed("industries") || table) && field("industry", w("deal_industry"))}
      {table && field("region", w("deal_region"))}
      {table && field("tier", w("deal_tier"))}
      {(table || parts.some((one) => one?.customers && one.customers !== "any")) && (
        <Checkbox
          checked={of.fresh}
          onChange={({ target }) => onChange({ ...of, fresh: target.checked })}
        >
          {w("deal_new")}
        </Checkbox>
      )}
    </div>
  );
}

/** An example rests on no record, and a new plan may have no name yet: neither is said. */
function withoutBlanks(sentence: string): string {
  return sentence
    .replace(/（凭据 示例）| \(evidence 示例\)/, "")
    .replace("方案「」", "方案")
    .replace(/\bplan ,? ?(version|was)\b/, "plan $1");
}

function Worked({ of }: { of: WorkedExample }) {
  const w = useWords(planWords);
  const language = useLanguage();
  const negative = of.draw?.amount.amount.startsWith("-");
  return (
    <>
      <p className={styles.total}>{w("comes_to", { pay: formatMoney(of.total) })}</p>
      <ul className={styles.stories}>
        {of.lines.map((line) => (
          <li key={line.component}>
            <p className={styles.part}>
              <strong>{line.component}</strong>
              <span>{formatMoney(line.commission)}</span>
            </p>
            {line.held && (
              <p className={styles.fine}>{w("kept_back", { pay: formatMoney(line.held) })}</p>
            )}
            <ol className={styles.why}>
              {line.why.map((one) => (
                <li key={one.zh}>{withoutBlanks(one[language])}</li>
              ))}
            </ol>
          </li>
        ))}
        {of.zeros.map((zero) => (
          <li key={zero.component}>
            <p className={styles.part}>
              <strong>{zero.component}</strong>
              <span>{w("no_line")}</span>
            </p>
            <ol className={styles.why}>
              {zero.why.map((one) => (
                <li key={one.zh}>{withoutBlanks(one[language])}</li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
      {of.draw && (
        <>
          <p className={styles.part}>
            {w(negative ? "draw_takes" : "draw_adds", { pay: formatMoney(of.draw.amount) })}
          </p>
          <ol className={styles.why}>
            {of.draw.why.map((one) => (
              <li key={one.zh}>{withoutBlanks(one[language])}</li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
