/** One's own statement of a month, or those of all whom one may see 提成单. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Select, Table } from "antd";
import { Link, useSearchParams } from "react-router";
import { confirmationsQuery } from "@/api/confirmations";
import { useSession } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { Figures } from "@/ui/Figures";
import { Loaded } from "@/ui/Loaded";
import { Loading } from "@/ui/Loading";
import { Money } from "@/ui/Money";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { CommissionMonths } from "@/ui/pay/CommissionMonths";
import { StatusTag } from "@/ui/StatusTag";
import { useNarrow } from "@/ui/useNarrow";
import {
  monthsQuery,
  statementQuery,
  statementsQuery,
  type CommissionMonth,
  type Statement,
  type StatementItem,
} from "./calls";
import styles from "./commission.module.css";
import { AskedBy, ConfirmBanner, LINES } from "./ConfirmBanner";
import { bannerOf, monthShown } from "./confirming";
import { confirmWords } from "./confirmWords";
import { Editions } from "./Editions";
import { LineCard } from "./LineCard";
import { Places } from "./Places";
import { SignedOff, SignOff } from "./SignOff";
import { Stage } from "./Stage";
import { StatementPaper } from "./StatementPaper";
import { ReasonsFile, TakeHome } from "./TakeHome";
import { commissionWords } from "./words";

export function Component() {
  const query = useQuery(monthsQuery);
  return <Loaded whole query={query}>{({ items }) => <Chosen months={items} />}</Loaded>;
}

/** Whoever may read more than his own begins with the list. */
function useReachesOthers(): boolean {
  return useSession().permissions["commission.read"] !== "own";
}

function Chosen({ months }: { months: readonly CommissionMonth[] }) {
  const w = useWords(commissionWords);
  const [search, setSearch] = useSearchParams();
  const others = useReachesOthers();
  const payee = search.get("payee") ?? undefined;
  const asked = search.get("month");
  const person = Boolean(useSession().login.employee_id);
  const waits = useQuery({ ...confirmationsQuery, enabled: person && !others && !asked });
  if (waits.isLoading) return <Loading />;
  const month = asked ?? monthShown(months, waits.data?.own ?? []);
  if (!month) {
    return (
      <>
        <PageHeader title={w("title")} note={w("note")} />
        <Places />
        <EmptyState title={w("no_months")} why={w("no_months_why")} />
      </>
    );
  }
  const choose = (
    <Select
      aria-label={w("month")}
      className={styles.month}
      value={month}
      options={months.map((one) => ({ value: one.month, label: one.month }))}
      onChange={(value) =>
        setSearch((now) => {
          now.set("month", value);
          now.delete("as_of");
          return now;
        })
      }
    />
  );
  return others && !payee ? (
    <All month={month} choose={choose} />
  ) : (
    <One month={month} payee={payee} choose={choose} />
  );
}

type AllProps = { month: string; choose: React.ReactNode };

function All({ month, choose }: AllProps) {
  const w = useWords(commissionWords);
  const c = useWords(confirmWords);
  const query = useQuery(statementsQuery(month));
  return (
    <>
      <PageHeader
        title={w("title")}
        note={w("note")}
        actions={
          <>
            <Link to={`/commission/months/${month}/confirmations`}>{c("progress")}</Link>
            {choose}
          </>
        }
      />
      <Places />
      <Loaded query={query}>
        {({ items, total, begins }) =>
          items.length === 0 ? (
            <EmptyState title={w("none")} why={w("none_why")} />
          ) : (
            <>
              <Panel>
                <Begins month={month} on={begins} />
                <Figures
                  of={[
                    { label: w("total"), value: <Money of={total} /> },
                    { label: w("payee"), value: items.length, unit: w("unit_people") },
                    {
                      label: w("objected"),
                      value: items.reduce((sum, { objected }) => sum + objected, 0),
                      unit: w("unit_lines"),
                    },
                  ]}
                />
              </Panel>
              <Panel flush title={`${w("statements")} ${month}`}>
                <People of={items} month={month} />
              </Panel>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function People({ of, month }: { of: readonly StatementItem[]; month: string }) {
  const w = useWords(commissionWords);
  const narrow = useNarrow();
  const to = ({ payee }: StatementItem) => `/commission?month=${month}&payee=${payee.id}`;
  if (narrow) {
    return (
      <ul className={styles.people}>
        {of.map((row) => (
          <li key={row.payee.id}>
            <Link to={to(row)}>{row.payee.name}</Link>
            <Money of={row.commission} />
            <span className={styles.fine}>{row.department}</span>
            {row.objected > 0 && <StatusTag tone="bad">{w("objected")}</StatusTag>}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table<StatementItem>
      size="middle"
      pagination={false}
      dataSource={[...of]}
      rowKey={({ payee }) => payee.id}
      columns={[
        {
          title: w("payee"),
          render: (_, row) => (
            <Link to={to(row)}>
              {row.payee.name} <span className={styles.fine}>{row.payee.number}</span>
            </Link>
          ),
        },
        { title: w("department"), dataIndex: "department" },
        { title: w("lines"), dataIndex: "lines", align: "right" },
        { title: w("zeros"), dataIndex: "zeros", align: "right" },
        { title: w("confirmed"), dataIndex: "confirmed", align: "right" },
        {
          title: w("objected"),
          align: "right",
          render: (_, { objected }) =>
            objected > 0 ? <StatusTag tone="bad">{objected}</StatusTag> : 0,
        },
        {
          title: w("signed"),
          render: (_, { signed_at }) => (signed_at ? <MomentText of={signed_at} /> : "—"),
        },
        {
          title: w("amount"),
          align: "right",
          render: (_, row) => <Money of={row.commission} />,
        },
      ]}
    />
  );
}

type OneProps = AllProps & { payee: string | undefined };

function One({ month, payee, choose }: OneProps) {
  const [search] = useSearchParams();
  const query = useQuery(statementQuery(month, payee, search.get("as_of") ?? undefined));
  return (
    <Loaded whole query={query}>{(found) => <Sheet of={found} choose={choose} />}</Loaded>
  );
}

function Downloads({ of, choose }: { of: Statement; choose: React.ReactNode }) {
  return (
    <>
      {!bannerOf(of)?.count && <SignOff of={of} />}
      <StatementPaper of={of} />
      <TakeHome of={of} />
      <Editions of={of} />
      {choose}
    </>
  );
}

const zero = ({ commission }: Statement["lines"][number]) => !/[1-9]/.test(commission.amount);

function Sheet({ of, choose }: { of: Statement; choose: React.ReactNode }) {
  const w = useWords(commissionWords);
  const c = useWords(confirmWords);
  const others = useReachesOthers();
  const differences = of.lines.filter(({ kind }) => kind === "difference");
  const rest = of.lines.filter(({ kind }) => kind !== "difference");
  const paid = rest.filter((line) => !zero(line));
  const zeros = rest.filter(zero);
  const recorded = of.lines.some(
    ({ pay }) => pay !== "open" && pay !== "unrecorded" && pay !== "none",
  );
  const states = (state: string) => of.lines.filter((line) => line.state === state).length;
  const title = of.may.includes("confirm")
    ? w("own")
    : w("statement_of", { name: of.payee?.name ?? "" });
  return (
    <>
      <PageHeader
        title={title}
        trail={others ? [{ label: w("title"), to: `/commission?month=${of.month}` }] : []}
        tags={<Stage of={of.stage} />}
        note={w("note")}
        actions={<Downloads of={of} choose={choose} />}
      />
      <Places />
      <ConfirmBanner of={of} />
      <Panel>
        <Begins month={of.month} on={of.begins} />
        {of.as_of && (
          <Alert type="info" showIcon title={w("as_of_note", { at: formatMoment(of.as_of) })} />
        )}
        <SignedOff of={of} />
        <AskedBy of={of} />
        <Figures
          of={[
            { label: `${of.month} ${w("total")}`, value: <Money of={of.total} /> },
            ...(recorded
              ? [
                  { label: w("paid_sum"), value: <Money of={of.paid} /> },
                  { label: w("owed_sum"), value: <Money of={of.owed} /> },
                ]
              : []),
            { label: w("lines"), value: paid.length + differences.length, unit: w("unit_lines") },
            { label: w("zeros"), value: zeros.length, unit: w("unit_lines") },
            { label: w("waiting"), value: states("waiting"), unit: w("unit_lines") },
            {
              label: w("objected"),
              value: states("objected"),
              unit: w("unit_lines"),
              ...(states("objected") > 0 && { tone: "bad" as const }),
            },
          ]}
        />
      </Panel>
      {of.lines.length === 0 && <EmptyState title={w("no_lines")} why={w("no_lines_why")} />}
      <div id={LINES} tabIndex={-1} className={styles.target}>
        {of.may.includes("confirm") && of.lines.length > 0 && (
          <p className={styles.fine}>{c("object_where")}</p>
        )}
      </div>
      <Part title={w("paid")} of={of} lines={paid} />
      <Part title={w("differences")} of={of} lines={differences} />
      <Part title={w("zero_lines")} note={w("zero_note")} of={of} lines={zeros} />
      <ReasonsFile of={of} />
      <Panel title={w("by_month")}>
        <CommissionMonths payee={of.payee?.id} />
      </Panel>
    </>
  );
}

/** Books that begin inside a month say it once, and not line by line alone. */
function Begins({ month, on }: { month: string; on: string | null | undefined }) {
  const w = useWords(commissionWords);
  if (!on) return null;
  return <Alert type="info" showIcon title={w("begins", { month, day: on })} />;
}

type PartProps = {
  title: string;
  note?: string;
  of: Statement;
  lines: Statement["lines"];
};

function Part({ title, note, of, lines }: PartProps) {
  if (lines.length === 0) return null;
  return (
    <Panel title={title}>
      {note && <p className={styles.fine}>{note}</p>}
      <ul className={styles.lines}>
        {lines.map((line) => (
          <LineCard key={line.key} of={line} statement={of} />
        ))}
      </ul>
    </Panel>
  );
}
