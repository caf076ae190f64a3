/** One entry: what happened, what it changed, who consented, and its proof 存证详情页. */
import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Collapse, Typography } from "antd";
import { Link, useNavigate, useParams } from "react-router";
import { api, take, type Schema } from "@/api/client";
import { useOpensEvidence } from "@/api/session";
import { actName } from "@/lib/actName";
import { actorOf } from "@/lib/actor";
import type { Json } from "@/lib/changes";
import { inWords } from "@/lib/codes";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { asProblem, explain, inOneLine } from "@/lib/problem";
import { saveFile } from "@/lib/save";
import { inLanguage } from "@/lib/words";
import { Changes } from "@/ui/Changes";
import { MomentText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { addressOf, partsOf } from "@/lib/subject";
import { Erase } from "./Erase";
import styles from "./evidence.module.css";
import { subjectWords } from "./subject.words";
import { evidenceWords } from "./words";

type Entry = Schema<"EntryDetail">;

export function Component() {
  const index = Number.parseInt(useParams().index ?? "", 10);
  const query = useQuery({
    queryKey: ["evidence", index],
    queryFn: () => take(api.GET("/evidence/{index}", { params: { path: { index } } })),
  });
  return <Loaded whole query={query}>{(entry) => <EntryPage entry={entry} />}</Loaded>;
}

function EntryPage({ entry }: { entry: Entry }) {
  const w = useWords(evidenceWords);
  const language = useLanguage();
  const { line } = entry;
  const sentence = line[language];
  return (
    <>
      <PageHeader
        title={w("entry", { index: line.index })}
        trail={[{ label: w("evidence"), to: "/evidence" }]}
        tags={
          <StatusTag tone={line.proved ? "good" : "busy"}>
            {w(line.proved ? "proved" : "unproved")}
          </StatusTag>
        }
        note={actName(line, language)}
        actions={<Steps index={line.index} />}
      />
      <Panel title={w("what_happened")} extra={sentence && <Erase index={line.index} />}>
        <p className={sentence ? styles.sentence : styles.hidden}>
          {sentence ?? w(line.erased ? "gone" : "hidden")}
        </p>
        <Facts
          of={[
            { label: w("at"), value: <MomentText of={line.at} /> },
            { label: w("actor"), value: actorOf(line, language) },
            { label: w("act"), value: actName(line, language) },
            { label: w("subjects"), value: <Subjects of={entry} />, wide: true },
          ]}
        />
      </Panel>
      {sentence && (
        <Panel title={w("changes")}>
          <Changes
            of={inWords(line.detail as Json, language)}
            people={entry.people}
            none={w("no_changes")}
          />
        </Panel>
      )}
      <Panel title={w("approvals")}>
        <Approvals of={entry.approvals} />
      </Panel>
      <Panel title={w("proof")} extra={<Download index={line.index} />}>
        <p className={styles.note}>{w("proof_note")}</p>
        <Hashed entry={entry} />
      </Panel>
    </>
  );
}

/** The entries beside it, for whoever reads the log: of those others may not be theirs. */
function Steps({ index }: { index: number }) {
  const w = useWords(evidenceWords);
  const navigate = useNavigate();
  const opens = useOpensEvidence();
  if (!opens(false)) return null;
  return (
    <>
      <Button disabled={index === 0} onClick={() => void navigate(`/evidence/${index - 1}`)}>
        {w("older")}
      </Button>
      <Button onClick={() => void navigate(`/evidence/${index + 1}`)}>{w("newer")}</Button>
    </>
  );
}

/** The things it is about; those that have a page of their own are links. */
function Subjects({ of: { subjects, called } }: { of: Entry }) {
  const w = useWords(evidenceWords);
  const opens = useOpensEvidence();
  const language = useLanguage();
  return (
    <ul className={styles.subjects}>
      {subjects.map((subject, n) => {
        const address = opens(true) ? addressOf(subject) : null;
        const { kind, tail } = partsOf(subject);
        // By its number; what has none is told apart from its like by the end of its id, which the
        // logged bytes, further down, hold whole.
        const what = inLanguage(subjectWords[kind] ?? subjectWords.other, language);
        const name = `${what} ${called[subject] ?? `…${tail}`}`;
        return (
          <li key={subject}>
            {address ? <Link to={address}>{name}</Link> : name}
            {opens(n === 0) && (
              <Link to={`/evidence?subject=${encodeURIComponent(subject)}`}>
                {w("its_history")}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Approvals({ of }: { of: Entry["approvals"] }) {
  const w = useWords(evidenceWords);
  if (of.length === 0) return <p className={styles.note}>{w("no_approvals")}</p>;
  return (
    <ol className={styles.approvals}>
      {of.map(({ by, by_name, decision, at }) => (
        <li key={`${by} ${at}`}>
          {decision === "approve" || decision === "accept" || decision === "reject"
            ? w(`decided_${decision}`, { who: by_name ?? by })
            : w("decided_other", { who: by_name ?? by, decision })}
          <span>{formatMoment(at)}</span>
        </li>
      ))}
    </ol>
  );
}

function Download({ index }: { index: number }) {
  const w = useWords(evidenceWords);
  const language = useLanguage();
  const { message } = App.useApp();
  async function download() {
    try {
      const params = { path: { index } };
      const file = await take(
        api.GET("/evidence/{index}/proof", { params, parseAs: "blob" }) as Promise<{ data?: Blob }>,
      );
      saveFile(`baton-${String(index).padStart(6, "0")}.tlog-proof`, file);
    } catch (thrown) {
      const { title, remedy } = explain(asProblem(thrown), language);
      void message.error(inOneLine([title, remedy], language));
    }
  }
  return (
    <Button icon={<DownloadOutlined />} onClick={() => void download()}>
      {w("download")}
    </Button>
  );
}

function Hashed({ entry }: { entry: Entry }) {
  const w = useWords(evidenceWords);
  const inside = (
    <Facts
      of={[
        {
          label: w("bytes"),
          value: <pre className={styles.bytes}>{entry.entry}</pre>,
          wide: true,
        },
        {
          label: w("leaf"),
          value: <Typography.Text copyable>{entry.leaf}</Typography.Text>,
          wide: true,
        },
      ]}
    />
  );
  return <Collapse ghost items={[{ key: "hashed", label: w("hashed"), children: inside }]} />;
}
