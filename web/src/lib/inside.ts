/** Values recorded as a text of JSON, so that their bytes stay what was signed 内嵌的 JSON. */
import type { Json } from "./changes";

const BEGINS = /^\s*(\{\s*["}]|\[\s*["{[\]])/;
const DIGEST = /^[0-9a-f]{64}$/;

/** The object or array that a text holds; nothing where it holds none. */
export function insideOf(text: string): Json | undefined {
  if (!BEGINS.test(text)) return undefined;
  try {
    return tidied(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/**
 * As people read it: a digest by its beginning (the logged bytes, further down on the page, hold it
 * whole), under a name of its own where another field is named so; a company as what it is.
 */
function tidied(value: Json): Json {
  if (typeof value === "string") {
    if (value.startsWith("entity/")) return "company";
    return DIGEST.test(value) ? `${value.slice(0, 8)}…` : value;
  }
  if (Array.isArray(value)) return value.map(tidied);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      typeof inner === "string" && DIGEST.test(inner) ? (named[field] ?? field) : field,
      tidied(inner),
    ]),
  );
}

const named: Readonly<Record<string, string>> = { document: "digest", text: "wording_digest" };
