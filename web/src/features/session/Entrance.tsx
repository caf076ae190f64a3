/** The frame of the pages before the shell: what Baton is, beside the form 入口页框架. */
import { FileProtectOutlined, PayCircleOutlined, TeamOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useWords } from "@/lib/language";
import { Brand } from "@/ui/Brand";
import { LanguageSwitch } from "@/ui/LanguageSwitch";
import styles from "./Entrance.module.css";
import { sessionWords } from "./words";

export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const w = useWords(sessionWords);
  return (
    <div className={styles.page}>
      <header className={styles.claim}>
        <Brand />
        <div>
          <p className={styles.sentence}>{w("claim")}</p>
          <ul className={styles.points}>
            <li>
              <TeamOutlined aria-hidden /> {w("claim_customers")}
            </li>
            <li>
              <PayCircleOutlined aria-hidden /> {w("claim_money")}
            </li>
            <li>
              <FileProtectOutlined aria-hidden /> {w("claim_proof")}
            </li>
          </ul>
        </div>
        <Relay />
      </header>
      <main className={styles.side}>
        <div className={styles.language}>
          <LanguageSwitch />
        </div>
        <div className={styles.form}>
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}

/** Two lanes that overlap for a stretch: the zone in which a baton is passed on. */
function Relay() {
  return (
    <svg className={styles.relay} viewBox="0 0 520 150" aria-hidden focusable="false">
      <rect x="190" y="6" width="140" height="138" rx="10" fill="#fff" opacity="0.06" />
      <path d="M-20 50 H326" stroke="#5b8fd6" strokeWidth="8" strokeLinecap="round" />
      <path d="M194 100 H540" stroke="#e9f1fc" strokeWidth="8" strokeLinecap="round" />
      <g transform="rotate(-28 260 75)">
        <rect x="222" y="66" width="76" height="18" rx="9" fill="#ffb547" />
        <rect x="246" y="66" width="6" height="18" fill="#0f2747" opacity="0.35" />
        <rect x="268" y="66" width="6" height="18" fill="#0f2747" opacity="0.35" />
      </g>
    </svg>
  );
}
