/** Changes the language of the screen 语言切换. */
import { Button } from "antd";
import { chooseLanguage, useLanguage } from "@/lib/language";

export function LanguageSwitch() {
  const other = useLanguage() === "zh" ? "en" : "zh";
  const name = other === "en" ? "English" : "中文";
  return (
    <Button type="text" lang={other} onClick={() => chooseLanguage(other)}>
      {name}
    </Button>
  );
}
