// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { FilterBar } from "./FilterBar";
import type { Filter } from "./filter";
import type { ListAddress } from "./useListAddress";

afterEach(cleanup);

const filters: readonly Filter[] = [{ kind: "search", key: "q", label: "关键字", hint: "" }];

function at(q: string, put: ListAddress["put"] = () => undefined): ListAddress {
  return { filters: { q }, sort: undefined, filtered: q !== "", put, clear: () => undefined };
}

test("what is typed while the list is asked stays; another address brings its own text", () => {
  const asked: (string | undefined)[] = [];
  const put = (_: string, text: string | undefined) => void asked.push(text);
  const { rerender } = render(<FilterBar filters={filters} address={at("", put)} />);
  const box = screen.getByRole<HTMLInputElement>("searchbox");
  box.focus();
  fireEvent.change(box, { target: { value: " huaxin " } });
  fireEvent.keyDown(box, { key: "Enter", keyCode: 13 });
  expect(asked).toEqual(["huaxin"]);
  fireEvent.change(box, { target: { value: "jinlong" } });
  // The address follows a moment later.
  rerender(<FilterBar filters={filters} address={at("huaxin", put)} />);
  expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("jinlong");
  expect(document.activeElement).toBe(box);
  rerender(<FilterBar filters={filters} address={at("", put)} />);
  expect(box.value).toBe("");
  rerender(<FilterBar filters={filters} address={at("huaxin", put)} />);
  expect(box.value).toBe("huaxin");
});
