/** Adds a customer, after a look for one that is the same 新建客户与查重. */
import { useQuery } from "@tanstack/react-query";
import { Alert, AutoComplete, Checkbox, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Schema } from "@/api/client";
import { findColleagues } from "@/api/people";
import { useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { addCustomer, filterWords, findDuplicates, type DuplicateItem } from "./calls";
import styles from "./customer.module.css";
import { DayField } from "./enterFields";
import { customerWords } from "./words";

type Draft = Omit<Schema<"NewCustomer">, "owned_since"> & { owned_since?: Dayjs };

const strengths: Readonly<
  Record<string, "strength_possible" | "strength_likely" | "strength_certain">
> = {
  possible: "strength_possible",
  likely: "strength_likely",
  certain: "strength_certain",
};

export function AddCustomer({ onClose }: { onClose: () => void }) {
  const w = useWords(customerWords);
  const navigate = useNavigate();
  const { permissions } = useSession();
  const forOthers = permissions["customer.add"] !== "own";
  const [form] = Form.useForm<Draft>();
  const [asked, setAsked] = useState({ name: "", credit_code: "" });
  const alike = useQuery({
    queryKey: ["customers", "duplicates", asked],
    queryFn: () => findDuplicates(asked.name, asked.credit_code || undefined),
    enabled: asked.name.length > 1,
  });
  const act = useAct({
    run: ({ owned_since, ...rest }: Draft, headers) =>
      addCustomer(headers, {
        ...rest,
        pool: forOthers && !rest.owner_id,
        owned_since: owned_since?.format("YYYY-MM-DD"),
      }),
    done: w("added"),
    refresh: [["customers"]],
    form,
    inline: true,
    onDone: ({ id }) => {
      onClose();
      if (id) void navigate(`/customers/${id}`);
    },
  });
  function check() {
    const { name = "", credit_code } = form.getFieldsValue();
    setAsked({ name: name.trim(), credit_code: (credit_code ?? "").trim() });
  }
  return (
    <FormDialog
      title={w("add")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={w("name")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={100} onBlur={check} />
      </Form.Item>
      <Form.Item name="credit_code" label={w("credit_code")}>
        <Input maxLength={18} onBlur={check} />
      </Form.Item>
      {alike.data && <Duplicates of={alike.data} />}
      <ParticularsFields />
      <OwnerFields forOthers={forOthers} />
    </FormDialog>
  );
}

/** Who owns it, where that is not the person who adds it, and since when. */
function OwnerFields({ forOthers }: { forOthers: boolean }) {
  const w = useWords(customerWords);
  return (
    <>
      {forOthers && (
        <Form.Item name="owner_id" label={w("owner")} extra={w("owner_hint")}>
          <PersonSelect search={(q) => findColleagues(q, true)} clearable />
        </Form.Item>
      )}
      <DayField
        name="owned_since"
        label={w("owned_since")}
        extra={w("owned_since_hint")}
        optional
        past
      />
    </>
  );
}

/** Region, industry, tier and address, with the words already in use. */
export function ParticularsFields() {
  const w = useWords(customerWords);
  const { data: used } = useQuery(filterWords);
  const options = (texts: string[] = []) => texts.map((value) => ({ value }));
  return (
    <>
      <div className={styles.pair}>
        <Form.Item name="region" label={w("region")}>
          <AutoComplete options={options(used?.regions)} />
        </Form.Item>
        <Form.Item name="industry" label={w("industry")}>
          <AutoComplete options={options(used?.industries)} />
        </Form.Item>
        <Form.Item name="tier" label={w("tier")}>
          <AutoComplete options={options(used?.tiers)} />
        </Form.Item>
      </div>
      <Form.Item name="address" label={w("address")}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

function Duplicates({ of }: { of: readonly DuplicateItem[] }) {
  const w = useWords(customerWords);
  const language = useLanguage();
  if (of.length === 0) return <p className={styles.fine}>{w("no_duplicates")}</p>;
  const list = (
    <ul className={styles.alike}>
      {of.map(({ id, name, number, owner, strength, ...alike }) => (
        <li key={id}>
          <StatusTag tone={strength === "possible" ? "plain" : "warn"}>
            {w(strengths[strength] ?? "strength_possible")}
          </StatusTag>{" "}
          {name} {number} · {owner?.name ?? w("pool")} ·{" "}
          {language === "zh" ? alike.likeness : alike.likeness_en}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <Alert type="warning" showIcon title={w("duplicates")} description={list} />
      <Form.Item name="accept_duplicate" valuePropName="checked">
        <Checkbox>{w("accept_duplicate")}</Checkbox>
      </Form.Item>
    </>
  );
}
