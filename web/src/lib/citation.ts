/** Articles of Chinese law as English readers cite them 法条引用. */

/** The longer names come first, so that a regulation is not taken for the law it implements. */
const laws: readonly (readonly [zh: string, en: string])[] = [
  ["劳动合同法实施条例", "LCL Regulations"],
  ["企业职工带薪年休假实施办法", "Annual Leave Measures"],
  ["企业职工年休假实施办法", "Annual Leave Measures"],
  ["职工带薪年休假条例", "Annual Leave Regulations"],
  ["工资支付暂行规定", "Wage Payment Provisions"],
  ["住房公积金管理条例", "Housing Fund Regulations"],
  ["失业保险条例", "Unemployment Insurance Regulations"],
  ["社会保险法", "Social Insurance Law"],
  ["劳动合同法", "Labour Contract Law"],
  ["实施条例", "LCL Regulations"],
  ["民法典", "Civil Code"],
  ["工会法", "Trade Union Law"],
  ["劳动法", "Labour Law"],
];

const digits = "零一二三四五六七八九";

/** 三十八 → 38, up to 999. */
function numberOf(text: string): number {
  let [whole, last] = [0, 0];
  for (const sign of text) {
    if (sign === "百") [whole, last] = [whole + (last || 1) * 100, 0];
    else if (sign === "十") [whole, last] = [whole + (last || 1) * 10, 0];
    else last = digits.indexOf(sign);
  }
  return whole + last;
}

const NUMBER = "[零一二三四五六七八九十百]+";

/** `劳动合同法第三十六条、第四十六条第（二）项` → `Labour Contract Law art. 36, art. 46 (2)`. */
export function citationInEnglish(citation: string): string {
  const named = laws.reduce((text, [zh, en]) => text.replaceAll(zh, ` ${en} `), citation);
  return named
    .replaceAll(/[《》]/g, "")
    .replaceAll(new RegExp(`第(${NUMBER})条之(${NUMBER})`, "g"), (_, a: string, b: string) =>
      ` art. ${numberOf(a)}-${numberOf(b)} `,
    )
    .replaceAll(new RegExp(`第(${NUMBER})条`, "g"), (_, n: string) => ` art. ${numberOf(n)} `)
    .replaceAll(new RegExp(`第?（(${NUMBER})）`, "g"), (_, n: string) => ` (${numberOf(n)}) `)
    .replaceAll(new RegExp(`第(${NUMBER})款`, "g"), (_, n: string) => ` para. ${numberOf(n)} `)
    .replaceAll("至", "–")
    .replaceAll("项", "")
    .replaceAll("、", ", ")
    .replaceAll("；", "; ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ([,;–])/g, "$1")
    .replaceAll(/– /g, "–")
    .replaceAll(/\) \(/g, ")(")
    .trim();
}
