/** Who is signed in; changing the password and signing out 账号菜单. */
import { KeyOutlined, LogoutOutlined } from "@ant-design/icons";
import { Avatar, Button, Dropdown } from "antd";
import { useNavigate } from "react-router";
import { api, take } from "@/api/client";
import { useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { letGo, useUnsavedAnywhere } from "@/ui/unsaved";
import { useNarrow } from "@/ui/useNarrow";
import { useAct } from "@/ui/useAct";
import styles from "./AccountMenu.module.css";
import { sessionWords } from "./words";

export function AccountMenu() {
  const w = useWords(sessionWords);
  const { login, roles } = useSession();
  const language = useLanguage();
  const names = roles.map((role) => role[language]);
  const narrow = useNarrow();
  const navigate = useNavigate();
  const leave = useAct({
    run: () => take(api.DELETE("/session")),
    // A fresh page, so that nothing of what was seen stays in memory.
    onDone: () => {
      letGo();
      location.assign("/login");
    },
  });
  const ask = useUnsavedAnywhere();

  const items = [
    {
      key: "who",
      type: "group" as const,
      label: `${login.name} · ${login.number} · ${listed(names)}`,
    },
    { type: "divider" as const },
    ...(login.employee_id ? [{ key: "sign", icon: <KeyOutlined />, label: w("signature") }] : []),
    { key: "password", icon: <KeyOutlined />, label: w("change") },
    { key: "leave", icon: <LogoutOutlined />, label: w("leave") },
  ];

  function choose({ key }: { key: string }) {
    if (key === "sign") void navigate("/signature");
    if (key === "password") void navigate("/password");
    if (key === "leave") ask(() => leave.mutate());
  }

  return (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items, onClick: choose }}>
      <Button type="text" className={styles.button}>
        <Avatar size={28} className={styles.avatar} aria-hidden>
          {login.name.slice(0, 1)}
        </Avatar>
        <span className="heard">{w("account")}</span>
        <span className={narrow ? "heard" : undefined}>{login.name}</span>
        {!narrow && <span className={styles.role}>{names[0]}</span>}
      </Button>
    </Dropdown>
  );
}
