/** The company's certificate authority and the seals of its legal entities 签署证书页. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useCan } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import { words } from "@/lib/words";
import { Facts } from "@/ui/Facts";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemNote } from "@/ui/ProblemNote";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import {
  authorityQuery,
  certificateFile,
  foundAuthority,
  makeSeal,
  type Authority,
} from "./calls";
import styles from "./signing.module.css";

const certificateWords = words({
  title: ["签署证书", "Certificates for signing"],
  note: [
    "公司自有的证书机构为员工签名密钥和电子印章颁发证书。",
    "The company's own authority certifies people's keys and the company's seals.",
  ],
  limits: [
    "自有证书证明签署后未被改动、由哪把密钥签署；它不由持牌认证机构颁发，对方须事先信任公司证书。",
    "They prove whose key signed and that nothing changed; no licensed authority issued them.",
  ],
  key_file: [
    "公司密钥以数据库之外的文件 keys/signing.key 封存，一般备份不含它，请另行保管副本。",
    "The company’s keys are sealed with keys/signing.key, which plain backups lack: keep a copy.",
  ],
  authority: ["证书机构", "Authority"],
  none: ["尚未建立。", "There is none yet."],
  found: ["建立签署证书", "Found the authority"],
  founded: ["签署证书已建立", "The authority was founded"],
  print: ["证书指纹（SHA-256）", "Fingerprint, SHA-256"],
  since: ["建立时间", "Since"],
  until: ["有效期至", "Valid until"],
  download: ["下载公司证书（PEM）", "Download the certificate (PEM)"],
  seals: ["电子印章", "Electronic seals"],
  no_seal: ["未制作", "none yet"],
  make: ["制作电子印章", "Make the seal"],
  made: ["电子印章已制作", "The seal was made"],
});

export function Component() {
  const w = useWords(certificateWords);
  return (
    <>
      <PageHeader title={w("title")} note={w("note")} />
      <Loaded query={useQuery(authorityQuery)}>{(found) => <Parts of={found} />}</Loaded>
    </>
  );
}

function Parts({ of }: { of: Authority }) {
  const w = useWords(certificateWords);
  const may = useCan()("system.manage");
  const found = useAct({
    run: (_: unknown, headers) => foundAuthority(headers),
    done: w("founded"),
    refresh: [["signing-authority"]],
    inline: true,
  });
  return (
    <>
      <Panel title={w("authority")}>
        {of.fingerprint ? (
          <>
            <Facts
              of={[
                {
                  label: w("print"),
                  value: <span className={styles.digest}>{of.fingerprint}</span>,
                  wide: true,
                },
                { label: w("since"), value: of.made_at && formatMoment(of.made_at) },
                { label: w("until"), value: of.valid_until && formatMoment(of.valid_until) },
              ]}
            />
            <p>
              <a href={certificateFile} download>
                {w("download")}
              </a>
            </p>
          </>
        ) : (
          <>
            <p>{w("none")}</p>
            <ProblemNote problem={found.error} />
            {may && (
              <Button type="primary" loading={found.isPending} onClick={() => found.mutate({})}>
                {w("found")}
              </Button>
            )}
          </>
        )}
        <Alert type="info" showIcon title={w("limits")} description={w("key_file")} />
      </Panel>
      <Panel title={w("seals")}>
        <Seals of={of} may={may} />
      </Panel>
    </>
  );
}

function Seals({ of, may }: { of: Authority; may: boolean }) {
  const w = useWords(certificateWords);
  const act = useAct({
    run: (entity: string, headers) => makeSeal(headers, entity),
    done: w("made"),
    refresh: [["signing-authority"]],
    inline: true,
  });
  return (
    <>
      <ul className={styles.rows}>
        {of.seals.map((seal) => (
          <li key={seal.entity_id}>
            <span className={styles.grow}>
              {seal.entity}
              {seal.fingerprint && <small className={styles.digest}>{seal.fingerprint}</small>}
            </span>
            {seal.valid_until ? (
              <StatusTag tone="good">
                {`${w("until")} ${formatMoment(seal.valid_until)}`}
              </StatusTag>
            ) : (
              <StatusTag tone="plain">{w("no_seal")}</StatusTag>
            )}
            {!seal.fingerprint && of.fingerprint && may && (
              <Button loading={act.isPending} onClick={() => act.mutate(seal.entity_id)}>
                {w("make")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote problem={act.error} />
    </>
  );
}
