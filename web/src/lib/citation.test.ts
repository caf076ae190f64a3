import { expect, test } from "vitest";
import { citationInEnglish } from "./citation";

test.each([
  ["劳动合同法第三十六条", "Labour Contract Law art. 36"],
  ["劳动合同法第三十六条、第四十六条第（二）项", "Labour Contract Law art. 36, art. 46 (2)"],
  ["劳动合同法第三十九条第（二）至（六）项", "Labour Contract Law art. 39 (2)–(6)"],
  [
    "劳动合同法第四十四条第（四）（五）项、第四十六条第（六）项",
    "Labour Contract Law art. 44 (4)(5), art. 46 (6)",
  ],
  [
    "劳动合同法第四十四条第（二）项、实施条例第二十一条",
    "Labour Contract Law art. 44 (2), LCL Regulations art. 21",
  ],
  ["劳动合同法实施条例第二十二条", "LCL Regulations art. 22"],
  ["劳动合同法第五十条第二款", "Labour Contract Law art. 50 para. 2"],
  ["民法典第二百零三条", "Civil Code art. 203"],
  ["企业职工带薪年休假实施办法第十二条", "Annual Leave Measures art. 12"],
])("%s is cited as %s", (zh, en) => expect(citationInEnglish(zh)).toBe(en));
