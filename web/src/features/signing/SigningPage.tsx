/** One document being signed: what it says, who has signed, and signing it 签署页. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { signedFileOf, verdictQuery } from "@/api/signings";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { addressOf } from "@/lib/subject";
import { Facts } from "@/ui/Facts";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import { useNarrow } from "@/ui/useNarrow";
import { certificateFile, receiptOf, scanOf, signingQuery, type Signing, type Step } from "./calls";
import type { Stroke } from "./drawing";
import { RATIO, UNITS } from "./drawing";
import { Mine } from "./Mine";
import { Lines } from "./Pad";
import { Run } from "./Run";
import styles from "./signing.module.css";
import { signingWords } from "./words";

const tones: Record<string, Tone> = {
  open: "busy",
  complete: "good",
  refused: "bad",
  expired: "bad",
  withdrawn: "plain",
};

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(signingQuery(id));
  return (
    <Loaded whole query={query}>
      {(signing) => <Page of={signing} />}
    </Loaded>
  );
}

function Page({ of }: { of: Signing }) {
  const w = useWords(signingWords);
  const language = useLanguage();
  const about = addressOf(of.subject);
  const trail = about ? [{ label: of.employee.name, to: about }] : [];
  return (
    <>
      <PageHeader
        title={`${of[language]} ${of.number}`}
        trail={trail}
        tags={
          <StatusTag tone={tones[of.standing] ?? "plain"}>{of[`standing_${language}`]}</StatusTag>
        }
      />
      <Panel title={w("document")}>
        <Document of={of} />
      </Panel>
      <Panel title={w("who")}>
        <Seats of={of} />
      </Panel>
      {of.mine && of.standing === "open" && <Mine of={of} mine={of.mine} />}
      <Panel title={w("steps")}>
        <Steps of={of} />
      </Panel>
      <Panel title={w("verdict")}>
        <Verdict id={of.id} />
      </Panel>
      {of.may_run && <Run of={of} />}
    </>
  );
}

function Document({ of }: { of: Signing }) {
  const w = useWords(signingWords);
  const narrow = useNarrow();
  const file = signedFileOf(of.id);
  return (
    <>
      <Facts
        of={[
          { label: w("about"), value: `${of.employee.name} ${of.employee.number}` },
          { label: w("asked_by"), value: of.requested_by?.name },
          { label: w("deadline"), value: formatMoment(of.deadline) },
          {
            label: w("digest"),
            value: <span className={styles.digest}>{of.digest}</span>,
            wide: true,
          },
        ]}
      />
      <p className={styles.tools}>
        <a href={file} target="_blank" rel="noreferrer">
          {w("read")}
        </a>
        {of.inside && (
          <a href={file} download={`${of.number}.pdf`}>
            {w("download")}
          </a>
        )}
      </p>
      {!narrow && (
        <object
          key={of.digest}
          className={styles.viewer}
          data={file}
          type="application/pdf"
          aria-label={w("document")}
        >
          <p className={styles.fine}>{w("no_viewer")}</p>
        </object>
      )}
    </>
  );
}

const seatTones: Record<string, Tone> = { open: "busy", signed: "good", refused: "bad" };
const seatStates = ["waiting", "open", "signed", "refused", "over"] as const;

function Seats({ of }: { of: Signing }) {
  const w = useWords(signingWords);
  const language = useLanguage();
  return (
    <ul className={styles.rows}>
      {of.seats.map((seat) => {
        const state = seatStates.find((one) => one === seat.state);
        return (
          <li key={seat.no}>
            <span className={styles.grow}>
              {seat[`role_${language}`]} ·{" "}
              {seat.person ? `${seat.person.name} ${seat.person.number}` : w("company")}
              <small>{w("at_least", { level: seat[`level_${language}`] })}</small>
            </span>
            {seat.reminded_at && seat.state === "open" && (
              <StatusTag tone="warn">{w("reminded")}</StatusTag>
            )}
            <StatusTag tone={seatTones[seat.state] ?? "plain"}>
              {state ? w(`state_${state}`) : seat.state}
            </StatusTag>
          </li>
        );
      })}
    </ul>
  );
}

function Steps({ of }: { of: Signing }) {
  const w = useWords(signingWords);
  if (of.steps.length === 0) return <p className={styles.fine}>{w("no_steps")}</p>;
  return (
    <ul className={styles.rows}>
      {of.steps.map((step) => (
        <OneStep key={step.no} of={of} step={step} />
      ))}
    </ul>
  );
}

function OneStep({ of, step }: { of: Signing; step: Step }) {
  const w = useWords(signingWords);
  const language = useLanguage();
  const seat = of.seats.find(({ no }) => no === step.seat);
  const name = seat ? (seat.person?.name ?? w("company")) : (step.by?.name ?? "");
  const did =
    step.what === "refused"
      ? w("step_refused")
      : step.what === "withdrawn"
        ? w("step_withdrawn")
        : w("step_signed", { level: step[`level_${language}`] });
  return (
    <li>
      <span className={styles.grow}>
        {name} · {did}
        {step.reason && w("because", { reason: step.reason })}
        <small>
          {formatMoment(step.at)}
          {step.kept_at && ` · ${w("kept_at", { place: step.kept_at })}`}
          {step.typed && ` · ${step.typed}`}
        </small>
        <span className={styles.digest}>SHA-256 {step.digest}</span>
      </span>
      {step.strokes.length > 0 && (
        <svg
          className={styles.drawn}
          viewBox={`0 0 ${UNITS} ${UNITS / RATIO}`}
          role="img"
          aria-label={w("drawn_by", { name })}
        >
          <Lines of={step.strokes as Stroke[]} />
        </svg>
      )}
      {step.scan && (
        <a href={scanOf(of.id, step.no)} target="_blank" rel="noreferrer">
          {w("scan")}
        </a>
      )}
      <a href={receiptOf(of.id, step.no)} download>
        {w("receipt")}
      </a>
    </li>
  );
}

function Verdict({ id }: { id: string }) {
  const w = useWords(signingWords);
  const language = useLanguage();
  return (
    <Loaded query={useQuery(verdictQuery(id))}>
      {(verdict) =>
        verdict.signatures.length === 0 ? (
          <p className={styles.fine}>{w("verdict_none")}</p>
        ) : (
          <>
            <p>
              <StatusTag tone={verdict.valid ? "good" : "bad"}>
                {w(verdict.valid ? "verdict_good" : "verdict_bad")}
              </StatusTag>
            </p>
            <ul className={styles.rows}>
              {verdict.signatures.map((one) => (
                <li key={one.fingerprint}>
                  <span className={styles.grow}>
                    {one.holder}
                    <small>
                      {one.kind === "document_timestamp" && `${w("over_all")} · `}
                      {one.at && formatMoment(one.at)} · {one.level} ·{" "}
                      {w("issuer", { issuer: one.issuer })} ·{" "}
                      {one.stamped_at &&
                        `${w("stamped", {
                          at: formatMoment(one.stamped_at),
                          by: one.stamped_by ?? "",
                        })} · `}
                      {one.covers_all ? w("covers") : w("later", { count: one.added_later })}
                    </small>
                    {(language === "zh" ? one.forbidden : one.forbidden_en).map((what) => (
                      <small key={what}>{what}</small>
                    ))}
                  </span>
                  <StatusTag tone={one.state === "valid" ? "good" : "bad"}>
                    {one[language]}
                  </StatusTag>
                </li>
              ))}
            </ul>
            <a href={certificateFile} download>
              {w("certificate")}
            </a>
          </>
        )
      }
    </Loaded>
  );
}
