/** Starts the client 入口. */
import { createRoot } from "react-dom/client";
import { chooseLanguage, language } from "@/lib/language";
import "./base.css";
import { App } from "./App";

// After an upgrade of the server the old chunks are gone: load the page afresh, once.
window.addEventListener("vite:preloadError", (event) => {
  const last = Number(sessionStorage.getItem("baton.reloaded") ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem("baton.reloaded", String(Date.now()));
  event.preventDefault();
  location.reload();
});

chooseLanguage(language());
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
