/** A new plan, or the next version of one, worked out on an example while it is typed 方案编辑. */
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, type FormInstance } from "antd";
import dayjs from "dayjs";
import { useNavigate, useParams } from "react-router";
import { useSession } from "@/api/session";
import { language, useWords } from "@/lib/language";
import { placesOf, type Problem } from "@/lib/problem";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import { EmptyState } from "@/ui/EmptyState";
import { useUnsaved } from "@/ui/unsaved";
import {
  beginPlan,
  plansQuery,
  planWordsQuery,
  publishVersion,
  refresh,
  type CommissionPlan,
} from "./calls";
import { markPlaces, type PlanValues } from "./planForm";
import { PlanBasics } from "./PlanBasics";
import { PlanComponents } from "./PlanComponents";
import { PlanExample } from "./PlanExample";
import { PlanLimits } from "./PlanLimits";
import { filledOf, offerOf } from "./planning";
import styles from "./planning.module.css";
import { planWords } from "./planWords";

export function Component() {
  const { id } = useParams();
  const w = useWords(planWords);
  const query = useQuery(plansQuery);
  // Another plan is another form: nothing typed for one may stay in the other.
  return (
    <Loaded key={id ?? "new"} whole query={query}>
      {({ items }) => {
        if (!id) return <Editor />;
        const plan = items.find((one) => one.id === id);
        return plan ? <Editor plan={plan} /> : <EmptyState title={w("not_found")} why="" />;
      }}
    </Loaded>
  );
}

function beginning(
  plan: CommissionPlan | undefined,
  component: string,
  today: string,
): Partial<PlanValues> {
  return {
    ...filledOf(plan?.versions[0]?.offer, component),
    adds_up: plan?.adds_up ?? "month",
    change_inside: plan?.change_inside ?? "next_window",
    overlays: plan?.overlay ? "overlay" : "the_deal",
    overlay: plan?.overlay ?? undefined,
    valid_from: dayjs(today).add(1, "month").startOf("month"),
  };
}

/** Publishes what was filled in, once whoever did so has said yes. */
function usePublish(plan: CommissionPlan | undefined, form: FormInstance<PlanValues>) {
  const w = useWords(planWords);
  const go = useNavigate();
  const { modal } = App.useApp();
  const back = () => void go("/commission/plans");
  const act = useAct({
    run: (values: PlanValues, once) => {
      const offer = offerOf(values);
      if (!offer) throw new RangeError("the form let something through that is not whole");
      const valid_from = values.valid_from.format("YYYY-MM-DD");
      if (plan) return publishVersion(plan.id, { valid_from, offer }, once);
      const { name, adds_up, change_inside } = values;
      const overlay = values.overlays === "overlay" ? values.overlay : undefined;
      return beginPlan({ name, adds_up, change_inside, overlay, valid_from, offer }, once);
    },
    done: w("published_ok"),
    refresh,
    inline: true,
    onDone: back,
  });
  const send = (values: PlanValues) =>
    act.mutateAsync(values).catch((problem: Problem) => {
      const [first] = markPlaces(form, placesOf(problem, language()));
      if (first) form.scrollToField(first, { block: "center" });
    });
  const ask = (values: PlanValues) => {
    const name = plan?.name ?? values.name;
    modal.confirm({
      title: w("publish_ask", { name }),
      content: w("publish_means", { day: values.valid_from.format("YYYY-MM-DD") }),
      okText: w("publish"),
      cancelText: w("cancel"),
      onOk: () => send(values),
    });
  };
  return { act, ask, back };
}

function Editor({ plan }: { plan?: CommissionPlan }) {
  const w = useWords(planWords);
  const { today } = useSession();
  const { message } = App.useApp();
  const [form] = Form.useForm<PlanValues>();
  const words = useQuery(planWordsQuery).data;
  const { act, ask, back } = usePublish(plan, form);
  useUnsaved(() => form.isFieldsTouched());
  return (
    <>
      <PageHeader
        title={plan ? `${plan.name} · ${w("new_version")}` : w("new_plan")}
        trail={[
          { label: w("title"), to: "/commission" },
          { label: w("plans"), to: "/commission/plans" },
        ]}
        note={w("new_note")}
      />
      <Form<PlanValues>
        form={form}
        layout="vertical"
        scrollToFirstError
        initialValues={beginning(plan, w("first_component"), today)}
        onFinish={ask}
        onFinishFailed={() => void message.warning(w("required"))}
      >
        <div className={styles.editor}>
          <div>
            <PlanBasics fresh={!plan} words={words} />
            <PlanComponents words={words} />
            <PlanLimits />
          </div>
          <div className={styles.aside}>
            <PlanExample form={form} plan={plan} />
            <Panel>
              <ProblemNote problem={act.error} />
              <div className={styles.buttons}>
                <Button onClick={back}>{w("cancel")}</Button>
                <Button type="primary" htmlType="submit" loading={act.isPending}>
                  {w("publish")}
                </Button>
              </div>
            </Panel>
          </div>
        </div>
      </Form>
    </>
  );
}
