/** The report of one batch: every row, every sum, every finding 导入报告页. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Progress, Space } from "antd";
import { useEffect, useRef } from "react";
import { useParams } from "react-router";
import { historyOf } from "@/api/history";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { formatAmount } from "@/lib/money";
import type { Language, Say } from "@/lib/words";
import type { Column } from "@/ui/list/column";
import { Rows } from "@/ui/list/Rows";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { RecordHistory } from "@/ui/record/RecordHistory";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import {
  commitBatch,
  discardBatch,
  importQuery,
  progressQuery,
  refusedFile,
  undoBatch,
  type Finding,
  type ImportItem,
  type ImportView,
  type KindTotals,
  type OwnerTotals,
  type Source,
} from "./calls";
import styles from "./import.module.css";
import { outcomes, stateTones } from "./states";
import { importWords } from "./words";

type W = Say<typeof importWords>;

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(importQuery(id));
  return <Loaded whole query={query}>{(found) => <Page of={found} />}</Loaded>;
}

function Page({ of }: { of: ImportView }) {
  const w = useWords(importWords);
  const language = useLanguage();
  const can = useCan();
  const history = can("evidence.read") || can("evidence.audit");
  const { batch } = of;
  return (
    <>
      <PageHeader
        title={language === "zh" ? batch.title : batch.title_en}
        trail={[{ label: w("imports"), to: "/imports" }]}
        tags={<StatusTag tone={stateTones[batch.state]}>{w(batch.state)}</StatusTag>}
        note={listed(batch.files)}
        actions={<Actions of={of} />}
      />
      <HowFar of={batch} />
      <Told of={of} />
      <Panel title={w("totals")} flush>
        <Rows
          label={w("totals")}
          columns={kindColumns(w, language, of)}
          rows={of.kinds}
          rowKey={({ kind }) => kind}
          empty={<p className={styles.fine}>{w("nothing_read")}</p>}
        />
      </Panel>
      <Owners of={of} />
      <Panel title={w("sources")} flush>
        <p className={`${styles.fine} ${styles.note}`}>{w("sources_note")}</p>
        <Rows
          label={w("sources")}
          columns={sourceColumns(w)}
          rows={of.sources}
          rowKey={({ file, sheet }) => `${file} ${sheet}`}
          empty={null}
        />
      </Panel>
      <Panel
        title={w("findings", { count: of.findings.length })}
        extra={of.findings.some(({ severity }) => severity === "refused") && <Refused of={batch} />}
      >
        {of.findings.length === 0 && <p className={styles.fine}>{w("no_findings")}</p>}
        <ol className={styles.findings}>
          {of.findings.map((finding, at) => (
            <OneFinding key={at} of={finding} />
          ))}
        </ol>
      </Panel>
      {history && (
        <Panel>
          <RecordHistory queryKey={["imports", batch.id]} load={historyOf(`import/${batch.id}`)} />
        </Panel>
      )}
    </>
  );
}

/** What writing would do, or that it did nothing. */
function Told({ of }: { of: ImportView }) {
  const w = useWords(importWords);
  const { state, records } = of.batch;
  const told = () => {
    if (records === 0) return state === "staged" && w("nothing_to_write");
    if (state === "staged" && !of.foretold) return w("not_foretold");
    const changes = (row: KindTotals) => (row.created ?? 0) + (row.updated ?? 0);
    if (of.kinds.some((row) => changes(row) > 0)) return false;
    if (of.idle && of.kinds.every((row) => !row.unchanged)) return w("nothing_taken");
    if (of.idle) return w("nothing_new");
    if (of.foretold) return w("only_met");
    return state === "committed" && w("nothing_was_new");
  };
  const said = told();
  return said && <Alert className={styles.told} type="warning" showIcon title={said} />;
}

/** Records and money by owner, where they have any. */
function Owners({ of }: { of: ImportView }) {
  const w = useWords(importWords);
  const language = useLanguage();
  const rows = of.kinds.flatMap((kind) =>
    kind.owners
      .filter(({ owner }, _, all) => owner !== "" || all.length > 1)
      .map((owner) => ({ ...owner, kind: kind.kind, label: kind[`kind_${language}`] })),
  );
  if (rows.length === 0) return null;
  const handedOn = rows.some(({ moved }) => moved > 0);
  return (
    <Panel title={w("by_owner")} flush>
      <p className={`${styles.fine} ${styles.note}`}>{w("by_owner_note")}</p>
      <Rows
        label={w("by_owner")}
        columns={ownerColumns(w, of.currency, handedOn)}
        rows={rows}
        rowKey={({ kind, owner }) => `${kind} ${owner}`}
        empty={null}
      />
    </Panel>
  );
}

/** Writing and taking back can take a minute; whoever comes by sees how far it is. */
function HowFar({ of }: { of: ImportItem }) {
  const w = useWords(importWords);
  const client = useQueryClient();
  const open = of.state === "staged" || of.state === "committed";
  const { data } = useQuery({ ...progressQuery(of.id), enabled: open });
  const busy = data !== undefined && data.phase !== "idle";
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !busy) void client.invalidateQueries({ queryKey: ["imports"] });
    was.current = busy;
  }, [busy, client]);
  if (!busy) return null;
  const { phase, done, of: all } = data;
  const share = all > 0 ? Math.min(99, Math.floor((done / all) * 100)) : 0;
  return (
    <Panel>
      <div role="status">
        <p>{w(phase === "undoing" ? "undoing" : "writing", { count: done })}</p>
        {all > 0 && <Progress percent={share} status="active" />}
      </div>
    </Panel>
  );
}

/** The refused rows as a file for whoever must put them right. */
function Refused({ of }: { of: ImportItem }) {
  const w = useWords(importWords);
  const language = useLanguage();
  return (
    <span className={styles.downloads} role="group" aria-label={w("refused_files")}>
      <span className={styles.fine}>{w("refused_files")}</span>
      <Space.Compact>
        <Button href={refusedFile(of.id, "xlsx", language)}>{w("refused_xlsx")}</Button>
        <Button href={refusedFile(of.id, "csv", language)}>{w("refused_csv")}</Button>
      </Space.Compact>
    </span>
  );
}

/** In the currency of the files, or of the books, which take the figures as they are. */
const money = (amount: string | null | undefined, currency: string) => {
  if (!amount) return "—";
  return `${currency === "CNY" ? "¥" : `${currency} `}${formatAmount(amount)}`;
};

/** What a row was read as, and what of it stands in the books. */
const sums = <Row extends KindTotals | OwnerTotals>(w: W, currency: string): Column<Row>[] => [
  {
    key: "sa",
    title: w("staged_amount"),
    cell: (row) => money(row.staged_amount, currency),
    align: "right",
  },
  { key: "booked", title: w("booked_count"), cell: ({ booked }) => booked, align: "right" },
  {
    key: "ba",
    title: w("booked_amount"),
    cell: (row) => money(row.booked_amount, "CNY"),
    align: "right",
  },
];

const kindColumns = (w: W, language: Language, of: ImportView): Column<KindTotals>[] => [
  { key: "kind", title: w("kind"), cell: (row) => row[`kind_${language}`], card: "title" },
  { key: "staged", title: w("staged_count"), cell: ({ staged }) => staged, align: "right" },
  ...outcomes.map(
    (key): Column<KindTotals> => ({
      key,
      title: w(of.foretold ? `will_${key}` : key),
      cell: (row) => row[key] ?? "—",
      align: "right",
    }),
  ),
  { key: "out", title: w("out"), cell: ({ refused }) => refused, align: "right" },
  ...sums<KindTotals>(w, of.currency),
];

type OwnerRow = OwnerTotals & { kind: string; label: string };

/** What somebody else owns by now has columns where there is any. */
const ownerColumns = (w: W, currency: string, handedOn: boolean): Column<OwnerRow>[] => [
  { key: "kind", title: w("kind"), cell: ({ label }) => label },
  {
    key: "owner",
    title: w("owner"),
    cell: ({ owner, name }) => name || owner || w("no_owner"),
    card: "title",
  },
  { key: "staged", title: w("staged_count"), cell: ({ staged }) => staged, align: "right" },
  ...sums<OwnerRow>(w, currency),
  ...(handedOn ? movedColumns(w) : []),
];

const movedColumns = (w: W): Column<OwnerRow>[] => [
  { key: "moved", title: w("moved_count"), cell: ({ moved }) => moved, align: "right" },
  {
    key: "ma",
    title: w("moved_amount"),
    cell: (row) => money(row.moved_amount, "CNY"),
    align: "right",
  },
];

const counts = ["rows", "used", "refused", "filtered", "blank", "consulted"] as const;

const sourceColumns = (w: W): Column<Source>[] => [
  {
    key: "file",
    title: w("file"),
    cell: ({ file, sheet }) => [file, sheet].filter(Boolean).join(" / "),
    card: "title",
  },
  ...counts.map(
    (key): Column<Source> => ({ key, title: w(key), cell: (row) => row[key], align: "right" }),
  ),
];

const tones: Readonly<Record<string, Tone>> = { refused: "bad", warned: "warn", changed: "busy" };
const severities = ["refused", "warned", "changed", "info"] as const;

function OneFinding({ of }: { of: Finding }) {
  const w = useWords(importWords);
  const zh = useLanguage() === "zh";
  const severity = severities.find((one) => one === of.severity) ?? "info";
  const place = [
    of.file,
    of.sheet,
    of.rows.length > 0 &&
      w(of.rows.length === 1 ? "at_row" : "at_rows", { rows: listed(of.rows.slice(0, 8)) }),
    of.row_count > 8 && w("more_rows", { count: of.row_count }),
    of.column && w("at_column", { column: zh ? of.column : of.column_en }),
    zh ? of.value : of.value_en,
  ];
  return (
    <li>
      <p>
        <StatusTag tone={tones[severity] ?? "plain"}>{w(`sev_${severity}`)}</StatusTag>{" "}
        <strong>{zh ? of.reason : of.reason_en}</strong> {zh ? of.remedy : of.remedy_en}
      </p>
      <p className={styles.fine}>{place.filter(Boolean).join(" · ")}</p>
    </li>
  );
}

function Actions({ of: { batch, idle } }: { of: ImportView }) {
  if (batch.state === "staged") {
    return (
      <>
        <Sure of={batch} verb="commit" off={idle || batch.records === 0} />
        <Sure of={batch} verb="discard" />
      </>
    );
  }
  return batch.state === "committed" && <Sure of={batch} verb="undo" />;
}

const steps = { commit: commitBatch, discard: discardBatch, undo: undoBatch } as const;

type SureProps = { of: ImportItem; verb: keyof typeof steps; off?: boolean };

/** A step that is asked about once more before it is taken; `off` where it would do nothing. */
function Sure({ of, verb, off = false }: SureProps) {
  const w = useWords(importWords);
  const { modal } = App.useApp();
  const act = useAct({
    run: (id: string, headers): Promise<unknown> => steps[verb](id, headers),
    done: w(`${verb}_done`),
    refresh: [["imports"], ["customers"], ["employees"]],
  });
  const ask = () =>
    modal.confirm({
      title: w(`${verb}_title`),
      content: w(`${verb}_means`),
      okText: w(verb),
      cancelText: w("cancel"),
      onOk: () => act.mutateAsync(of.id).catch(() => undefined),
    });
  return (
    <Button
      {...(verb === "commit" ? { type: "primary" as const } : { danger: true })}
      disabled={off}
      loading={act.isPending}
      onClick={() => void ask()}
    >
      {w(verb)}
    </Button>
  );
}
