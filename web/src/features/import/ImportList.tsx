/** The batches, and the upload of a new one 导入列表. */
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Select } from "antd";
import { useId, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { FormDialog } from "@/ui/FormDialog";
import type { Column } from "@/ui/list/column";
import { ListPage } from "@/ui/list/ListPage";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { listImports, mappingsQuery, upload, type ImportItem } from "./calls";
import styles from "./import.module.css";
import { stateTones } from "./states";
import { importWords } from "./words";

type W = Say<typeof importWords>;

const columns = (w: W): Column<ImportItem>[] => [
  {
    key: "title",
    title: w("title"),
    cell: ({ id, title }) => <Link to={`/imports/${id}`}>{title}</Link>,
    card: "title",
  },
  { key: "files", title: w("files"), cell: ({ files }) => files.join("、") },
  {
    key: "state",
    title: w("state"),
    cell: ({ state }) => <StatusTag tone={stateTones[state]}>{w(state)}</StatusTag>,
    card: "tag",
  },
  { key: "records", title: w("records"), cell: ({ records }) => records, align: "right" },
  { key: "refused", title: w("refused"), cell: ({ refused }) => refused, align: "right" },
  { key: "at", title: w("staged_at"), cell: (row) => <MomentText of={row.staged_at} /> },
];

export function Component() {
  const w = useWords(importWords);
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w("upload")}
    </Button>
  );
  return (
    <>
      <ListPage<ImportItem>
        title={w("imports")}
        note={w("note")}
        actions={add}
        queryKey={["imports"]}
        load={listImports}
        columns={columns(w)}
        rowKey={({ id }) => id}
        empty={<EmptyState title={w("none")} why={w("none_why")} next={add} />}
      />
      {adding && <UploadDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function UploadDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(importWords);
  const id = useId();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ mapping: string }>();
  const [files, setFiles] = useState<File[]>([]);
  const { data: mappings = [] } = useQuery(mappingsQuery);
  const act = useAct({
    run: (mapping: string, headers) => upload(headers, mapping, files),
    done: w("uploaded"),
    refresh: [["imports"]],
    inline: true,
    onDone: (made) => {
      onClose();
      if (made.id) void navigate(`/imports/${made.id}`);
    },
  });
  function submit({ mapping }: { mapping: string }) {
    if (files.length > 0) act.mutate(mapping);
    else void message.error(w("choose"));
  }
  return (
    <FormDialog
      title={w("upload")}
      confirm={w("upload")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="mapping"
        label={w("mapping")}
        rules={[{ required: true, message: w("required") }]}
      >
        <Select options={mappings.map(({ key, name }) => ({ value: key, label: name }))} />
      </Form.Item>
      <div className={styles.files}>
        <label htmlFor={id}>{w("choose")}</label>
        <input
          id={id}
          type="file"
          multiple
          accept=".xlsx,.xls,.csv,.txt"
          onChange={({ target }) => setFiles([...(target.files ?? [])])}
        />
      </div>
    </FormDialog>
  );
}
