/** The head of a page: its name, one line of explanation, its actions 页头. */
import type { ReactNode } from "react";
import styles from "./PageHeader.module.css";
import { usePageTitle, type Crumb } from "./pageTitle";

type Props = {
  title: string;
  /** What the shell and the browser tab call the page, where the title is a greeting. */
  place?: string;
  /** Where the page stands, for the crumbs in the shell. */
  trail?: readonly Crumb[];
  /** Beside the title: number and states. */
  tags?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
};

/** What fits the bar of a phone, in characters; what is longer stands on the page as well. */
const BAR = 14;

export function PageHeader({ title, place = title, trail, tags, note, actions }: Props) {
  usePageTitle(place, trail);
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <div className={styles.line}>
          <h1 className={styles.title} data-long={title.length > BAR || undefined}>
            {title}
          </h1>
          {tags}
        </div>
        {note && <p className={styles.note}>{note}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
