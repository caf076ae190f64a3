/** The people who take over: drop rows on them, see what it means for them 接替人卡片. */
import { App, Button, Progress } from "antd";
import { useState, type DragEvent } from "react";
import { findColleagues, type PersonName } from "@/api/people";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { Money } from "@/ui/Money";
import { Panel } from "@/ui/Panel";
import { PersonSelect, type Choosable } from "@/ui/PersonSelect";
import { StatusTag } from "@/ui/StatusTag";
import { contractsIn } from "./assigning";
import type { Line, PlanView, Share } from "./calls";
import styles from "./handover.module.css";
import { DRAGGED } from "./dragged";
import { handoverWords } from "./words";

type Props = {
  of: PlanView;
  people: readonly PersonName[];
  chosen: Line[];
  mayEdit: boolean;
  onAssign: (lines: Line[], successor: string) => void;
  onClear: (successor: string) => void;
  onCall: (person: PersonName) => void;
};

export function Successors({ of, people, mayEdit, onCall, ...rest }: Props) {
  const w = useWords(handoverWords);
  const [seen, setSeen] = useState<Choosable[]>([]);
  async function search(q: string) {
    const found = await findColleagues(q);
    setSeen(found);
    return found;
  }
  return (
    <Panel title={w("successors")}>
      <ul className={styles.people}>
        {people.map((person) => (
          <Card
            key={person.id}
            person={person}
            share={of.preview.shares.find(({ successor }) => successor.id === person.id)}
            mayEdit={mayEdit}
            {...rest}
          />
        ))}
      </ul>
      {mayEdit && (
        <label className={styles.call}>
          {w("call_in")}
          <PersonSelect
            search={search}
            onChange={(id) => {
              const person = seen.find((one) => one.id === id);
              if (person) onCall(person);
            }}
          />
        </label>
      )}
    </Panel>
  );
}

type CardProps = Pick<Props, "chosen" | "mayEdit" | "onAssign" | "onClear"> & {
  person: PersonName;
  share: Share | undefined;
};

function Card({ person, share, chosen, mayEdit, onAssign, onClear }: CardProps) {
  const w = useWords(handoverWords);
  const { modal } = App.useApp();
  const [over, setOver] = useState(false);
  const ask = ({ moves }: Share) =>
    void modal.confirm({
      title: w("clear_share_title", { name: person.name }),
      content: w("clear_share_means", { name: person.name, count: moves.items }),
      okText: w("clear_share"),
      cancelText: w("cancel"),
      onOk: () => onClear(person.id),
    });
  const carries = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED);
  const target = mayEdit && {
    onDragOver: (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!carries(event)) return;
      event.preventDefault();
      onAssign(JSON.parse(event.dataTransfer.getData(DRAGGED)) as Line[], person.id);
    },
  };
  return (
    <li className={`${styles.person} ${over ? styles.over : ""}`} {...target}>
      <p>
        <strong>{person.name}</strong> {person.number} {over && w("drop_here")}
      </p>
      {share ? <ShareFacts of={share} /> : <p className={styles.fine}>{w("no_share")}</p>}
      {mayEdit && (
        <p className={styles.cardButtons}>
          {chosen.length > 0 && (
            <Button type="primary" size="small" onClick={() => onAssign(chosen, person.id)}>
              {w("assign_chosen", { count: chosen.length })}
            </Button>
          )}
          {share && (
            <Button
              size="small"
              type="link"
              aria-label={w("clear_share_of", { name: person.name })}
              onClick={() => ask(share)}
            >
              {w("clear_share")}
            </Button>
          )}
        </p>
      )}
    </li>
  );
}

/** How much comes; contracts are named beside customers, since some go apart from theirs. */
function shareOf(moves: Share["moves"], w: Say<typeof handoverWords>) {
  const { customers, items } = moves;
  const contracts = contractsIn(moves);
  if (contracts === 0) return w("share", { customers, items });
  if (customers === 0) return w("share_contracts", { contracts, items });
  return w("share_both", { customers, contracts, items });
}

function ShareFacts({ of: { moves, load } }: { of: Share }) {
  const w = useWords(handoverWords);
  const limit = load?.capacity;
  const full = load && typeof limit === "number" ? load.after > limit : false;
  const told =
    load &&
    (typeof limit === "number"
      ? w("load", { ...load, capacity: limit })
      : w("load_free", { before: load.before, after: load.after }));
  return (
    <>
      <p>{shareOf(moves, w)}</p>
      <p>
        {w("receivable")} <Money of={moves.receivable_open} />
      </p>
      {moves.overdue.amount !== "0.00" && (
        <p className={styles.late}>
          {w("overdue")} <Money of={moves.overdue} />
        </p>
      )}
      {load && (
        <>
          {typeof limit === "number" && (
            <Progress
              percent={Math.min(100, Math.round((load.after * 100) / Math.max(1, limit)))}
              status={full ? "exception" : "normal"}
              showInfo={false}
              size="small"
              aria-label={told ?? ""}
            />
          )}
          <p className={styles.fine}>
            {told} {full && <StatusTag tone="bad">{w("over")}</StatusTag>}
          </p>
        </>
      )}
    </>
  );
}
