/** What was talked about, newest first 跟进记录. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Form, Input, Radio } from "antd";
import type { Dayjs } from "dayjs";
import { useCan, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { DayPicker } from "@/ui/DayPicker";
import { DayText, MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { Loading } from "@/ui/Loading";
import { ProblemNote } from "@/ui/ProblemNote";
import { StatusTag } from "@/ui/StatusTag";
import { useUnsaved } from "@/ui/unsaved";
import { useAct } from "@/ui/useAct";
import { addFollowUp, listFollowUps, type CustomerView, type FollowUpItem } from "./calls";
import styles from "./customer.module.css";
import { customerWords } from "./words";

const kinds = ["visit", "call", "message", "email", "meeting", "other"] as const;

type W = Say<typeof customerWords>;

/** A kind this client does not know is shown as the server calls it. */
function kindOf(kind: string, w: W): string {
  const known = kinds.find((one) => one === kind);
  return known ? w(`kind_${known}`) : kind;
}

export function FollowUps({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const can = useCan();
  const { login } = useSession();
  const query = useInfiniteQuery({
    queryKey: ["customers", of.id, "follow-ups"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => listFollowUps(of.id, pageParam),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const lines = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const mayWrite = can("customer.write") && login.employee_id && of.state !== "merged";
  return (
    <>
      {mayWrite && <NewFollowUp id={of.id} />}
      {query.isPending && <Loading />}
      {query.isError && (
        <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && lines.length === 0 && (
        <EmptyState title={w("no_follow_ups")} why={w("no_follow_ups_why")} />
      )}
      <ol className={styles.talks}>
        {lines.map((line) => (
          <Talk key={line.id} of={line} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {w("more")}
        </Button>
      )}
    </>
  );
}

function Talk({ of }: { of: FollowUpItem }) {
  const w = useWords(customerWords);
  return (
    <li>
      <p className={styles.talkHead}>
        <StatusTag tone="plain">{kindOf(of.kind, w)}</StatusTag>
        <strong>{of.author.name}</strong>
        <MomentText of={of.at} />
      </p>
      <p className={styles.talk}>{of.text}</p>
      {of.next_on && (
        <p className={styles.fine}>
          {w("next_on")} <DayText of={of.next_on} />{" "}
          {of.duty && (
            <StatusTag tone="busy">{w("next_duty", { name: of.duty.name })}</StatusTag>
          )}
        </p>
      )}
    </li>
  );
}

type Draft = { kind: string; text: string; next_on?: Dayjs };

function NewFollowUp({ id }: { id: string }) {
  const w = useWords(customerWords);
  const [form] = Form.useForm<Draft>();
  useUnsaved(() => form.isFieldsTouched());
  const act = useAct({
    run: ({ next_on, ...rest }: Draft, headers) =>
      addFollowUp(id, headers, {
        ...rest,
        next_on: next_on?.format("YYYY-MM-DD"),
      }),
    done: w("follow_up_saved"),
    refresh: [["customers"]],
    form,
    inline: true,
    onDone: () => form.resetFields(),
  });
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      className={styles.draft}
      initialValues={{ kind: "call" }}
      onFinish={act.mutate}
    >
      <Form.Item name="kind" label={w("kind")}>
        <Radio.Group
          optionType="button"
          options={kinds.map((kind) => ({ value: kind, label: w(`kind_${kind}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="text"
        label={w("text")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input.TextArea rows={3} maxLength={4000} placeholder={w("text_hint")} />
      </Form.Item>
      <Form.Item name="next_on" label={w("next_on")}>
        <DayPicker />
      </Form.Item>
      <ProblemNote problem={act.error} />
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {w("add_follow_up")}
      </Button>
    </Form>
  );
}
