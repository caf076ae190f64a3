/** The documents of a departure: those issued, and those that can be 离职文书. */
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { lazy, Suspense, useState } from "react";
import {
  documentsOf,
  fileOf,
  issueDocument,
  offersOf,
  previewDocument,
  type Offer,
  type Wanted,
} from "@/api/documents";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { openFile } from "@/lib/open";
import { asProblem, explain, inOneLine } from "@/lib/problem";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { AskSignatures, isBeingSigned } from "@/ui/record/AskSignatures";
import { DocumentRows } from "@/ui/record/DocumentRows";
import type { Filled } from "@/ui/record/PaperDialog";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { useAct } from "@/ui/useAct";
import styles from "./departure.module.css";
import { departureWords } from "./words";

const PaperDialog = lazy(async () => {
  const { PaperDialog } = await import("@/ui/record/PaperDialog");
  return { default: PaperDialog };
});

export function Papers({ departure }: { departure: string }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const can = useCan();
  const subject = `departure/${departure}`;
  const issued = useQuery({
    queryKey: ["documents", subject],
    queryFn: () => documentsOf({ subject }),
    enabled: can("document.read"),
  });
  if (!can("document.read")) return null;
  return (
    <Panel title={w("papers")}>
      <Loaded query={issued}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.fine}>
              {w(can("document.issue") ? "no_papers" : "no_papers_for_you")}
            </p>
          ) : (
            <DocumentRows
              of={items}
              fileOf={fileOf}
              action={(row) =>
                can("signing.request") && !isBeingSigned(row.signing) ? (
                  <AskSignatures document={row.id} called={`${row[language]} ${row.number}`} />
                ) : null
              }
            />
          )
        }
      </Loaded>
      {can("document.issue") && <Offers departure={departure} />}
    </Panel>
  );
}

function Offers({ departure }: { departure: string }) {
  const w = useWords(departureWords);
  const query = useQuery({
    queryKey: ["documents", "offers", departure],
    queryFn: () => offersOf(departure),
  });
  return (
    <section className={styles.reasons} aria-label={w("papers_to_issue")}>
      <h3>{w("papers_to_issue")}</h3>
      <Loaded query={query}>
        {(offers) => (
          <ul className={styles.rows}>
            {offers.map((offer) => (
              <OneOffer key={offer.kind} of={offer} departure={departure} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function OneOffer({ of, departure }: { of: Offer; departure: string }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const wanted = { kind: of.kind, about: { departure } };
  const preview = usePreview(wanted);
  const issue = useAct({
    run: (filled: Filled, headers) => issueDocument({ ...wanted, ...filled }, headers),
    done: w("paper_issued"),
    refresh: [["documents"], ["departures"]],
    inline: asking,
  });
  const no = of.in_the_way;
  const help = language === "zh" ? no?.remedy : no?.remedy_en;
  const why = no && inOneLine([no[language], help], language);
  const isForm = of.form.length > 0;
  const title = of.issued > 0 ? w("paper_again_of", { paper: of[language] }) : of[language];
  return (
    <li>
      <span className={styles.grow}>
        {of[language]}
        <small>{no ? why : of.number}</small>
      </span>
      <Button
        onClick={() => (isForm ? setAsking(true) : void preview.run())}
        loading={preview.busy}
        disabled={isForm && Boolean(no)}
      >
        {w("paper_preview")}
      </Button>
      <Button
        type={of.issued === 0 ? "primary" : "default"}
        disabled={Boolean(no)}
        loading={issue.isPending && !asking}
        onClick={() =>
          isForm || of.issued > 0 ? setAsking(true) : issue.mutate({ typed: {}, because: "" })
        }
      >
        {w(of.issued > 0 ? "paper_again" : "paper_issue")}
      </Button>
      {asking && isForm && (
        <Suspense>
          <PaperDialog
            title={title}
            form={of.form}
            filled={of.filled}
            again={of.issued > 0}
            preview={(filled) => previewDocument({ ...wanted, typed: filled.typed })}
            issue={(filled) => issue.mutateAsync(filled)}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
      <ReasonDialog
        open={asking && !isForm}
        title={title}
        confirm={w("paper_again")}
        onConfirm={(because) => issue.mutateAsync({ typed: {}, because })}
        onClose={() => setAsking(false)}
      >
        <p>{w("paper_again_means")}</p>
      </ReasonDialog>
    </li>
  );
}

function usePreview(wanted: Wanted) {
  const { message } = App.useApp();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      openFile(await previewDocument(wanted));
    } catch (thrown) {
      const { title, remedy } = explain(asProblem(thrown), language);
      void message.error(inOneLine([title, remedy], language), 6);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}
