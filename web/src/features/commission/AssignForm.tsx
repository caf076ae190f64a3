/** Gives a plan to a department, a post or a person from a day on, or ends it 分配方案. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { findColleagues } from "@/api/people";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import { assignPlan, placesQuery, postsQuery, refresh, type CommissionPlan } from "./calls";
import { AMOUNT, moneyIn } from "./talking";
import { commissionWords } from "./words";

type To = "place" | "post" | "person";
type Values = {
  to: To;
  assignee_id: string;
  effective_on: Dayjs;
  quota?: string;
  ends?: boolean;
};

type Props = { plan: CommissionPlan; onClose: () => void };

export function AssignForm({ plan, onClose }: Props) {
  const w = useWords(commissionWords);
  const [form] = Form.useForm<Values>();
  const places = useQuery(placesQuery);
  const posts = useQuery(postsQuery);
  const { today } = useSession();
  const act = useAct({
    run: ({ assignee_id, effective_on, quota, ends = false }: Values, once) => {
      const from = effective_on.format("YYYY-MM-DD");
      const own = ends ? undefined : moneyIn(quota);
      return assignPlan(plan.id, { assignee_id, effective_on: from, ends, quota: own }, once);
    },
    done: w("assigned_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const byQuota = plan.versions.some(({ offer }) =>
    offer.components.some(({ method }) => "quota" in method),
  );
  const required = [{ required: true, message: w("required") }];
  const choices = (list: readonly { id: string; name: string }[] | undefined) =>
    list?.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const options = { place: choices(places.data), post: choices(posts.data) };
  return (
    <FormDialog
      title={w("assign_title", { name: plan.name })}
      confirm={w("assign")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ to: "place", effective_on: dayjs(today).startOf("month") }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="to" label={w("assign_to")}>
        <Radio.Group
          onChange={() => form.resetFields(["assignee_id"])}
          options={[
            { value: "place", label: w("place") },
            { value: "post", label: w("post") },
            { value: "person", label: w("person") },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["to"]}>
        {({ getFieldValue }) => {
          const to = getFieldValue("to") as To;
          return (
            <Form.Item key={to} name="assignee_id" label={w(to)} rules={required}>
              {to === "person" ? (
                <PersonSelect search={findColleagues} />
              ) : (
                <Select showSearch={{ optionFilterProp: "label" }} options={options[to]} />
              )}
            </Form.Item>
          );
        }}
      </Form.Item>
      <Form.Item name="effective_on" label={w("valid_from")} rules={required}>
        <DayPicker allowClear={false} />
      </Form.Item>
      {byQuota && <OwnQuota />}
      <Form.Item name="ends" valuePropName="checked">
        <Checkbox>{w("assign_ends")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** What counts instead of the plan's quota, for whoever gets the plan here. */
function OwnQuota() {
  const w = useWords(commissionWords);
  return (
    <Form.Item
      name="quota"
      label={w("own_quota")}
      extra={w("own_quota_hint")}
      rules={[{ pattern: AMOUNT, message: w("wrong_amount") }]}
    >
      <Input inputMode="decimal" />
    </Form.Item>
  );
}
