/** Files on their way to the server: sent with progress, or their first rows only 文件上传. */
import { ONCE } from "@/api/client";
import { Problem, problemFrom } from "@/lib/problem";
import type { Draft, Preview } from "./calls";

/** A shipped mapping by its key, or the text of one's own. */
export type Reading = { mapping: string; text?: string; encoding: string };

type Parts = readonly (readonly [Blob, string])[];

/** Of a text file so much is enough to show its first rows. */
const HEAD_BYTES = 256 * 1024;
/** A workbook can only be read whole; a larger one is not sent twice. */
const WHOLE_BYTES = 20 * 1024 * 1024;

function filesIn(encoding: string, files: Parts) {
  const form = new FormData();
  form.append("encoding", encoding);
  for (const [file, name] of files) form.append("file", file, name);
  return form;
}

function formOf({ mapping, text, encoding }: Reading, files: Parts) {
  const form = filesIn(encoding, files);
  if (text === undefined) form.append("mapping", mapping);
  else form.append("mapping_text", text);
  return form;
}

type Sent = { path: string; form: FormData; once: string; onSent?: (share: number) => void };

/** `fetch` tells nothing while it sends, so this is the older way. */
function send<T>({ path, form, once, onSent }: Sent): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1${path}`);
    request.setRequestHeader("X-Baton", "web");
    request.setRequestHeader(ONCE, once);
    request.upload.onprogress = ({ loaded, total }) => onSent?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Problem(0));
    request.onload = () => {
      const { status, responseText } = request;
      const type = request.getResponseHeader("content-type") ?? "";
      if (status >= 200 && status < 300) {
        resolve(JSON.parse(responseText) as T);
        return;
      }
      const headers = { "content-type": type };
      void problemFrom(new Response(responseText, { status, headers })).then(reject);
    };
    request.send(form);
  });
}

/** Sends the files and how to read them; the answer names the batch. */
export function upload(
  once: string,
  reading: Reading,
  files: readonly File[],
  onSent: (share: number) => void,
) {
  const form = formOf(
    reading,
    files.map((file) => [file, file.name] as const),
  );
  const path = `/imports?progress=${encodeURIComponent(once)}`;
  return send<{ id: string | null }>({ path, form, once, onSent });
}

/** The beginning of a text file up to the end of a line: half a character would look broken. */
async function head(file: File): Promise<Blob> {
  if (file.size <= HEAD_BYTES) return file;
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return file.slice(0, bytes.lastIndexOf(10) + 1 || HEAD_BYTES);
}

const isWorkbook = ({ name }: File) => /\.xls[xm]?$/i.test(name);

/** So much of each file as is needed to see its first rows. */
function beginnings(files: readonly File[]): Promise<Parts> {
  const heads = files.map(async (file) => {
    const blob = isWorkbook(file) ? file : await head(file);
    return [blob, file.name] as const;
  });
  return Promise.all(heads);
}

/** A mapping by the column names of the files, and what was understood of each. */
export async function draftOf(once: string, encoding: string, files: readonly File[]) {
  const form = filesIn(encoding, await beginnings(files));
  return send<Draft>({ path: "/import-draft", form, once });
}

/** The first rows of the files as they would be read; large workbooks are left out. */
export async function previewOf(once: string, reading: Reading, files: readonly File[]) {
  const shown = files.filter((file) => !isWorkbook(file) || file.size <= WHOLE_BYTES);
  if (shown.length === 0) return [];
  const form = formOf(reading, await beginnings(shown));
  return (await send<{ items: Preview[] }>({ path: "/import-preview", form, once })).items;
}
