// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { Form } from "antd";
import { afterEach, expect, test } from "vitest";
import { chooseLanguage } from "@/lib/language";
import type { TypedField } from "@/lib/typedFields";
import { TypedFields } from "./TypedFields";

afterEach(() => {
  cleanup();
  chooseLanguage("zh");
});

const field = (kind: string): TypedField => ({
  key: kind,
  zh: "竞业限制期限",
  en: "Non-compete",
  kind,
  required: true,
  hint: "最长二年",
  hint_en: "Two years at most",
  choices: [],
  columns: [],
});

test("a hint is told in the reader's language, beside a field and above rows", () => {
  const form = () => (
    <Form>
      <TypedFields of={[field("count"), field("list")]} />
    </Form>
  );
  const { rerender } = render(form());
  expect(screen.getAllByText("最长二年")).toHaveLength(2);
  chooseLanguage("en");
  rerender(form());
  expect(screen.getAllByText("Two years at most")).toHaveLength(2);
  expect(screen.queryByText("最长二年")).toBeNull();
});
