/** Months of settlement and the objections that wait, for finance 核算与关账. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { formatMoment } from "@/lib/day";
import { EmptyState } from "@/ui/EmptyState";
import { Figures } from "@/ui/Figures";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { UnknownYears } from "@/ui/UnknownYears";
import { useAct } from "@/ui/useAct";
import {
  calculate,
  monthsQuery,
  objectionsQuery,
  openMonth,
  refresh,
  type CommissionMonth,
  type ObjectionList,
} from "./calls";
import { CloseForm } from "./CloseForm";
import styles from "./commission.module.css";
import { confirmWords } from "./confirmWords";
import { Payout } from "./Payout";
import { Places } from "./Places";
import { ReviewForm } from "./ReviewForm";
import { Stage } from "./Stage";
import { talkWords } from "./talkWords";
import { commissionWords } from "./words";

export function Component() {
  const query = useQuery(objectionsQuery);
  return <Loaded whole query={query}>{(found) => <Page objections={found} />}</Loaded>;
}

function Page({ objections }: { objections: ObjectionList }) {
  const w = useWords(commissionWords);
  const query = useQuery(monthsQuery);
  const next = query.data?.next;
  const some = query.data?.items.some(({ stage }) => stage !== "closed");
  const opening = useAct({
    run: (month: string, once) => openMonth(month, once),
    done: w("opened_ok"),
    refresh,
  });
  const running = useAct<string>({
    run: (_all, once) => calculate(once),
    done: w("calculated_ok"),
    refresh,
  });
  return (
    <>
      <PageHeader
        title={w("months")}
        trail={[{ label: w("title"), to: "/commission" }]}
        note={w("months_note")}
        actions={
          <>
            {next && (
              <Button loading={opening.isPending} onClick={() => opening.mutate(next)}>
                {w("open_month", { month: next })}
              </Button>
            )}
            <Button
              type="primary"
              disabled={!some}
              loading={running.isPending}
              onClick={() => running.mutate("all")}
            >
              {w("calculate")}
            </Button>
          </>
        }
      />
      <UnknownYears of={query.data?.unknown_years ?? []} />
      <Places />
      <Objections of={objections} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={w("no_months")} why={w("no_months_why")} />
          ) : (
            <Panel title={w("month")}>
              <ul className={styles.months}>
                {items.map((month) => (
                  <Month
                    key={month.month}
                    of={month}
                    objected={objections.items.filter((one) => one.month === month.month).length}
                  />
                ))}
              </ul>
            </Panel>
          )
        }
      </Loaded>
    </>
  );
}

/** A month that waits for answers to `objected` lines cannot be closed before. */
function Month({ of, objected }: { of: CommissionMonth; objected: number }) {
  const w = useWords(commissionWords);
  const c = useWords(confirmWords);
  const { month, stage, confirm_by } = of;
  const can = useCan();
  const [asking, setAsking] = useState<"review" | "close">();
  return (
    <li>
      <Link to={`/commission?month=${month}`}>{month}</Link>
      <Stage of={stage} />
      <span className={styles.fine}>
        {of.calculated_at && `${w("calculated_at")} ${formatMoment(of.calculated_at)}`}
        {confirm_by && ` · ${c("by", { day: confirm_by })}`}
        {stage === "reviewed" && objected > 0 && ` · ${c("answer_first", { count: objected })}`}
      </span>
      <span className={styles.buttons}>
        {stage !== "open" && (
          <Link
            to={`/commission/months/${month}/confirmations`}
            aria-label={c("progress_of", { month })}
          >
            {c("progress")}
          </Link>
        )}
        {stage === "calculated" && (
          <Button
            size="small"
            aria-label={w("review_of", { month })}
            onClick={() => setAsking("review")}
          >
            {w("review")}
          </Button>
        )}
        {stage === "reviewed" && (
          <Button
            size="small"
            disabled={objected > 0}
            aria-label={w("close_of", { month })}
            onClick={() => setAsking("close")}
          >
            {w("close")}
          </Button>
        )}
        {stage === "closed" && <Payout of={of} />}
        {stage === "closed" && can("commission.pay") && (
          <Link to={`/commission/months/${month}/payments`}>{w("payments")}</Link>
        )}
      </span>
      {asking === "review" && <ReviewForm of={of} onClose={() => setAsking(undefined)} />}
      {asking === "close" && <CloseForm of={of} onClose={() => setAsking(undefined)} />}
    </li>
  );
}

/** How many objections keep the months open. */
function Objections({ of }: { of: ObjectionList }) {
  const talk = useWords(talkWords);
  return (
    <Panel>
      <Figures
        of={[
          {
            label: talk("objections"),
            value: <Link to="/commission/objections">{of.items.length}</Link>,
          },
          {
            label: talk("overdue"),
            value: of.overdue,
            ...(of.overdue > 0 && { tone: "bad" as const }),
          },
        ]}
      />
    </Panel>
  );
}
