// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { useUnsaved, useUnsavedAnywhere } from "./unsaved";

afterEach(cleanup);

function Form({ name, go }: { name: string; go: () => void }) {
  const leave = useUnsaved(() => true);
  return <button onClick={() => leave(go)}>{name}</button>;
}

function Page({ of, go }: { of: readonly string[]; go: () => void }) {
  const leave = useUnsavedAnywhere();
  return (
    <>
      <button onClick={() => leave(go)}>退出</button>
      {of.map((name) => (
        <Form key={name} name={name} go={go} />
      ))}
    </>
  );
}

function show() {
  const go = vi.fn();
  const page = (of: readonly string[]) => (
    <ConfigProvider button={{ autoInsertSpace: false }} theme={{ token: { motion: false } }}>
      <App>
        <Page of={of} go={go} />
      </App>
    </ConfigProvider>
  );
  const { rerender } = render(page(["甲", "乙"]));
  return { go, leaves: (of: readonly string[]) => rerender(page(of)) };
}

const press = (name: string) => fireEvent.click(screen.getByText(name));
const drop = () => screen.queryByText("放弃");

test("a question about one form stays while another one goes, and goes with its own", async () => {
  const { go, leaves } = show();
  press("甲");
  await screen.findByText("放弃");
  leaves(["甲"]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(drop()).toBeTruthy();
  leaves([]);
  await waitFor(() => expect(drop()).toBeNull());
  expect(go).not.toHaveBeenCalled();
});

test("a question about the page stays while anything on it would be lost", async () => {
  const { go, leaves } = show();
  press("退出");
  await screen.findByText("放弃");
  leaves(["乙"]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  press("放弃");
  await waitFor(() => expect(go).toHaveBeenCalledOnce());
});
