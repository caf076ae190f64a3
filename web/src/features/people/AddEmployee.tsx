/** Somebody joins the company 新增员工. */
import { useQuery } from "@tanstack/react-query";
import { Form, Input } from "antd";
import dayjs from "dayjs";
import { useNavigate } from "react-router";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { addEmployee, choicesQuery } from "./calls";
import {
  CardFields,
  PlaceFields,
  SellsFields,
  TermsFields,
  termsOf,
  type PlaceDraft,
  type TermsDraft,
} from "./fields";
import { peopleWords } from "./words";

type Draft = PlaceDraft &
  TermsDraft & {
    number: string;
    name: string;
    citizen_id?: string;
    phone?: string;
    email?: string;
    sells?: boolean;
    capacity?: number | null;
    regions?: string;
    industries?: string;
  };

/** What was typed; nothing where nothing was. */
export const given = (text?: string) => text?.trim() || undefined;

export function AddEmployee({ onClose }: { onClose: () => void }) {
  const w = useWords(peopleWords);
  const navigate = useNavigate();
  const { today } = useSession();
  const { data: choices } = useQuery(choicesQuery);
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: (draft: Draft, headers) =>
      addEmployee(headers, {
        number: draft.number,
        name: draft.name,
        entity_id: draft.entity_id,
        department_id: draft.department_id,
        post_id: draft.post_id,
        line_manager_id: draft.line_manager_id,
        ...termsOf(draft),
        citizen_id: given(draft.citizen_id),
        phone: given(draft.phone),
        email: given(draft.email),
        sells: draft.sells ?? false,
        capacity: draft.capacity,
        regions: draft.regions ?? "",
        industries: draft.industries ?? "",
      }),
    done: w("employee_added"),
    refresh: [["employees"], ["departments"]],
    form,
    inline: true,
    onDone: ({ id }) => {
      onClose();
      if (id) void navigate(`/employees/${id}`);
    },
  });
  // What a form begins with is read once.
  if (!choices) return null;
  const only = choices.entities.length === 1 ? choices.entities[0]?.id : undefined;
  const required = [{ required: true, whitespace: true, message: w("required") }];
  return (
    <FormDialog
      title={w("add_employee")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ hired_on: dayjs(today), entity_id: only }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item name="number" label={w("number")} rules={required}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={w("name")} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <PlaceFields />
      <TermsFields />
      <CardFields />
      <SellsFields />
    </FormDialog>
  );
}
