/** What the form of a plan holds, and how its fields are checked 方案表单. */
import type { FormInstance } from "antd";
import type { Rule } from "antd/es/form";
import type { Dayjs } from "dayjs";
import { fenOf, readAmount } from "@/lib/money";
import type { PlaceError } from "@/lib/problem";
import type { Say } from "@/lib/words";
import { fieldAt, type Filled } from "./planning";
import type { planWords } from "./planWords";

export type PlanValues = Filled & {
  name: string;
  adds_up: string;
  change_inside: string;
  /** Whether it pays the deal itself or an overlay. */
  overlays: "the_deal" | "overlay";
  overlay?: string;
  valid_from: Dayjs;
};

type W = Say<typeof planWords>;

export const needed = (w: W): Rule => ({ required: true, message: w("required") });

/** An amount of money; may be left out unless it is needed beside. */
export const amount = (w: W): Rule => ({
  validator: (_, typed?: string) =>
    typed?.trim() && readAmount(typed) === null
      ? Promise.reject(new Error(w("wrong_amount")))
      : Promise.resolve(),
});

/** Whether what is typed lies above what stands before it; what is no number says so itself. */
export function rises(before: string | undefined, typed: string | undefined): boolean {
  const [low, high] = [readAmount(before?.trim() || "0"), readAmount(typed ?? "")];
  return low === null || high === null || fenOf(high) > fenOf(low);
}

/** Puts the places a problem names into the form; gives the fields that took one. */
export function markPlaces(form: FormInstance, errors: readonly PlaceError[]) {
  const known = errors.flatMap(({ pointer, detail }) => {
    const name = fieldAt(pointer);
    return name ? [{ name, errors: [detail] }] : [];
  });
  form.setFields(known);
  return known.map(({ name }) => name);
}

/** Takes back what was marked. */
export function clearPlaces(form: FormInstance, names: readonly (string | number)[][]): void {
  form.setFields(names.map((name) => ({ name, errors: [] })));
}
