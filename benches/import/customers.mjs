// Writes a seeded file of invented customers and one of their owners, for the import benchmark 导入实测数据.
//
//   node customers.mjs FOLDER [ROWS] [SEED]
//
// Every run with the same arguments gives the same bytes. Names, credit codes (GB 32100 check
// characters), telephone numbers, industries, regions and owners look like a Chinese company's.

import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";

const [folder, rows = "1000000", seed = "20260101"] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node customers.mjs FOLDER [ROWS] [SEED]");
  process.exit(2);
}

// SplitMix-like generator on 32 bits (mulberry32): enough for data, not for secrets.
let state = Number(seed) >>> 0;
function dice() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}
const below = (n) => dice() % n;
const pick = (list) => list[below(list.length)];
const digits = (n) => Array.from({ length: n }, () => below(10)).join("");

const places = [
  ["北京", "华北"], ["天津", "华北"], ["石家庄", "华北"], ["太原", "华北"], ["上海", "华东"],
  ["南京", "华东"], ["苏州", "华东"], ["无锡", "华东"], ["杭州", "华东"], ["宁波", "华东"],
  ["合肥", "华东"], ["济南", "华东"], ["青岛", "华东"], ["福州", "华东"], ["厦门", "华东"],
  ["广州", "华南"], ["深圳", "华南"], ["东莞", "华南"], ["佛山", "华南"], ["南宁", "华南"],
  ["武汉", "华中"], ["长沙", "华中"], ["郑州", "华中"], ["南昌", "华中"], ["成都", "西南"],
  ["重庆", "西南"], ["昆明", "西南"], ["贵阳", "西南"], ["西安", "西北"], ["兰州", "西北"],
  ["沈阳", "东北"], ["大连", "东北"], ["长春", "东北"], ["哈尔滨", "东北"],
];
const syllables = [..."安邦宝北博诚驰川达大德鼎东帆方丰峰福富冠光广国海航浩和恒宏鸿华汇惠佳嘉建江金锦京晶景久聚凯康科乐力联"
  + "良龙隆铭南宁鹏普启千强勤清庆瑞润森上盛胜世顺硕思泰天通同万旺威维伟祥翔新信兴星雄旭轩亚扬阳耀业一亿益银"
  + "英永友宇裕元远源跃云泽展长正之志智中众卓"];
const trades = [
  ["制造业", ["机械设备", "精密模具", "五金制品", "汽车零部件", "电子元件", "塑料制品", "仪器仪表"]],
  ["批发零售", ["商贸", "进出口贸易", "百货", "建材", "家居用品"]],
  ["信息技术", ["网络科技", "软件", "信息技术", "数据服务", "计算机系统"]],
  ["医药健康", ["医药", "医疗器械", "生物技术", "健康管理"]],
  ["教育培训", ["教育咨询", "文化传播"]],
  ["物流运输", ["物流", "供应链管理", "货运代理"]],
  ["农业", ["农业发展", "食品", "粮油"]],
  ["建筑业", ["建筑工程", "装饰设计", "市政工程"]],
];
const forms = ["有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "（集团）有限公司"];
const streets = ["人民路", "解放大道", "中山北路", "建设街", "科技园路", "滨江大道", "新华路", "工业二路"];
const surnames = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const given = [..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国志红梅"];

const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
function creditCode() {
  const body = `91${digits(6)}${Array.from({ length: 9 }, () => letters[below(31)]).join("")}`;
  const sum = [...body].reduce((sum, c, at) => sum + letters.indexOf(c) * weights[at], 0);
  return body + letters[(31 - (sum % 31)) % 31];
}

async function write(name, lines) {
  const out = createWriteStream(join(folder, name));
  let chunk = "";
  for (const line of lines) {
    chunk += line + "\n";
    if (chunk.length > 1 << 20) {
      if (!out.write(chunk)) await new Promise((done) => out.once("drain", done));
      chunk = "";
    }
  }
  await new Promise((done) => out.end(chunk, done));
}

const owners = 500;
function* people() {
  yield "工号,姓名,部门";
  for (let n = 0; n < owners; n += 1) {
    const name = pick(surnames) + pick(given) + (below(3) ? pick(given) : "");
    yield `X${String(n).padStart(4, "0")},${name},销售${(n % 20) + 1}部`;
  }
}

function* customers() {
  yield "客户编号,客户名称,统一社会信用代码,行业,区域,等级,负责人,电话,地址";
  for (let n = 1; n <= Number(rows); n += 1) {
    const [city, region] = pick(places);
    const [industry, words] = pick(trades);
    const brand = pick(syllables) + pick(syllables) + (below(2) ? pick(syllables) : "");
    const name = `${city}${below(3) ? "" : "市"}${brand}${pick(words)}${pick(forms)}`;
    const phone = below(5) ? `1${pick([3, 5, 7, 8, 9])}${digits(9)}` : `0${digits(2)}-8${digits(7)}`;
    const owner = `X${String(below(owners)).padStart(4, "0")}`;
    const address = `${city}市${pick(streets)}${below(990) + 1}号`;
    const tier = pick(["A", "B", "B", "C", "C", "C"]);
    yield `C${String(n).padStart(7, "0")},${name},${creditCode()},${industry},${region},${tier},${owner},${phone},${address}`;
  }
}

mkdirSync(folder, { recursive: true });
await write("owners.csv", people());
await write("customers.csv", customers());
