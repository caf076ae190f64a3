/** Everything a page stands on: language, theme, queries, routes 应用. */
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { RouterProvider } from "react-router";
import { useLanguage } from "@/lib/language";
import { queries } from "./query";
import { router } from "./router";
import { theme } from "./theme";

export function App() {
  const zh = useLanguage() === "zh";
  dayjs.locale(zh ? "zh-cn" : "en");
  const closable = { "aria-label": zh ? "关闭" : "Close" };
  return (
    <ConfigProvider
      locale={zh ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      modal={{ closable }}
      drawer={{ closable }}
    >
      {/* Whoever does many things in a row still sees the page. */}
      <AntApp message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
