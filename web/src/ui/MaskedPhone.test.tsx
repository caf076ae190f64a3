// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { chooseLanguage } from "@/lib/language";
import { Problem } from "@/lib/problem";
import { MaskedPhone } from "./MaskedPhone";

afterEach(() => {
  cleanup();
  chooseLanguage("zh");
});

async function ask(onReveal: (reason: string) => Promise<string>) {
  render(<MaskedPhone masked="138****6648" onReveal={onReveal} />);
  fireEvent.click(screen.getByRole("button", { name: "查看完整联系电话（尾号 6648）" }));
  fireEvent.click(await screen.findByRole("button", { name: /^查 ?看$/ }));
}

test("shows the whole number after a reason was given", async () => {
  const reveal = vi.fn(async () => "13812346648");
  await ask(reveal);
  expect(await screen.findByText("13812346648")).toBeTruthy();
  expect(reveal).toHaveBeenCalledWith("日常跟进联系");
});

test("a reason chosen in English goes into the log in Chinese", async () => {
  chooseLanguage("en");
  const reveal = vi.fn(async () => "13812346648");
  render(<MaskedPhone masked="138****6648" onReveal={reveal} />);
  fireEvent.click(screen.getByRole("button"));
  fireEvent.click(await screen.findByLabelText("Dunning"));
  fireEvent.click(screen.getByRole("button", { name: "Reveal" }));
  expect(await screen.findByText("13812346648")).toBeTruthy();
  expect(reveal).toHaveBeenCalledWith("催收联系");
});

test("a refusal is told in the dialog and nothing is shown", async () => {
  await ask(async () => {
    throw new Problem(403, { detail: "处于交接模式，不能查看" });
  });
  expect(await screen.findByText("处于交接模式，不能查看")).toBeTruthy();
  expect(screen.getByText("138****6648")).toBeTruthy();
});

test("without the right to reveal there is no button", () => {
  render(<MaskedPhone masked="138****6648" />);
  expect(screen.queryByRole("button")).toBeNull();
});
