/** Which contracts of a customer go to somebody else than the customer 合同单独交接. */
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form } from "antd";
import { useState } from "react";
import { findColleagues } from "@/api/people";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { PersonSelect } from "@/ui/PersonSelect";
import { StatusTag } from "@/ui/StatusTag";
import { hasContracts } from "./assigning";
import {
  planContractsQuery,
  type ItemView,
  type PlanChange,
  type PlanContract,
  type PlanView,
} from "./calls";
import { contractWords } from "./contractWords";
import styles from "./handover.module.css";
import { usePlan } from "./PlanActions";

/** Opens the dialog for one line. */
export function ContractsButton({ of, row }: { of: PlanView; row: ItemView }) {
  const w = useWords(contractWords);
  const [open, setOpen] = useState(false);
  const customer = row.customer_id;
  if (!customer || !of.may.includes("edit") || !hasContracts(row)) return null;
  const what = w(row.kind === "contract" ? "change" : "open");
  return (
    <>
      <Button
        type="link"
        size="small"
        className={styles.contracts}
        aria-label={w("of", { what, thing: row.label })}
        onClick={() => setOpen(true)}
      >
        {what}
      </Button>
      {open && <ContractsDialog of={of} customer={customer} onClose={() => setOpen(false)} />}
    </>
  );
}

type Props = { of: PlanView; customer: string; onClose: () => void };

type Wanted = { contract_ids: string[]; successor_id: string };

export function ContractsDialog({ of, customer, onClose }: Props) {
  const w = useWords(contractWords);
  const [form] = Form.useForm<Wanted>();
  const query = useQuery(planContractsQuery(of, customer));
  const edit = usePlan(of, "edit", w("done"), onClose);
  const send = (change: PlanChange) => edit.mutate({ version: of.version, change });
  // A group of boxes cannot be called required; it says so itself.
  const some = (_: unknown, chosen?: string[]) =>
    chosen?.length ? Promise.resolve() : Promise.reject(new Error(w("choose")));
  return (
    <FormDialog
      title={w("title")}
      confirm={w("confirm")}
      form={form}
      busy={edit.isPending}
      problem={edit.error}
      onSubmit={({ contract_ids, successor_id }) =>
        send({ change: "assign_contracts", contract_ids, successor_id })
      }
      onClose={onClose}
    >
      <p className={styles.fine}>{w("means")}</p>
      <Loaded query={query}>
        {(contracts) => (
          <>
            <Form.Item
              name="contract_ids"
              label={w("contracts")}
              rules={[{ validator: some }]}
            >
              <Checkbox.Group className={styles.choices}>
                {contracts.map((one) => (
                  <Checkbox key={one.contract_id} value={one.contract_id}>
                    <Told of={one} />
                  </Checkbox>
                ))}
              </Checkbox.Group>
            </Form.Item>
            <Back
              of={contracts}
              busy={edit.isPending}
              onBack={(contract_ids) => send({ change: "rejoin_contracts", contract_ids })}
            />
          </>
        )}
      </Loaded>
      <Form.Item
        name="successor_id"
        label={w("to")}
        rules={[{ required: true, message: w("who") }]}
      >
        <PersonSelect search={findColleagues} />
      </Form.Item>
    </FormDialog>
  );
}

/** One contract: what it is, what is open on it, and where it goes so far. */
function Told({ of }: { of: PlanContract }) {
  const w = useWords(contractWords);
  const papers = w("papers", { invoices: of.invoices, orders: of.orders });
  return (
    <>
      <strong>{of.title}</strong> {of.number} · <Money of={of.amount} />{" "}
      {of.apart ? (
        <StatusTag tone={of.successor ? "good" : "warn"}>
          {of.successor ? w("apart", { name: of.successor.name }) : w("apart_nobody")}
        </StatusTag>
      ) : (
        <StatusTag tone="plain">{w("with_customer")}</StatusTag>
      )}
      <small className={styles.under}>
        {w("open_amount")} <Money of={of.open} /> · {papers}
        {of.standing && ` · ${w("standing")}`}
      </small>
    </>
  );
}

type BackProps = {
  of: readonly PlanContract[];
  busy: boolean;
  onBack: (contracts: string[]) => void;
};

/** Contracts that were set apart in this plan can go with their customer again. */
function Back({ of, busy, onBack }: BackProps) {
  const w = useWords(contractWords);
  const apart = of.filter((one) => one.apart && !one.standing);
  if (apart.length === 0) return null;
  return (
    <p className={styles.rules}>
      {apart.map(({ contract_id, title }) => (
        <Button key={contract_id} disabled={busy} onClick={() => onBack([contract_id])}>
          {w("rejoin", { title })}
        </Button>
      ))}
    </p>
  );
}
