/** Starts the client 入口. */
import { createRoot } from "react-dom/client";
import { chooseLanguage, language } from "@/lib/language";
import "./base.css";
import { App } from "./App";
import { answers } from "./answers";

// After an upgrade of the server the old chunks are gone: load the page afresh, once. A server that
// does not answer is another thing, and `RouteProblem` tells of it.
window.addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("baton.reloaded") ?? 0);
  if (Date.now() - last < 60_000) return;
  void answers().then((there) => {
    if (!there) return;
    sessionStorage.setItem("baton.reloaded", String(Date.now()));
    location.reload();
  });
});

chooseLanguage(language());
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
