/** Everything about one customer 客户详情页. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Typography } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { historyOf } from "@/api/history";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { DayText } from "@/ui/DayText";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { RecordHistory } from "@/ui/record/RecordHistory";
import { RecordPage } from "@/ui/record/RecordPage";
import { StatusTag } from "@/ui/StatusTag";
import { customerQuery, keptQuery, type CustomerView } from "./calls";
import { Contacts } from "./Contacts";
import { EditCustomer, HandOver } from "./dialogs";
import { FollowUps } from "./FollowUps";
import { KeptRecords } from "./Kept";
import { MergeCustomer } from "./MergeCustomer";
import { Invoices, Papers } from "./Money";
import { Opportunities } from "./Opportunities";
import { Ownership } from "./Ownership";
import { customerWords } from "./words";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(customerQuery(id));
  return <Loaded whole query={query}>{(customer) => <Page of={customer} />}</Loaded>;
}

function Page({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const { data: kept = [] } = useQuery(keptQuery(of.id));
  return (
    <RecordPage
      title={of.name}
      trail={[{ label: w("customers"), to: "/customers" }]}
      tags={<Tags of={of} />}
      note={of.number}
      actions={<Actions of={of} />}
      lead={<Merged of={of} />}
      facts={[
        { label: w("owner"), value: of.owner ? <Owner of={of.owner} /> : w("pool") },
        { label: w("owned_since"), value: <DayText of={of.owned_since} distance /> },
        { label: w("receivable"), value: <Money of={of.open} /> },
        { label: w("last_follow_up"), value: <DayText of={of.last_follow_up_on} distance /> },
        { label: w("region"), value: of.region || "—" },
        { label: w("industry"), value: of.industry || "—" },
        { label: w("credit_code"), value: <CreditCode of={of} /> },
        { label: w("address"), value: of.address || "—" },
      ]}
      tabs={[
        { key: "ownership", label: w("tab_ownership"), content: <Ownership of={of} /> },
        { key: "contacts", label: w("tab_contacts"), content: <Contacts of={of} /> },
        { key: "follow-ups", label: w("tab_follow_ups"), content: <FollowUps of={of} /> },
        { key: "opportunities", label: w("tab_opportunities"), content: <Opportunities of={of} /> },
        { key: "money", label: w("tab_money"), content: <Invoices of={of} /> },
        { key: "papers", label: w("tab_papers"), content: <Papers of={of} /> },
        ...(kept.length > 0
          ? [{ key: "kept", label: w("tab_kept"), content: <KeptRecords of={kept} /> }]
          : []),
        {
          key: "history",
          label: w("tab_history"),
          content: (
            <RecordHistory
              queryKey={["customers", of.id]}
              load={historyOf(`customer/${of.id}`)}
            />
          ),
        },
      ]}
    />
  );
}

function Owner({ of }: { of: NonNullable<CustomerView["owner"]> }) {
  return (
    <Link to={`/employees/${of.id}`}>
      {of.name} {of.number}
    </Link>
  );
}

function CreditCode({ of }: { of: CustomerView }) {
  const zh = useLanguage() === "zh";
  const doubt = zh ? of.credit_code_doubt : of.credit_code_doubt_en;
  if (!of.credit_code) return "—";
  return (
    <>
      <Typography.Text copyable>{of.credit_code}</Typography.Text>{" "}
      {doubt && <StatusTag tone="warn">{doubt}</StatusTag>}
    </>
  );
}

function Tags({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  return (
    <>
      {of.tier && <StatusTag tone="plain">{of.tier}</StatusTag>}
      {of.state === "merged" && <StatusTag tone="plain">{w("merged")}</StatusTag>}
      {of.overdue_days > 0 && (
        <StatusTag tone={of.overdue_days > 90 ? "bad" : "warn"}>
          {w("overdue_tag", { days: of.overdue_days })}
        </StatusTag>
      )}
    </>
  );
}

function Merged({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  if (!of.merged_into_id) return null;
  const there = <Link to={`/customers/${of.merged_into_id}`}>{w("see_it")}</Link>;
  return <Alert type="info" showIcon title={w("merged_into")} action={there} />;
}

function Actions({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const can = useCan();
  const [open, setOpen] = useState<"edit" | "hand_over" | "merge">();
  if (of.state === "merged") return null;
  const close = () => setOpen(undefined);
  return (
    <>
      {can("customer.change") && <Button onClick={() => setOpen("edit")}>{w("edit")}</Button>}
      {can("customer.propose") && (
        <Button onClick={() => setOpen("hand_over")}>{w("hand_over")}</Button>
      )}
      {can("customer.hand_over") && (
        <Button onClick={() => setOpen("merge")}>{w("merge_open")}</Button>
      )}
      {open === "edit" && <EditCustomer of={of} onClose={close} />}
      {open === "hand_over" && <HandOver of={of} onClose={close} />}
      {open === "merge" && <MergeCustomer of={of} onClose={close} />}
    </>
  );
}
