/** What was typed and not yet sent is not dropped without a question 未保存提醒. */
import { App } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useBlocker } from "react-router";
import { useLanguage } from "@/lib/language";
import { sayIn } from "@/lib/words";
import { uiWords } from "./words";

/** Tells whether a form on screen holds something that was not sent. */
type Holds = () => boolean;

const forms = new Set<Holds>();
let going = false;
/**
 * The question that is open, if one is: there is never a second one over it. It is about one form,
 * or about whatever stands on the page.
 */
let asked: { about: object | undefined; destroy: () => void } | undefined;

const anything = () => [...forms].some((holds) => holds());
const unsaved = () => !going && anything();

/** Where an act leads once it is done nothing is asked: what was typed has been sent. */
export function unasked(go: () => void): void {
  going = true;
  try {
    go();
  } finally {
    going = false;
  }
}

/** Before a fresh page takes the place of this one on purpose, such as after signing out. */
export function letGo(): void {
  forms.clear();
}

function useAsk() {
  const { modal } = App.useApp();
  const language = useLanguage();
  return useCallback(
    (go: () => void, { about, stay }: { about?: object; stay?: () => void } = {}) => {
      const w = sayIn(uiWords, language);
      asked?.destroy();
      const question = modal.confirm({
        title: w("drop_typed"),
        content: w("drop_means"),
        okText: w("drop"),
        okButtonProps: { danger: true },
        cancelText: w("go_on"),
        focusable: { autoFocusButton: "cancel" },
        onOk: go,
        ...(stay && { onCancel: stay }),
      });
      asked = { about, destroy: question.destroy };
      return question;
    },
    [modal, language],
  );
}

/** Says of a form what it holds; gives back a way out of it that asks when that would be lost. */
export function useUnsaved(holds: Holds): (go: () => void) => void {
  const newest = useRef(holds);
  const ask = useAsk();
  useEffect(() => {
    newest.current = holds;
  });
  useEffect(() => {
    const one = () => newest.current();
    forms.add(one);
    return () => {
      forms.delete(one);
      // What it asked about is gone.
      if (asked?.about ? asked.about === newest : !anything()) asked?.destroy();
    };
  }, []);
  return (go) => void (holds() ? ask(go, { about: newest }) : go());
}

/** The same for what would take everything away that stands on the page. */
export function useUnsavedAnywhere(): (go: () => void) => void {
  const ask = useAsk();
  return (go) => void (unsaved() ? ask(go) : go());
}

/** Stands once around all pages: asks before another page, the browser before it goes itself. */
export function UnsavedGuard() {
  const ask = useAsk();
  const { state, proceed, reset } = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && unsaved(),
  );
  useEffect(() => {
    if (state !== "blocked") return;
    const question = ask(proceed, { stay: reset });
    return question.destroy;
  }, [state, proceed, reset, ask]);
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => {
      if (unsaved()) event.preventDefault();
    };
    addEventListener("beforeunload", hold);
    return () => removeEventListener("beforeunload", hold);
  }, []);
  return null;
}
