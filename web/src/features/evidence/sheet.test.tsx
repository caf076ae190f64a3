// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Schema } from "@/api/client";
import { Sheet } from "./CheckpointSheet";

const note = "baton.example.cn/log/1\n42\nroot=\n\n— baton.example.cn/log/1 sig=\n";
const state = {
  checkpoint: note,
  origin: "baton.example.cn/log/1",
  key: "baton.example.cn/log/1+00000000+key",
  signed: 42,
  signed_at: "2026-11-27T06:00:00.000Z",
} as Schema<"LogState">;

describe("the printed checkpoint", () => {
  it("holds the whole text, the key, and a code", () => {
    const { container } = render(<Sheet of={state} />);
    expect(container.querySelector("pre")?.textContent).toBe(note);
    expect(screen.getByText(state.key)).toBeTruthy();
    expect(container.querySelector("svg")).toBeTruthy();
    expect(screen.getByText(/42 条/)).toBeTruthy();
  });
});
