/** What goes along and what is shown, as the person chose 披露选择. */
import type { NewBundle, Preview, PreviewRecord } from "./calls";

export type Choice = {
  /** Records chosen against the default, by index. */
  turned: ReadonlySet<number>;
  customers: boolean;
  documents: ReadonlySet<string>;
};

/** As little as the proof allows: what speaks of others stays out. */
export function minimal(preview: Preview): Choice {
  const own = preview.documents.filter(({ of_others }) => !of_others);
  return { turned: new Set(), customers: false, documents: new Set(own.map(({ id }) => id)) };
}

/** The same set with one thing put in or taken out. */
export function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

/**
 * Whether nobody can choose: what was erased cannot be shown, what one may not read oneself is kept
 * back, and items need their record.
 */
export const isFixed = (record: PreviewRecord, { customers }: Choice) =>
  record.content === "erased" || !record.readable || (customers && record.carries_items);

/** Whether the content of a record is shown. */
export function isShown(record: PreviewRecord, choice: Choice): boolean {
  if (record.content === "erased" || !record.readable) return false;
  if (isFixed(record, choice)) return true;
  return (record.content === "shown") !== choice.turned.has(record.index);
}

/** What the server is told. */
export function told(
  { up_to, records }: Preview,
  choice: Choice,
  why: Pick<NewBundle, "recipient" | "reason">,
): NewBundle {
  const turned = records.filter((one) => choice.turned.has(one.index) && !isFixed(one, choice));
  const indexes = (show: boolean) =>
    turned.filter((one) => isShown(one, choice) === show).map(({ index }) => index);
  const { customers, documents } = choice;
  const sorted = [...documents].sort();
  return {
    ...why,
    up_to,
    customers,
    documents: sorted,
    show: indexes(true),
    withhold: indexes(false),
  };
}
