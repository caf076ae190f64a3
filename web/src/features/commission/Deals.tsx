/** Contracts as plans see them: product, margin, and who is credited 合同与业绩. */
import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { useWords } from "@/lib/language";
import { clauses, listed, named } from "@/lib/marks";
import { formatMoney } from "@/lib/money";
import { percentOf } from "@/lib/percent";
import type { Say } from "@/lib/words";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { dealsQuery, type Deal } from "./calls";
import styles from "./commission.module.css";
import { CreditForm } from "./CreditForm";
import { CreditingPanel } from "./CreditingPanel";
import { DescribeForm } from "./DescribeForm";
import { dealWords } from "./dealWords";
import { Places } from "./Places";

type Open = { form: "describe" | "credit"; deal: Deal };

export function Component() {
  const w = useWords(dealWords);
  const [params] = useSearchParams();
  const customer = params.get("customer") ?? undefined;
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<Open>();
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = useQuery(dealsQuery(search, customer));
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHeader
        title={w("deals")}
        trail={[{ label: w("title"), to: "/commission" }]}
        note={w("note")}
      />
      <Places />
      <CreditingPanel />
      <Panel
        title={w("contract")}
        extra={
          <Input.Search
            className={styles.search}
            allowClear
            placeholder={w("search")}
            enterButton={<Button icon={<SearchOutlined />} aria-label={w("search")} />}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onSearch={(text) => setSearch(text.trim())}
          />
        }
      >
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <p className={styles.fine}>{w("none")}</p>
            ) : (
              <ul className={styles.lines}>
                {items.map((deal) => (
                  <Row key={deal.id} of={deal} onOpen={setOpen} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
      {open?.form === "describe" && <DescribeForm of={open.deal} onClose={close} />}
      {open?.form === "credit" && <CreditForm of={open.deal} onClose={close} />}
    </>
  );
}

/** `负责人 70%、李四 30%；售前：王五 100%` */
export function creditSays(credit: Deal["credit"], w: Say<typeof dealWords>): string {
  if (!credit) return w("by_rule");
  const share = ({ person, share: part }: { person?: { name: string } | null; share: number }) =>
    `${person?.name ?? w("owner")} ${percentOf(part)}`;
  const beside = credit.overlays.map(
    ({ name, members }) => named(name, listed(members.map(share))),
  );
  return clauses([listed(credit.direct.map(share)), ...beside]);
}

function Row({ of, onOpen }: { of: Deal; onOpen: (open: Open) => void }) {
  const w = useWords(dealWords);
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <strong className={styles.customer}>
          {of.number} · {of.title}
        </strong>
        <span className={styles.pay}>{formatMoney(of.amount)}</span>
      </div>
      <p className={styles.facts}>
        <span>{of.customer}</span>
        <span>
          {w("signed_on")} {of.signed_on}
        </span>
        <span>
          {w("product")} {of.product || "—"}
        </span>
        <span>
          {w("margin")} {of.margin ? formatMoney(of.margin) : "—"}
        </span>
        <span>
          {w("credited")} {creditSays(of.credit, w)}
        </span>
      </p>
      <span className={styles.buttons}>
        <Button size="small" onClick={() => onOpen({ form: "describe", deal: of })}>
          {w("describe")}
        </Button>
        <Button size="small" onClick={() => onOpen({ form: "credit", deal: of })}>
          {w("credit")}
        </Button>
      </span>
    </li>
  );
}
