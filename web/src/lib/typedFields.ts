/**
 * What a form of fields from the server holds, and what is sent of it 文书填写内容.
 *
 * Amounts are typed as plain decimals and sent as money; days travel as ISO days; what was left
 * empty is not sent at all, so that the server says what is missing.
 */

/** A field as the server describes it; the columns of a list have none of their own. */
export type TypedField = {
  key: string;
  zh: string;
  en: string;
  kind: string;
  required: boolean;
  hint: string;
  hint_en: string;
  choices: string[];
  least?: string | null;
  most?: string | null;
  columns: TypedField[];
};

export type Typed = Record<string, unknown>;

const isBlank = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

function sent(field: TypedField, value: unknown): unknown {
  if (field.kind === "money") return { amount: String(value), currency: "CNY" };
  if (field.kind === "list" && Array.isArray(value)) {
    return value.map((row) => sentOf(field.columns, (row ?? {}) as Typed));
  }
  return value;
}

/** What the form holds, as the server takes it. */
export function sentOf(fields: readonly TypedField[], values: Typed): Typed {
  const each = fields
    .filter(({ key }) => !isBlank(values[key]))
    .map((field) => [field.key, sent(field, values[field.key])] as const);
  return Object.fromEntries(each);
}

function shown(field: TypedField, value: unknown): unknown {
  if (field.kind === "money") return (value as { amount?: string } | null)?.amount;
  if (field.kind === "list" && Array.isArray(value)) {
    return value.map((row) => shownOf(field.columns, (row ?? {}) as Typed));
  }
  return value;
}

/** What was filled in the last time, as the form shows it. */
export function shownOf(fields: readonly TypedField[], filled: Typed): Typed {
  const known = fields.filter(({ key }) => !isBlank(filled[key]));
  return Object.fromEntries(known.map((field) => [field.key, shown(field, filled[field.key])]));
}
