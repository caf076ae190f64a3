/** Things lent and accounts opened elsewhere 资产与账号. */
import { App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { FormDialog } from "@/ui/FormDialog";
import type { Column } from "@/ui/list/column";
import { Rows } from "@/ui/list/Rows";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { lend, takeBack, type AssetItem, type EmployeeView } from "./calls";
import styles from "./people.module.css";
import { peopleWords } from "./words";

const kinds = [
  "equipment",
  "card",
  "key",
  "vehicle",
  "sample",
  "document",
  "account",
  "other",
] as const;

/** Whoever closes accounts notes them, whoever takes things back notes what was lent. */
const keeps = (kind: string) =>
  kind === "account" ? ("departure.accounts" as const) : ("departure.assets" as const);

const states = ["lent", "returned", "cost_agreed", "closed"] as const;

export function Assets({ of }: { of: EmployeeView }) {
  const w = useWords(peopleWords);
  const can = useCan();
  const [lending, setLending] = useState(false);
  const mine = kinds.filter((kind) => can(keeps(kind)));
  const add = mine.length > 0 && of.state !== "left" && (
    <Button onClick={() => setLending(true)}>{w("lend")}</Button>
  );
  const kindOf = (kind: string) => {
    const known = kinds.find((one) => one === kind);
    return known ? w(`kind_${known}`) : kind;
  };
  const stateOf = (state: string, zh: string) => {
    const known = states.find((one) => one === state);
    return known ? w(`asset_${known}`) : zh;
  };
  const columns: Column<AssetItem>[] = [
    { key: "name", title: w("asset"), cell: ({ name }) => name, card: "title" },
    { key: "kind", title: w("kind"), cell: ({ kind }) => kindOf(kind) },
    { key: "serial", title: w("serial"), cell: ({ serial }) => serial || "—" },
    {
      key: "state",
      title: w("state"),
      cell: ({ state, state_zh }) => (
        <StatusTag tone={state === "lent" ? "warn" : "good"}>{stateOf(state, state_zh)}</StatusTag>
      ),
      card: "tag",
    },
    { key: "day", title: w("changed_on"), cell: (row) => <DayText of={row.changed_on} /> },
    { key: "action", title: w("action"), cell: (row) => <TakeBack of={row} /> },
  ];
  const empty = <EmptyState title={w("no_assets")} why={w("no_assets_why")} next={add} />;
  return (
    <>
      {of.assets.length > 0 && add && <div className={styles.above}>{add}</div>}
      <Rows
        label={w("tab_assets")}
        columns={columns}
        rows={of.assets}
        rowKey={({ id }) => id}
        empty={empty}
      />
      {lending && <Lend of={of} kinds={mine} onClose={() => setLending(false)} />}
    </>
  );
}

type Lent = { kind: string; name: string; serial?: string };

type LendProps = {
  of: EmployeeView;
  kinds: readonly (typeof kinds)[number][];
  onClose: () => void;
};

function Lend({ of, kinds, onClose }: LendProps) {
  const w = useWords(peopleWords);
  const [form] = Form.useForm<Lent>();
  const act = useAct({
    run: (body: Lent, headers) => lend(of.id, headers, body),
    done: w("lent"),
    refresh: [["employees"], ["departures"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("lend_to", { name: of.name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ kind: kinds[0] }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item name="kind" label={w("kind")}>
        <Select options={kinds.map((value) => ({ value, label: w(`kind_${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="name"
        label={w("asset")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="serial" label={w("serial")} extra={w("serial_hint")}>
        <Input maxLength={100} />
      </Form.Item>
    </FormDialog>
  );
}

function TakeBack({ of }: { of: AssetItem }) {
  const w = useWords(peopleWords);
  const can = useCan();
  const { modal } = App.useApp();
  const account = of.kind === "account";
  const done = useAct({
    run: (asset: AssetItem, headers) => takeBack(asset, headers),
    done: w("taken_back"),
    refresh: [["employees"], ["departures"]],
  });
  if (of.state !== "lent" || !can(keeps(of.kind))) return "—";
  const verb = account ? "close_account" : "take_back";
  const ask = () =>
    modal.confirm({
      title: w(account ? "close_of" : "take_back_of", { name: of.name }),
      okText: w(verb),
      cancelText: w("cancel"),
      onOk: () => done.mutateAsync(of).catch(() => undefined),
    });
  return (
    <Button type="link" size="small" onClick={() => void ask()}>
      {w(verb)}
    </Button>
  );
}
