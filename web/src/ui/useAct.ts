/** Carries out one business act from a screen 办理. */
import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { App, type FormInstance } from "antd";
import { createElement, useRef } from "react";
import { ONCE } from "@/api/client";
import { language } from "@/lib/language";
import { inLanguage } from "@/lib/words";
import {
  asProblem,
  explain,
  fieldPath,
  inOneLine,
  placesOf,
  type Problem,
} from "@/lib/problem";
import { uuid } from "@/lib/uuid";
import { unasked } from "./unsaved";
import { uiWords } from "./words";

/** Headers of one submission; the same for its retries after a lost answer. */
export type Once = { [ONCE]: string };

type Act<Input, Output> = {
  run: (input: Input, once: Once) => Promise<Output>;
  /** What to say when it is done, perhaps by what was sent; silent when absent. */
  done?: string | ((input: Input) => string);
  /** Queries that may have changed. */
  refresh?: readonly QueryKey[];
  /** The form whose fields take the marked places. */
  form?: FormInstance;
  /** The caller shows the problem itself, so no message appears. */
  inline?: boolean;
  onDone?: (output: Output) => void;
};

type Marked = { name: (string | number)[]; value: unknown };

/** The fields of a form that the server refused, with what stood in them then. */
const refused = new WeakMap<FormInstance, readonly Marked[]>();

/** Puts the places a problem names into the form; whether any field took one. */
export function markFields(form: FormInstance, problem: Problem): boolean {
  const known = placesOf(problem, language())
    .map(({ pointer, detail }) => ({ name: fieldPath(pointer), errors: [detail] }))
    .filter(({ name }) => form.getFieldInstance(name) !== undefined);
  form.setFields(known);
  const marked = known.map(({ name }) => ({ name, value: form.getFieldValue(name) as unknown }));
  refused.set(form, marked);
  const first = known[0];
  if (first) form.scrollToField(first.name, { block: "center", focus: true });
  return known.length > 0;
}

/**
 * Takes back what the server said of fields that have changed since, or of all of them when the
 * form is sent again: it was refused of what stood there then.
 */
export function unmark(form: FormInstance, all = false): void {
  const marked = refused.get(form);
  if (!marked) return;
  const stale = ({ name, value }: Marked) => all || form.getFieldValue(name) !== value;
  form.setFields(marked.filter(stale).map(({ name }) => ({ name, errors: [] })));
  refused.set(form, marked.filter((one) => !stale(one)));
}

/** The case under which an act waits, when the server holds it until others have agreed (202). */
export function heldUnder(output: unknown): string | undefined {
  if (typeof output !== "object" || output === null || !("case_id" in output)) return undefined;
  const { id, case_id } = output as { id?: unknown; case_id: unknown };
  return id === null && typeof case_id === "string" ? case_id : undefined;
}

/** Says that nothing has happened yet, and where one sees how far it is. */
function waiting(held: string) {
  const say = (key: "held" | "see_case") => inLanguage(uiWords[key], language());
  const link = createElement("a", { href: `/cases/${held}` }, say("see_case"));
  return createElement("span", {}, say("held"), " ", link);
}

/**
 * A mutation that is sent at most once in effect, tells the outcome in words, marks wrong fields
 * and refreshes what it may have changed. What waits for an approval is not told as done. It never
 * retries by itself.
 */
export function useAct<Input = void, Output = unknown>(act: Act<Input, Output>) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const key = useRef<string>(undefined);
  return useMutation<Output, Problem, Input>({
    mutationFn: async (input) => {
      key.current ??= uuid();
      if (act.form) unmark(act.form, true);
      try {
        return await act.run(input, { [ONCE]: key.current });
      } catch (thrown) {
        throw asProblem(thrown);
      }
    },
    onSuccess: (output, input) => {
      key.current = undefined;
      for (const queryKey of act.refresh ?? []) void client.invalidateQueries({ queryKey });
      const held = heldUnder(output);
      if (held) void message.info(waiting(held), 8);
      else if (act.done) {
        void message.success(typeof act.done === "string" ? act.done : act.done(input));
      }
      unasked(() => act.onDone?.(output));
    },
    onError: (problem) => {
      // A definite no ends the submission; a lost answer leaves it open to be sent again.
      if (problem.status >= 400 && problem.status < 500) key.current = undefined;
      const marked = act.form ? markFields(act.form, problem) : false;
      if (act.inline || problem.status === 401) return;
      const { title, remedy } = explain(problem, language());
      void message.error(inOneLine([title, marked ? "" : remedy], language()), 6);
    },
  });
}
