// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";
import { keepFocus } from "./useFocusBack";

afterEach(() => document.body.replaceChildren());

function page() {
  document.body.innerHTML = `<main id="content" tabindex="-1"><button>批准</button></main>`;
  const button = document.querySelector("button") as HTMLButtonElement;
  button.focus();
  return { button, back: keepFocus() };
}

it("gives the focus back to the button that asked", () => {
  const { button, back } = page();
  button.blur();
  back();
  expect(document.activeElement).toBe(button);
});

it("stays on the page when the button is gone by then", () => {
  const { button, back } = page();
  button.remove();
  document.body.focus();
  back();
  expect(document.activeElement?.id).toBe("content");
});

it("stays on the page when the button goes a moment later", async () => {
  const { button, back } = page();
  back();
  button.remove();
  await new Promise((done) => setTimeout(done, 10));
  expect(document.activeElement?.id).toBe("content");
});
