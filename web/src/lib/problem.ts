/** What the server answers when it does not do what was asked (RFC 9457) 问题说明. */
import { problemWords } from "./problem.words";
import { sayIn, type Language } from "./words";

export type PlaceError = { pointer: string; detail: string; detail_en?: string };

type Body = {
  code?: string;
  title?: string;
  title_en?: string;
  detail?: string;
  remedy?: string;
  remedy_en?: string;
  errors?: PlaceError[];
  trace_id?: string;
};

/** A refusal, denial or fault; status 0 when the server was not reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly titleEn: string;
  readonly detail: string;
  readonly remedy: string;
  readonly remedyEn: string;
  readonly errors: readonly PlaceError[];
  readonly trace: string;

  constructor(status: number, body: Body = {}) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? "";
    this.title = body.title ?? "";
    this.titleEn = body.title_en ?? "";
    this.detail = body.detail ?? "";
    this.remedy = body.remedy ?? "";
    this.remedyEn = body.remedy_en ?? "";
    this.errors = body.errors ?? [];
    this.trace = body.trace_id ?? "";
  }

  /** The same, told at other places: for a form that is laid out unlike what it sends. */
  at(place: (pointer: string) => string): Problem {
    const errors = this.errors.map((one) => ({ ...one, pointer: place(one.pointer) }));
    return Object.assign(new Problem(this.status), this, { errors });
  }
}

/** Reads the problem out of an answer; a body that is not problem+json leaves the status alone. */
export async function problemFrom(response: Response): Promise<Problem> {
  const kind = response.headers.get("content-type") ?? "";
  if (!kind.includes("json")) return new Problem(response.status);
  try {
    const trace_id = response.headers.get("x-request-id") ?? undefined;
    return new Problem(response.status, { trace_id, ...((await response.json()) as Body) });
  } catch {
    return new Problem(response.status);
  }
}

/** Any thrown value as a problem; what is no answer of the server counts as not reached. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem(0);
}

type Kind =
  | "unreachable"
  | "invalid"
  | "signed_out"
  | "denied"
  | "missing"
  | "conflict"
  | "stale"
  | "refused"
  | "busy"
  | "fault";

const kinds: Readonly<Record<number, Kind>> = {
  0: "unreachable",
  401: "signed_out",
  403: "denied",
  404: "missing",
  409: "conflict",
  412: "stale",
  422: "refused",
  428: "stale",
  429: "busy",
};

/** Kinds whose own words say what is wrong, but never what to do about it. */
const advised: ReadonlySet<Kind> = new Set(["denied", "missing"]);

export type Explanation = { title: string; remedy: string; trace: string };

/** An English sentence begins with a capital, wherever the server put it together. */
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * What to tell the person: what is wrong, and what would help. Where the server says nothing in the
 * reader's language, the client says what holds for all of the kind.
 */
export function explain(problem: Problem, language: Language): Explanation {
  const kind = kinds[problem.status] ?? (problem.status >= 500 ? "fault" : "invalid");
  const say = sayIn(problemWords, language);
  const zh = language === "zh";
  const told = zh ? problem.detail || problem.title : sentence(problem.titleEn);
  const help = zh ? problem.remedy : sentence(problem.remedyEn);
  // What helps is known but not said in this language.
  const unsaid = problem.remedy !== "" && help === "";
  const selfSaid = told !== "" && !advised.has(kind) && !unsaid;
  return {
    title: told || say(kind),
    remedy: help || (selfSaid ? "" : say(`${kind}_remedy`)),
    trace: problem.status >= 500 ? problem.trace : "",
  };
}

/** Sentences in one line, as a message shows them; empty ones are left out. */
export function inOneLine(sentences: readonly (string | undefined)[], language: Language): string {
  const said = sentences.filter((text) => text);
  if (language === "zh") return said.join("。").replaceAll("。。", "。");
  return said.join(". ").replace(/([.!?])\. /g, "$1 ");
}

/**
 * The wrong places of the request, in words. Where the server does not say in English what is wrong
 * at one, English readers are told there what is wrong with the whole.
 */
export function placesOf(problem: Problem, language: Language): readonly PlaceError[] {
  const whole = explain(problem, language).title;
  return problem.errors.map(({ pointer, detail, detail_en }) => ({
    pointer,
    detail: language === "zh" ? detail : sentence(detail_en ?? "") || whole,
  }));
}

/** JSON pointer to the path of a form field: `/items/0/owner` → `["items", 0, "owner"]`. */
export function fieldPath(pointer: string): (string | number)[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number.parseInt(step, 10) : step));
}
