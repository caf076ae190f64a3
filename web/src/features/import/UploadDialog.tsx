/** The upload of files: which, how to read them, their first rows, and how far it is 上传对话框. */
import { useQuery } from "@tanstack/react-query";
import { App, Form, Progress, Select } from "antd";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { useWords } from "@/lib/language";
import { uuid } from "@/lib/uuid";
import { FileInput } from "@/ui/FileInput";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { ONCE } from "@/api/client";
import { mappingsQuery, progressQuery } from "./calls";
import { FilePreview } from "./FilePreview";
import { draftOf, previewOf, upload, type Reading } from "./files";
import styles from "./import.module.css";
import { Asks, OwnMapping, Templates, Understood } from "./MappingHelp";
import { importWords } from "./words";

/** Stand for a mapping by the column names, and for one of one's own, among the shipped ones. */
const AUTO = "auto";
const OWN = "own";

type Values = { mapping: string; encoding: string };

export function UploadDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(importWords);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const mapping = Form.useWatch("mapping", form);
  const encoding = Form.useWatch("encoding", form) ?? "auto";
  const [files, setFiles] = useState<File[]>([]);
  const [own, setOwn] = useState<string>();
  const [sent, setSent] = useState(0);
  const [once, setOnce] = useState("");
  const stamp = files.map(({ name, size, lastModified }) => [name, size, lastModified]);
  const draft = useQuery({
    queryKey: ["import-draft", encoding, stamp],
    queryFn: () => draftOf(uuid(), encoding, files),
    enabled: mapping === AUTO && files.length > 0,
    retry: false,
  });
  const text = { [OWN]: own, [AUTO]: draft.data?.text }[mapping ?? ""];
  const shipped = mapping !== undefined && mapping !== OWN && mapping !== AUTO;
  const ready = files.length > 0 && (shipped || Boolean(text));
  const reading: Reading = { mapping: mapping ?? "", text, encoding };
  const preview = useQuery({
    queryKey: ["import-preview", mapping, text, encoding, stamp],
    queryFn: () => previewOf(uuid(), reading, files),
    enabled: ready,
    retry: false,
  });
  const act = useAct({
    run: (chosen: Reading, headers) => {
      setOnce(headers[ONCE]);
      return upload(headers[ONCE], chosen, files, setSent);
    },
    done: w("uploaded"),
    refresh: [["imports"]],
    inline: true,
    onDone: (made) => {
      onClose();
      if (made.id) void navigate(`/imports/${made.id}`);
    },
  });
  return (
    <FormDialog
      title={w("upload")}
      confirm={w("upload")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ encoding: "auto" }}
      onSubmit={() =>
        ready
          ? act.mutate(reading)
          : void message.error(w(files.length > 0 ? "no_mapping" : "choose"))
      }
      onClose={onClose}
    >
      <HowToRead mapping={mapping} onOwn={setOwn} />
      <ChooseFiles label={w("choose")} accept=".xlsx,.csv,.txt" multiple onChoose={setFiles} />
      {mapping === AUTO && draft.error && <FilePreview of={undefined} problem={draft.error} />}
      {mapping === AUTO && draft.data && <Understood of={draft.data} />}
      {ready && !act.isPending && (
        // What the upload was refused for is said below, and once.
        <FilePreview of={preview.data} problem={act.error ? null : preview.error} />
      )}
      {act.isPending && <HowFar once={once} sent={sent} />}
    </FormDialog>
  );
}

type HowToRead = { mapping: string | undefined; onOwn: (text: string) => void };

function HowToRead({ mapping, onOwn }: HowToRead) {
  const w = useWords(importWords);
  const { data } = useQuery(mappingsQuery);
  const mappings = data?.items ?? [];
  const shipped = mappings.map(({ key, name }) => ({ value: key, label: name }));
  const chosen = mappings.find(({ key }) => key === mapping);
  return (
    <>
      <Form.Item
        name="mapping"
        label={w("mapping")}
        rules={[{ required: true, message: w("required") }]}
      >
        <Select
          options={[
            { value: AUTO, label: w("auto_mapping") },
            ...shipped,
            { value: OWN, label: w("own_mapping") },
          ]}
        />
      </Form.Item>
      {mapping === AUTO && <Templates of={data?.templates ?? []} />}
      {chosen && <Asks of={chosen} />}
      {mapping === OWN && (
        <>
          <OwnMapping example={mappings[0]} />
          <ChooseFiles
            label={w("choose_mapping")}
            accept=".toml"
            onChoose={([file]) => void file?.text().then(onOwn)}
          />
        </>
      )}
      <Form.Item name="encoding" label={w("encoding")}>
        <Select
          options={[
            { value: "auto", label: w("encoding_auto") },
            { value: "utf-8", label: "UTF-8" },
            { value: "gb18030", label: "GB18030 / GBK" },
          ]}
        />
      </Form.Item>
    </>
  );
}

type Choose = {
  label: string;
  accept: string;
  multiple?: boolean;
  onChoose: (files: File[]) => void;
};

function ChooseFiles({ label, accept, multiple, onChoose }: Choose) {
  const id = useId();
  return (
    <div className={styles.files}>
      <label htmlFor={id}>{label}</label>
      <FileInput id={id} accept={accept} multiple={multiple} onChange={onChoose} />
    </div>
  );
}

/** First the files travel, which the browser knows; then they are read, which the server tells. */
function HowFar({ once, sent }: { once: string; sent: number }) {
  const w = useWords(importWords);
  const travelled = sent >= 1;
  const { data } = useQuery({ ...progressQuery(once), enabled: travelled && once !== "" });
  return (
    <div role="status" className={styles.files}>
      <span>{travelled ? w("reading", { count: data?.done ?? 0 }) : w("sending")}</span>
      <Progress percent={Math.floor(sent * 100)} status="active" />
    </div>
  );
}
