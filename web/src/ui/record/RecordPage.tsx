/** The page of one record: head, facts at the top, the rest in tabs 记录页. */
import type { ReactNode } from "react";
import { Facts, type Fact } from "../Facts";
import { PageHeader } from "../PageHeader";
import type { Crumb } from "../pageTitle";
import { Panel } from "../Panel";
import { RecordTabs, type RecordTab } from "./RecordTabs";

type Props = {
  title: string;
  trail: readonly Crumb[];
  tags?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  /** Above the facts: a warning, or the progress of a process. */
  lead?: ReactNode;
  facts: readonly Fact[];
  tabs?: readonly RecordTab[];
};

export function RecordPage(props: Props) {
  const { title, trail, tags, note, actions, lead, facts, tabs } = props;
  return (
    <>
      <PageHeader title={title} trail={trail} tags={tags} note={note} actions={actions} />
      {lead}
      <Panel>
        <Facts of={facts} />
      </Panel>
      {tabs && tabs.length > 0 && (
        <Panel>
          <RecordTabs of={tabs} />
        </Panel>
      )}
    </>
  );
}
