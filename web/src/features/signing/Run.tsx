/** What HR does with a signing: the seal, paper, taking it back 签署办理. */
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import { base64Of } from "@/lib/base64";
import { FileInput, fileIn } from "@/ui/FileInput";
import { FormDialog } from "@/ui/FormDialog";
import { Panel } from "@/ui/Panel";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { useAct } from "@/ui/useAct";
import { askForSeal, recordPaper, vouchKey, withdraw, type Signing } from "./calls";
import styles from "./signing.module.css";
import { signingWords } from "./words";

const fresh = [["signings"], ["documents"], ["tasks"]];

export function Run({ of }: { of: Signing }) {
  const w = useWords(signingWords);
  const [open, setOpen] = useState<"seal" | "withdraw" | "paper">();
  const close = () => setOpen(undefined);
  const seal = useAct({
    run: (reason: string, headers) => askForSeal(of.id, headers, reason),
    refresh: fresh,
    inline: true,
  });
  const back = useAct({
    run: (reason: string, headers) => withdraw(of.id, headers, reason),
    done: w("withdrawn"),
    refresh: fresh,
    inline: true,
  });
  return (
    <Panel title={w("run")}>
      {of.to_vouch.map((key) => (
        <Vouch key={key.id} of={key} />
      ))}
      <div className={styles.tools}>
        {of.may_seal && (
          <Button type="primary" onClick={() => setOpen("seal")}>
            {w("seal")}
          </Button>
        )}
        {of.seal_case && (
          <span>
            {w("seal_waits")} <Link to={`/cases/${of.seal_case}`}>{w("see_case")}</Link>
          </span>
        )}
        <Button onClick={() => setOpen("paper")}>{w("paper")}</Button>
        <Button danger onClick={() => setOpen("withdraw")}>
          {w("withdraw")}
        </Button>
      </div>
      <ReasonDialog
        open={open === "seal"}
        title={w("seal_title")}
        confirm={w("seal")}
        onConfirm={(reason) => seal.mutateAsync(reason)}
        onClose={close}
      >
        <p>{w("seal_means")}</p>
      </ReasonDialog>
      <ReasonDialog
        open={open === "withdraw"}
        danger
        title={w("withdraw_title")}
        confirm={w("withdraw")}
        onConfirm={(reason) => back.mutateAsync(reason)}
        onClose={close}
      />
      {open === "paper" && <Paper of={of} onClose={close} />}
    </Panel>
  );
}

function Vouch({ of }: { of: Signing["to_vouch"][number] }) {
  const w = useWords(signingWords);
  const act = useAct({
    run: (_: unknown, headers) => vouchKey(of.id, headers),
    done: w("vouched"),
    refresh: fresh,
  });
  return (
    <div className={styles.vouch}>
      <span className={styles.grow}>
        {w("vouch_who", { name: of.person.name })}
        <small className={styles.digest}>{of.fingerprint}</small>
      </span>
      <Button loading={act.isPending} onClick={() => act.mutate({})}>
        {w("vouch")}
      </Button>
    </div>
  );
}

type Values = { seat: number; kept_at: string; scan: File };

function Paper({ of, onClose }: { of: Signing; onClose: () => void }) {
  const w = useWords(signingWords);
  const language = useLanguage();
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: async ({ seat, kept_at, scan }: Values, headers) =>
      recordPaper(of.id, headers, { seat, kept_at, scan: await base64Of(scan) }),
    done: w("recorded"),
    refresh: fresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const open = of.seats.filter(({ state }) => state === "open");
  return (
    <FormDialog<Values>
      title={w("paper")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ seat: open[0]?.no }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item name="seat" label={w("paper_seat")} rules={[{ required: true }]}>
        <Select
          options={open.map((seat) => ({
            value: seat.no,
            label: `${seat[`role_${language}`]} · ${seat.person?.name ?? w("company")}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="kept_at"
        label={w("paper_place")}
        rules={[{ required: true, whitespace: true, message: w("missing") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="scan"
        label={w("paper_scan")}
        valuePropName="file"
        getValueFromEvent={fileIn}
        rules={[{ required: true, message: w("paper_missing") }]}
      >
        <FileInput />
      </Form.Item>
    </FormDialog>
  );
}
