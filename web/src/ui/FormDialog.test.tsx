// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App, ConfigProvider, Form, Input } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { Problem } from "@/lib/problem";
import { FormDialog } from "./FormDialog";
import { useAct } from "./useAct";

afterEach(cleanup);

type Values = { phone?: string; mail?: string };
type Props = { send: (values: Values) => Promise<unknown>; onClose: () => void };

function Dialog({ send, onClose }: Props) {
  const [form] = Form.useForm<Values>();
  const sent = useAct({ run: send, form, inline: true });
  return (
    <FormDialog
      title="新增"
      form={form}
      busy={sent.isPending}
      problem={sent.error}
      onSubmit={sent.mutate}
      onClose={onClose}
    >
      <Form.Item name="phone" label="电话">
        <Input />
      </Form.Item>
      <Form.Item name="mail" label="邮箱">
        <Input />
      </Form.Item>
    </FormDialog>
  );
}

function show(send: Props["send"] = async () => undefined) {
  const onClose = vi.fn();
  render(
    <ConfigProvider button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={new QueryClient()}>
          <Dialog send={send} onClose={onClose} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>,
  );
  return onClose;
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const cross = () => screen.getByRole("button", { name: /close/i });

test("nothing typed, nothing asked", () => {
  const onClose = show();
  fireEvent.click(cross());
  expect(onClose).toHaveBeenCalledOnce();
});

test("what was typed is dropped only once that was said", async () => {
  const onClose = show();
  type("电话", "138");
  fireEvent.click(cross());
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(await screen.findByRole("button", { name: "继续填写" }));
  expect(onClose).not.toHaveBeenCalled();
  expect(field("电话").value).toBe("138");
  fireEvent.click(cross());
  fireEvent.click((await screen.findAllByRole("button", { name: "放弃" })).at(-1) as HTMLElement);
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
});

test("the button that says so drops it at once", () => {
  const onClose = show();
  type("电话", "138");
  fireEvent.click(screen.getByRole("button", { name: "取消" }));
  expect(onClose).toHaveBeenCalledOnce();
});

test("the button belongs to the form, so that Enter in a field presses it", async () => {
  const send = vi.fn(async () => undefined);
  show(send);
  const button = screen.getByRole("button", { name: "保存" });
  expect(button.getAttribute("type")).toBe("submit");
  expect(button.getAttribute("form")).toBe(field("电话").form?.id);
});

test("what the server refused of a field goes once the field is another", async () => {
  const places = [
    { pointer: "/phone", detail: "电话号码无法识别" },
    { pointer: "/mail", detail: "邮箱无法识别" },
  ];
  const send = vi.fn(async () => {
    throw new Problem(422, { detail: "请核对", errors: places });
  });
  show(send);
  type("电话", "abc");
  await act(async () => {
    const { form } = field("电话");
    if (form) fireEvent.submit(form);
  });
  await screen.findByText("电话号码无法识别");
  type("电话", "13800138000");
  await waitFor(() => expect(screen.queryByText("电话号码无法识别")).toBeNull());
  expect(screen.getByText("邮箱无法识别")).toBeTruthy();
});
