/** Everything about one employee 员工详情页. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { ONCE } from "@/api/client";
import { historyOf } from "@/api/history";
import { holdsAll, useCan, useCanAbout, useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { uuid } from "@/lib/uuid";
import { DayText } from "@/ui/DayText";
import { Loaded } from "@/ui/Loaded";
import { MaskedPhone } from "@/ui/MaskedPhone";
import { CommissionMonths } from "@/ui/pay/CommissionMonths";
import { Kept } from "@/ui/record/Kept";
import { RecordHistory } from "@/ui/record/RecordHistory";
import { RecordPage } from "@/ui/record/RecordPage";
import { StatusTag } from "@/ui/StatusTag";
import { Assets } from "./Assets";
import { employeeQuery, reveal, type EmployeeView } from "./calls";
import { Contract } from "./Contract";
import { Documents } from "./Documents";
import { ChangeJob, CorrectEmployee, Rehire } from "./EmployeeDialogs";
import styles from "./people.module.css";
import { StandIns } from "./StandIns";
import { personState, stateTones } from "./states";
import { peopleWords } from "./words";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(employeeQuery(id));
  return <Loaded whole query={query}>{(employee) => <Page of={employee} />}</Loaded>;
}

/** What the history of an employee asks for: any of these, on everything. */
const READS_HISTORY = ["people.write", "evidence.read", "evidence.audit"];

function Page({ of }: { of: EmployeeView }) {
  const w = useWords(peopleWords);
  const session = useSession();
  const can = useCanAbout();
  const state = personState(of.state);
  return (
    <RecordPage
      title={of.name}
      trail={[{ label: w("people"), to: "/employees" }]}
      tags={<StatusTag tone={stateTones[state]}>{w(state)}</StatusTag>}
      note={`${of.number} · ${of.department} · ${of.post}`}
      actions={<Actions of={of} />}
      facts={useFacts(of)}
      tabs={[
        { key: "employment", label: w("tab_employment"), content: <Employment of={of} /> },
        { key: "assets", label: w("tab_assets"), content: <Assets of={of} /> },
        ...(can("commission.read", of.id) && of.sells
          ? [
              {
                key: "commission",
                label: w("tab_commission"),
                content: <CommissionMonths payee={of.id} />,
              },
            ]
          : []),
        { key: "stand-ins", label: w("tab_stand_ins"), content: <StandIns of={of} /> },
        ...(can("document.read", of.id)
          ? [
              {
                key: "documents",
                label: w("tab_documents"),
                content: <Documents employee={of.id} />,
              },
            ]
          : []),
        ...(of.kept.length > 0
          ? [{ key: "kept", label: w("tab_kept"), content: <Kept of={of.kept} /> }]
          : []),
        ...(holdsAll(session, READS_HISTORY)
          ? [
              {
                key: "history",
                label: w("tab_history"),
                content: (
                  <RecordHistory
                    queryKey={["employees", of.id]}
                    load={historyOf(`employee/${of.id}`)}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** What may be done with this employee, and the form of what was chosen. */
function Actions({ of }: { of: EmployeeView }) {
  const w = useWords(peopleWords);
  const can = useCan();
  const navigate = useNavigate();
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const place: Doing = of.state === "left" ? "rehire" : "change_job";
  const never = of.state === "withdrawn";
  const doings: Doing[] = can("people.write") && !never ? [place, "correct"] : [];
  return (
    <>
      {doings.map((what) => (
        <Button key={what} onClick={() => setDoing(what)}>
          {w(what)}
        </Button>
      ))}
      {can("departure.run") && of.state === "active" && (
        <Button onClick={() => void navigate(`/departures/new?employee=${of.id}`)}>
          {w("start_departure")}
        </Button>
      )}
      {doing === "correct" && <CorrectEmployee of={of} onClose={close} />}
      {doing === "change_job" && <ChangeJob of={of} onClose={close} />}
      {doing === "rehire" && <Rehire of={of} onClose={close} />}
    </>
  );
}

type Doing = "correct" | "change_job" | "rehire";

function useFacts(of: EmployeeView) {
  const w = useWords(peopleWords);
  const can = useCanAbout();
  const capacity =
    typeof of.capacity === "number"
      ? w("capacity_of", { count: of.capacity })
      : w("capacity_free");
  const line = of.line.map(({ name }) => name).join(" → ");
  return [
    { label: w("entity"), value: of.entity },
    { label: w("hired_on"), value: <DayText of={of.hired_on} /> },
    {
      label: w("contract"),
      value: <Contract of={of} />,
    },
    ...(of.probation_until
      ? [{ label: w("probation_until"), value: <DayText of={of.probation_until} /> }]
      : []),
    { label: w("line"), value: line || "—" },
    { label: w("phone"), value: <Masked of={of} field="phone" /> },
    { label: w("email"), value: <Masked of={of} field="email" /> },
    ...(of.citizen_id
      ? [{ label: w("citizen_id"), value: <Masked of={of} field="citizen_id" /> }]
      : []),
    ...(of.left_on ? [{ label: w("left_on"), value: <DayText of={of.left_on} /> }] : []),
    ...(of.sells
      ? [
          { label: w("capacity"), value: capacity },
          { label: w("regions"), value: of.regions || "—" },
          { label: w("industries"), value: of.industries || "—" },
        ]
      : []),
    ...(of.sells && can("customer.read", of.id)
      ? [
          {
            label: w("customers"),
            value: <Link to={`/customers?owner=${of.id}`}>{w("see")}</Link>,
          },
        ]
      : []),
  ];
}

function Masked({ of, field }: { of: EmployeeView; field: "phone" | "email" | "citizen_id" }) {
  const w = useWords(peopleWords);
  const may = useCan()("people.reveal");
  const masked = of[field];
  if (!masked) return "—";
  const show = async (reason: string) =>
    (await reveal(of.id, { [ONCE]: uuid() }, reason))[field] ?? "—";
  return <MaskedPhone masked={masked} what={w(field)} onReveal={may ? show : undefined} />;
}

function Employment({ of }: { of: EmployeeView }) {
  const w = useWords(peopleWords);
  const language = useLanguage();
  return (
    <ol className={styles.rows}>
      {of.employment.toReversed().map((one) => (
        <li key={`${one.effective_on} ${one.recorded_at}`}>
          <DayText of={one.effective_on} />
          <span className={styles.grow}>
            {one.ended ? w("ended") : `${one.department} · ${one.post}`}
            <small>{[one.entity, one.line_manager?.name].filter(Boolean).join(" · ")}</small>
          </span>
          <span>{language === "zh" ? one.reason : one.reason_en}</span>
        </li>
      ))}
    </ol>
  );
}
