/** Greets, and says in what capacity one is here 工作台页. */
import { useSession } from "@/api/session";
import { today } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { Facts } from "@/ui/Facts";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { deskWords } from "./words";

export function Component() {
  const w = useWords(deskWords);
  const { login, roles } = useSession();
  const language = useLanguage();
  const leaving = login.mode === "handover";
  const mode = (
    <StatusTag tone={leaving ? "warn" : "good"}>
      {w(leaving ? "mode_handover" : "mode_normal")}
    </StatusTag>
  );
  return (
    <>
      <PageHeader title={w("title")} note={w("today", { day: today() })} />
      <Panel title={w("greeting", { name: login.name })}>
        <Facts
          of={[
            { label: w("number"), value: login.number },
            { label: w("roles"), value: roles.map((role) => role[language]).join("、") },
            { label: w("mode"), value: mode },
          ]}
        />
      </Panel>
    </>
  );
}
