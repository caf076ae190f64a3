// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FileInput, fileIn } from "./FileInput";

afterEach(cleanup);

const scan = new File(["x"], "扫描件.png", { type: "image/png" });
const table = new File(["x"], "台账.csv", { type: "text/csv" });

describe("a field for files", () => {
  it("speaks our words, names what was chosen, and hands it on", () => {
    const told = vi.fn();
    const { container } = render(<FileInput id="scan" onChange={told} />);
    const field = screen.getByLabelText(/点击选择文件，或拖到此处/);
    expect(field.id).toBe("scan");
    expect(container.textContent).not.toMatch(/[a-z]/i);
    fireEvent.change(field, { target: { files: [scan] } });
    expect(told).toHaveBeenCalledWith([scan]);
    expect(fileIn([scan])).toBe(scan);
    expect(screen.getByLabelText(/扫描件\.png（点击更换）/)).toBe(field);
  });

  it("takes what is dropped when its name fits, one unless told otherwise", () => {
    const told = vi.fn();
    render(<FileInput accept=".csv" onChange={told} />);
    const area = screen.getByText(/拖到此处/);
    fireEvent.drop(area, { dataTransfer: { files: [scan] } });
    expect(told).not.toHaveBeenCalled();
    fireEvent.drop(area, { dataTransfer: { files: [scan, table, table] } });
    expect(told).toHaveBeenCalledWith([table]);
  });
});
