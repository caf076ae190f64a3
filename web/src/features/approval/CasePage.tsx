/** One case: where it stands, what I can do, what was said 流程详情页. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "react-router";
import { inWords } from "@/lib/codes";
import { useLanguage, useWords } from "@/lib/language";
import { addressOf } from "@/lib/subject";
import { MomentText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import { Loaded } from "@/ui/Loaded";
import { Loading } from "@/ui/Loading";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { UnknownYears } from "@/ui/UnknownYears";
import { useUnsaved } from "@/ui/unsaved";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import { useFieldName } from "@/ui/useFieldName";
import styles from "./approval.module.css";
import { caseQuery, type CaseView } from "./calls";
import { MyItems } from "./MyItems";
import { Progress } from "./Progress";
import { useCommand } from "./useCommand";
import { useForecastOf } from "./useShown";
import { approvalWords } from "./words";

const Forecast = lazy(async () => {
  const { ForecastPanel } = await import("@/ui/forecast/ForecastPanel");
  return { default: ForecastPanel };
});

const tones: Readonly<Record<string, Tone>> = {
  running: "busy",
  completed: "good",
  rejected: "bad",
};

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(caseQuery(id));
  return <Loaded whole query={query}>{(found) => <Page of={found} />}</Loaded>;
}

function Page({ of }: { of: CaseView }) {
  const w = useWords(approvalWords);
  const language = useLanguage();
  return (
    <>
      <PageHeader
        title={language === "zh" ? of.title : of.title_en}
        trail={[{ label: w("tasks"), to: "/tasks" }]}
        tags={
          <>
            <StatusTag tone={tones[of.state] ?? "plain"}>{of[`state_${language}`]}</StatusTag>
            {of.held_failed && <StatusTag tone="bad">{w("not_done")}</StatusTag>}
          </>
        }
        actions={of.may_withdraw && <Withdraw id={of.id} />}
      />
      <UnknownYears of={of.unknown_years} />
      {of.held_failed && (
        <Alert
          type="error"
          showIcon
          title={w("not_done_why")}
          description={language === "zh" ? of.held_failed : of.held_failed_en}
        />
      )}
      <Earnings of={of} />
      {of.my_items.length > 0 && <MyItems of={of} />}
      <Panel>
        <CaseFacts of={of} />
      </Panel>
      <Panel title={w("progress")}>
        <Progress of={of.steps} />
      </Panel>
      <Panel title={w("history")}>
        <Said of={of} />
        {of.state === "running" && <CommentBox id={of.id} />}
      </Panel>
    </>
  );
}

/** What a handover would earn whom, above the buttons with which one agrees to it. */
function Earnings({ of }: { of: CaseView }) {
  const plan = useForecastOf(of);
  if (!plan) return null;
  return (
    <Suspense fallback={<Loading />}>
      <Forecast plan={plan} version={of.history.length} />
    </Suspense>
  );
}

function CaseFacts({ of }: { of: CaseView }) {
  const w = useWords(approvalWords);
  const named = useFieldName();
  const language = useLanguage();
  const address = addressOf(of.subject);
  const held = of[`held_${language}`];
  const flow = (language === "en" && of.flow_title_en) || of.flow_title;
  const title = language === "zh" ? of.title : of.title_en;
  const person = (who: CaseView["about"]) => (who ? `${who.name} ${who.number}` : "—");
  return (
    <Facts
      of={[
        { label: w("about"), value: person(of.about) },
        { label: w("initiator"), value: person(of.initiator) },
        {
          label: w("flow"),
          value: w("version", { title: flow, version: of.flow_version }),
        },
        { label: w("opened_at"), value: <MomentText of={of.opened_at} /> },
        ...(of.closed_at
          ? [{ label: w("closed_at"), value: <MomentText of={of.closed_at} /> }]
          : []),
        ...(held ? [{ label: w("held"), value: held }] : []),
        { label: w("subject"), value: address ? <Link to={address}>{title}</Link> : title },
        ...of.terms.map(({ key, title, value }) => ({
          // A flow calls its facts in Chinese; those of the house have English names.
          label: (language === "zh" && title) || named(key),
          value: inWords(value, language) as string,
        })),
      ]}
    />
  );
}

function Said({ of }: { of: CaseView }) {
  const w = useWords(approvalWords);
  const language = useLanguage();
  return (
    <ol className={styles.history}>
      {of.history.toReversed().map((line) => (
        <li key={line.seq}>
          <p>{line[language]}</p>
          <p className={styles.fine}>
            <MomentText of={line.at} /> {line.by?.name ?? w("by_system")}
          </p>
        </li>
      ))}
    </ol>
  );
}

function Withdraw({ id }: { id: string }) {
  const w = useWords(approvalWords);
  const [asking, setAsking] = useState(false);
  const act = useCommand(id, w("withdrawn"));
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {w("withdraw")}
      </Button>
      <ReasonDialog
        open={asking}
        title={w("withdraw")}
        danger
        onConfirm={(reason) => act.mutateAsync({ do: "withdraw", reason })}
        onClose={() => setAsking(false)}
      >
        <p>{w("withdraw_means")}</p>
      </ReasonDialog>
    </>
  );
}

function CommentBox({ id }: { id: string }) {
  const w = useWords(approvalWords);
  const [form] = Form.useForm<{ text: string }>();
  useUnsaved(() => form.isFieldsTouched());
  const act = useCommand(id, w("commented"), () => form.resetFields());
  return (
    <Form
      form={form}
      layout="vertical"
      className={styles.comment}
      onFinish={({ text }) => act.mutate({ do: "comment", text })}
    >
      <Form.Item
        name="text"
        label={w("add_comment")}
        rules={[{ required: true, whitespace: true, message: w("comment_hint") }]}
      >
        <Input.TextArea rows={2} maxLength={2000} placeholder={w("comment_hint")} />
      </Form.Item>
      <Button htmlType="submit" loading={act.isPending}>
        {w("add_comment")}
      </Button>
    </Form>
  );
}
