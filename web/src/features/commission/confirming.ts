/** What a payee is told about the day by which he confirms 确认期限. */
import type { MyConfirmations } from "@/api/confirmations";
import type { CommissionMonth, Statement } from "./calls";

export type Banner = {
  key: "ahead" | "last" | "past" | "answered";
  type: "info" | "warning" | "error" | "success";
  day: string;
  /** Days left. */
  days: number;
  /** Lines that wait for him. */
  count: number;
};

/** How few days are soon. */
const SOON = 1;

/** Nothing for whoever is not asked, or reads somebody else's statement. */
export function bannerOf({ asked, may }: Pick<Statement, "asked" | "may">): Banner | undefined {
  if (!asked || !may.includes("confirm")) return undefined;
  const { confirm_by: day, days_left: days, waiting: count } = asked;
  const told = { day, days, count };
  if (count === 0) return { key: "answered", type: "success", ...told };
  if (days < 0) return { key: "past", type: "error", ...told };
  if (days === 0) return { key: "last", type: "warning", ...told };
  return { key: "ahead", type: days <= SOON ? "warning" : "info", ...told };
}

/** What opens first: the month that waits longest for one’s word, else the newest there is. */
export function monthShown(
  months: readonly Pick<CommissionMonth, "month" | "stage">[],
  own: readonly Pick<MyConfirmations["own"][number], "month" | "waiting">[],
): string | undefined {
  const waits = own.find(({ waiting }) => waiting > 0);
  const newest = months.find(({ stage }) => stage !== "open") ?? months[0];
  return waits?.month ?? newest?.month;
}
