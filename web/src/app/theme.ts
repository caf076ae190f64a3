/** Colours and type of the house, for Ant Design; `base.css` holds the same for our own 主题. */
import type { ThemeConfig } from "antd";

export const theme: ThemeConfig = {
  token: {
    colorPrimary: "#1554ad",
    colorLink: "#1554ad",
    colorError: "#c5271c",
    // Its own, made paler, would leave too little contrast under the pointer.
    colorErrorHover: "#a81f16",
    colorBgLayout: "#f3f5f8",
    colorText: "#1d2939",
    colorTextSecondary: "#475467",
    // Ant Design's own greys are too pale to read (WCAG 1.4.3 asks for 4.5 : 1).
    colorTextTertiary: "#5d6b7e",
    colorTextDescription: "#5d6b7e",
    colorTextPlaceholder: "#667085",
    colorTextQuaternary: "#667085",
    // Nothing moves for people who asked their system for calm.
    motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    borderRadius: 6,
    // base.css has one for each language.
    fontFamily: "var(--font)",
  },
  components: {
    Table: {
      headerBg: "#f7f9fb",
      headerSplitColor: "transparent",
      borderColor: "#e6eaf0",
      cellPaddingInlineMD: 16,
    },
    Tabs: { horizontalMargin: "0 0 16px 0", horizontalItemPadding: "4px 0 12px" },
  },
};
