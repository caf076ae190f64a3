/** The public page that checks evidence in the browser and sends nothing anywhere 公开验证页. */
import { Alert, Input } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLanguage, useWords } from "@/lib/language";
import { inLanguage, type Pair } from "@/lib/words";
import { Brand } from "@/ui/Brand";
import { FileInput } from "@/ui/FileInput";
import { LanguageSwitch } from "@/ui/LanguageSwitch";
import { usePageTitle } from "@/ui/pageTitle";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { PHONE } from "@/ui/useNarrow";
import { certificatesOf } from "./engine/certificates";
import { conditionOf, type Condition } from "./engine/condition";
import { examine } from "./engine/examine";
import { isForeign, kindOf, type Foreign, type Kind } from "./engine/kind";
import { Policy } from "./engine/notes";
import { weightOf, type Report } from "./engine/verdict";
import { findingWords, placeWords } from "./findingWords";
import { Records } from "./Records";
import { tones } from "./tones";
import styles from "./verify.module.css";
import { verdictShort, verdictWords, verifyWords } from "./words";

const MOST = 200;
/** What no bundle is larger than. */
const LONGEST = 512 * 1024 * 1024;

/** A policy, or the one line of a key; nothing when nothing was pasted. */
function trustOf(text: string): Policy | undefined {
  const plain = text.replace(/\r\n/g, "\n").trim();
  if (plain === "") return undefined;
  const isKey = !plain.includes("\n") && !/\s/.test(plain);
  return new Policy(isKey ? `log ${plain}\nquorum none\n` : `${plain}\n`);
}

function useTrust(text: string) {
  return useMemo(() => {
    try {
      return { policy: trustOf(text), isBad: false };
    } catch {
      return { policy: undefined, isBad: true };
    }
  }, [text]);
}

/** Certificates that were pasted. */
function useCertificates() {
  const [text, setText] = useState("");
  const read = useMemo(() => {
    try {
      const all = certificatesOf(text);
      return { all, isBad: all.length === 0 && text.trim() !== "" };
    } catch {
      return { all: [], isBad: true };
    }
  }, [text]);
  return { text, setText, ...read };
}

export function Component() {
  const w = useWords(verifyWords);
  usePageTitle(w("title"));
  const [text, setText] = useState("");
  const [signers, clocks] = [useCertificates(), useCertificates()];
  const [file, setFile] = useState<{ name: string; data: Uint8Array; at: number }>();
  const { policy, isBad } = useTrust(text);
  const report = useMemo(
    () =>
      file && !isBad
        ? examine(file.data, policy, file.at, {
            signers: signers.all,
            clocks: clocks.all,
            now: file.at,
          })
        : undefined,
    [file, policy, isBad, signers.all, clocks.all],
  );
  const shown = useRef<HTMLDivElement>(null);
  // On a phone the verdict appears below the fold, where nobody would see that it is there.
  useEffect(() => {
    if (file && matchMedia(`(max-width: ${PHONE}px)`).matches) shown.current?.scrollIntoView();
  }, [file]);
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <Brand />
        <LanguageSwitch />
      </header>
      <div className={styles.head}>
        <h1>{w("title")}</h1>
      </div>
      <p className={styles.note}>{w("promise")}</p>
      <Panel>
        <label className={styles.label} htmlFor="trust">
          {w("trust")}
        </label>
        <Input.TextArea
          id="trust"
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={text}
          spellCheck={false}
          status={isBad ? "error" : undefined}
          onChange={({ target }) => setText(target.value)}
        />
        <p className={styles.note}>{isBad ? w("trust_bad") : w("trust_hint")}</p>
        <Pem id="signers" label={w("signers")} hint={w("signers_hint")} of={signers} />
        <Pem id="clocks" label={w("clocks")} hint={w("clocks_hint")} of={clocks} />
        <label className={styles.label} htmlFor="bundle">
          {w("file")}
        </label>
        <FileInput
          id="bundle"
          accept=".zip,.tlog-proof,.pdf"
          onChange={([chosen]) => {
            if (chosen && chosen.size <= LONGEST) void read(chosen).then(setFile);
          }}
        />
      </Panel>
      <div role="status" ref={shown}>
        {report && file && (
          <Said of={report} kind={kindOf(file.data)} condition={conditionOf(file.data)} />
        )}
      </div>
      <p className={styles.note}>{w("other_way")}</p>
    </main>
  );
}

type PemProps = {
  id: string;
  label: string;
  hint: string;
  of: ReturnType<typeof useCertificates>;
};

function Pem({ id, label, hint, of }: PemProps) {
  const w = useWords(verifyWords);
  return (
    <>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={of.text}
        spellCheck={false}
        status={of.isBad ? "error" : undefined}
        onChange={({ target }) => of.setText(target.value)}
      />
      <p className={styles.note}>{of.isBad ? w("pem_bad") : hint}</p>
    </>
  );
}

async function read(file: File) {
  const data = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, data, at: Math.floor(Date.now() / 1000) };
}

/** What was chosen bears no proof: neither good nor bad can be said of it. */
function NoEvidence({ kind }: { kind: Foreign }) {
  const w = useWords(verifyWords);
  return (
    <Panel title={w("verdict")}>
      <p className={styles.verdict}>
        <StatusTag tone="plain">{w("no_evidence")}</StatusTag>
        {w(kind)}
      </p>
      <p className={styles.note}>{w("no_evidence_means")}</p>
    </Panel>
  );
}

/** What cannot be opened as it came: nothing is known of its content. */
function Unopened({ condition }: { condition: Exclude<Condition, "whole"> }) {
  const w = useWords(verifyWords);
  return (
    <Panel title={w("verdict")}>
      <p className={styles.verdict}>
        <StatusTag tone="warn">{w("unopened")}</StatusTag>
        {w(condition)}
      </p>
      <p className={styles.note}>{w(`${condition}_means`)}</p>
    </Panel>
  );
}

function Said({ of, kind, condition }: { of: Report; kind: Kind; condition: Condition }) {
  const w = useWords(verifyWords);
  const language = useLanguage();
  if (condition === "cut") return <Unopened condition="cut" />;
  if (isForeign(kind)) return <NoEvidence kind={kind} />;
  if (condition === "repacked") return <Unopened condition="repacked" />;
  const isUnseen = of.findings.some(({ code }) => code.endsWith(".unexamined"));
  return (
    <>
      <Panel title={w("verdict")}>
        <p className={styles.verdict}>
          <StatusTag tone={tones[of.verdict]}>
            {inLanguage(verdictShort[of.verdict], language)}
          </StatusTag>
          {inLanguage(verdictWords[of.verdict], language)}
          <code className={styles.code}>{of.verdict}</code>
        </p>
        {of.origin && (
          <p className={styles.note}>
            {w("log")} {of.origin}
          </p>
        )}
        {kind === "signed_pdf" && <p className={styles.note}>{w("signed_pdf")}</p>}
        {isUnseen && <Alert type="info" showIcon title={w("unseen")} />}
      </Panel>
      <Findings of={of} />
      <Records of={of} />
    </>
  );
}

function Findings({ of }: { of: Report }) {
  const w = useWords(verifyWords);
  const language = useLanguage();
  const say = (table: Readonly<Record<string, Pair>>, code: string) => {
    const pair = table[code];
    return pair ? inLanguage(pair, language) : code;
  };
  return (
    <Panel title={w("findings")}>
      {of.findings.length === 0 && <p className={styles.note}>{w("none")}</p>}
      <ul className={styles.list}>
        {of.findings.slice(0, MOST).map(({ code, at }) => (
          <li key={`${code} ${at}`}>
            <span className={weightOf(code) === "INVALID" ? styles.bad : undefined}>
              {say(findingWords, code)}
            </span>
            {at && <span className={styles.at}>{say(placeWords, at)}</span>}
            <code className={styles.code}>{code}</code>
          </li>
        ))}
      </ul>
      <More than={of.findings.length} />
    </Panel>
  );
}

function More({ than }: { than: number }) {
  const w = useWords(verifyWords);
  return than > MOST && <p className={styles.note}>{w("more", { count: than - MOST })}</p>;
}
