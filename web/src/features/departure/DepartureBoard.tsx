/** Departures by stage 离职看板. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link, useNavigate } from "react-router";
import { useCan, useSession } from "@/api/session";
import { daysBetween } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { Loading } from "@/ui/Loading";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { boardPage, type BoardItem } from "./calls";
import styles from "./departure.module.css";
import { byStage, ownOpen, stages } from "./stages";
import { departureWords } from "./words";

export function Component() {
  const w = useWords(departureWords);
  const can = useCan();
  const navigate = useNavigate();
  const query = useInfiniteQuery({
    queryKey: ["departures", "board"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => boardPage(pageParam),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const runs = can("departure.run");
  const own = ownOpen(items, useSession().login.employee_id);
  const file = can("departure.file") && (
    <Button type="primary" onClick={() => void navigate("/departures/new")}>
      {w(runs ? "file" : "file_own")}
    </Button>
  );
  // Whoever files for himself alone has nothing to file a second time.
  const mine = own && !runs && <Link to={`/departures/${own.id}`}>{w("my_own")}</Link>;
  return (
    <>
      <PageHeader title={w("departures")} note={w("board_note")} actions={mine || file} />
      {query.isPending && <Loading />}
      {query.isError && (
        <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && items.length === 0 && (
        <Panel>
          <EmptyState title={w("none")} why={w("none_why")} next={file} />
        </Panel>
      )}
      {items.length > 0 && <Board of={items} />}
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {w("more")}
        </Button>
      )}
    </>
  );
}

function Board({ of }: { of: readonly BoardItem[] }) {
  const w = useWords(departureWords);
  const columns = byStage(of);
  return (
    <div className={styles.board}>
      {stages.map((stage) => {
        const items = columns[stage];
        return (
          <section key={stage} className={styles.column} aria-labelledby={`stage-${stage}`}>
            <h2 id={`stage-${stage}`}>
              {w(`stage_${stage}`)} <small>{items.length}</small>
            </h2>
            {items.length === 0 && <p className={styles.fine}>{w("none_here")}</p>}
            <ul>
              {items.map((item) => (
                <Card key={item.id} of={item} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Card({ of }: { of: BoardItem }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const { today } = useSession();
  const { last_working_day: last } = of.clocks;
  const near = daysBetween(today, last) <= 7;
  return (
    <li className={styles.card}>
      <Link to={`/departures/${of.id}`}>
        {of.employee.name} {of.employee.number}
      </Link>
      <p className={styles.fine}>
        {of.number}
        <br />
        {of.department} · {of[`kind_${language}`]}
      </p>
      <p>
        {w("last_day")} <DayText of={last} distance={of.stage.key !== "closed"} />
      </p>
      {of.stage.key !== "closed" && (
        <StatusTag tone={of.customers_left === 0 ? "good" : near ? "bad" : "warn"}>
          {of.customers_left === 0
            ? w("all_moved")
            : w("customers_left", { count: of.customers_left })}
        </StatusTag>
      )}
    </li>
  );
}
