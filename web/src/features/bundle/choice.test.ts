import { describe, expect, it } from "vitest";
import type { Preview, PreviewRecord } from "./calls";
import { isShown, minimal, toggled, told } from "./choice";

const record = (index: number, content: string, carries_items = false): PreviewRecord => ({
  index,
  content,
  carries_items,
  others: content === "withheld" ? 2 : 0,
  readable: true,
  kind_zh: "",
  kind_en: "",
  at: "2026-11-22T04:00:00Z",
});

const paper = (id: string, of_others: boolean) => ({
  id,
  of_others,
  signed: false,
  number: id,
  zh: "",
  en: "",
  size: 1,
  record: 1,
});

const preview: Preview = {
  number: "LZ2026-0001",
  employee: { id: "emp_1", number: "E002", name: "张三" },
  up_to: 9,
  records: [
    record(1, "shown"),
    record(3, "withheld"),
    record(4, "erased"),
    record(7, "shown", true),
  ],
  documents: [paper("doc_b", false), paper("doc_a", false), paper("doc_c", true)],
  chains: 3,
  customers: 5,
  signed: false,
  stamped: false,
  witnesses: [],
  earlier: [],
};
const why = { recipient: "法院", reason: "劳动仲裁" };

describe("what is disclosed", () => {
  it("is as little as the proof allows", () => {
    const choice = minimal(preview);
    expect(preview.records.map((one) => isShown(one, choice))).toEqual([true, false, false, true]);
    expect(told(preview, choice, why)).toEqual({
      ...why,
      up_to: 9,
      customers: false,
      documents: ["doc_a", "doc_b"],
      show: [],
      withhold: [],
    });
  });

  it("is what was chosen, and nothing that cannot be chosen", () => {
    let { turned } = minimal(preview);
    for (const one of [1, 3, 4, 7]) turned = toggled(turned, one);
    const choice = { turned, customers: true, documents: new Set<string>() };
    const body = told(preview, choice, why);
    // The erased one stays erased; the one that carries the customers goes along with them.
    expect(body.show).toEqual([3]);
    expect(body.withhold).toEqual([1]);
    const without = told(preview, { ...choice, customers: false }, why);
    expect(without.withhold).toEqual([1, 7]);
  });

  it("keeps back what one may not read oneself, whatever is chosen", () => {
    const hidden = { ...record(8, "withheld"), readable: false };
    const of = { ...preview, records: [hidden] };
    const choice = { ...minimal(of), turned: new Set([8]) };
    expect(isShown(hidden, choice)).toBe(false);
    expect(told(of, choice, why)).toMatchObject({ show: [], withhold: [] });
  });
});
