/** Forms that change an employee: particulars, job, coming back 员工办理表单. */
import { Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { given } from "./AddEmployee";
import { changeJob, correct, rehire, type EmployeeView } from "./calls";
import {
  CardFields,
  draftOf,
  PlaceFields,
  SellsFields,
  TermsFields,
  termsOf,
  type PlaceDraft,
  type TermsDraft,
} from "./fields";
import styles from "./people.module.css";
import { peopleWords } from "./words";

type Props = { of: EmployeeView; onClose: () => void };

const placeOf = (of: EmployeeView): PlaceDraft => ({
  entity_id: of.entity_id,
  department_id: of.department_id,
  post_id: of.post_id,
  line_manager_id: of.line_manager?.id,
});

type Particulars = TermsDraft & {
  name: string;
  citizen_id?: string;
  phone?: string;
  email?: string;
  sells: boolean;
  capacity?: number | null;
  regions?: string;
  industries?: string;
  reason: string;
};

export function CorrectEmployee({ of: now, onClose }: Props) {
  const w = useWords(peopleWords);
  // As it was when the dialog opened: what others change meanwhile is not overwritten.
  const [of] = useState(now);
  const [form] = Form.useForm<Particulars>();
  const act = useAct({
    run: (draft: Particulars, headers) =>
      correct(of.id, headers, {
        name: draft.name,
        ...termsOf(draft),
        citizen_id: given(draft.citizen_id),
        phone: given(draft.phone),
        email: given(draft.email),
        sells: draft.sells,
        capacity: draft.sells ? draft.capacity : of.capacity,
        regions: draft.regions ?? of.regions,
        industries: draft.industries ?? of.industries,
        reason: draft.reason,
        seen: of.version,
      }),
    done: w("corrected"),
    refresh: [["employees"]],
    form,
    inline: true,
    onDone: onClose,
  });
  const { name, sells, capacity, regions, industries } = of;
  return (
    <FormDialog
      title={w("correct_of", { name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ ...draftOf(of), name, sells, capacity, regions, industries }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("correct_means")}</p>
      <Form.Item
        name="name"
        label={w("name")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <CardFields of={of} />
      <TermsFields />
      <SellsFields />
      <ReasonField />
    </FormDialog>
  );
}

type Job = PlaceDraft & { effective_on: Dayjs; reason: string };

export function ChangeJob({ of: now, onClose }: Props) {
  const w = useWords(peopleWords);
  // As it was when the dialog opened.
  const [of] = useState(now);
  const { today } = useSession();
  const [form] = Form.useForm<Job>();
  const act = useAct({
    run: ({ effective_on, ...rest }: Job, headers) =>
      changeJob(of.id, headers, {
        ...rest,
        effective_on: effective_on.format("YYYY-MM-DD"),
        seen: of.version,
      }),
    done: w("job_changed"),
    refresh: [["employees"], ["departments"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("change_job_of", { name: of.name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ ...placeOf(of), effective_on: dayjs(today) }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("change_job_means")}</p>
      <Form.Item
        name="effective_on"
        label={w("effective_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker allowClear={false} />
      </Form.Item>
      <PlaceFields of={of} />
      <ReasonField />
    </FormDialog>
  );
}

type Return = PlaceDraft & TermsDraft;

export function Rehire({ of, onClose }: Props) {
  const w = useWords(peopleWords);
  const { today } = useSession();
  const [form] = Form.useForm<Return>();
  const act = useAct({
    run: (draft: Return, headers) =>
      rehire(of.id, headers, {
        entity_id: draft.entity_id,
        department_id: draft.department_id,
        post_id: draft.post_id,
        line_manager_id: draft.line_manager_id,
        ...termsOf(draft),
      }),
    done: w("rehired"),
    refresh: [["employees"], ["departments"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("rehire_of", { name: of.name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ ...placeOf(of), hired_on: dayjs(today) }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("rehire_means", { number: of.number })}</p>
      <TermsFields />
      <PlaceFields of={of} />
    </FormDialog>
  );
}
