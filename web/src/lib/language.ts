/** The language of the screen 界面语言, kept in this browser. Chinese unless chosen otherwise. */
import { useSyncExternalStore } from "react";
import { sayIn, type Language, type Say, type Words } from "./words";

const KEY = "baton.language";
const listeners = new Set<() => void>();

let current: Language = globalThis.localStorage?.getItem(KEY) === "en" ? "en" : "zh";

export function language(): Language {
  return current;
}

/** The value of the `lang` attribute. */
export function languageTag(of: Language = current): string {
  return of === "zh" ? "zh-CN" : "en";
}

export function chooseLanguage(next: Language): void {
  current = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = languageTag(next);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language);
}

/** `const w = useWords(words); w("title")`. */
export function useWords<T extends Words>(table: T): Say<T> {
  return sayIn(table, useLanguage());
}
