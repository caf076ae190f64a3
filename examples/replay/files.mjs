/**
 * The real files as they stood on one day 历史时点的文件.
 *
 * Nothing is invented: rows are left out, and what the day could not know yet is blanked.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The files beside the clone, or a message that says plainly where they are expected. */
export function folderOfData(given, beside) {
  const folder = given ?? beside;
  for (const name of ["maven_crm/sales_pipeline.csv", "ibm_ar/invoices.csv"]) {
    if (!existsSync(join(folder, name))) {
      console.error(`replay: ${join(folder, name)} is not there.`);
      console.error("The public data sets lie beside the clone, in ../shared/data; give another folder with --data.");
      process.exit(3);
    }
  }
  return folder;
}

/** Reads a plain CSV; neither set quotes a cell, and a quote would be an error, not a guess. */
function read(path) {
  const text = readFileSync(path, "utf8");
  if (text.includes('"')) throw new Error(`${path} has quoted cells`);
  const [head, ...rows] = text.trimEnd().split(/\r?\n/).map((line) => line.split(","));
  return { head, rows: rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]]))) };
}

function write(path, head, rows) {
  const lines = rows.map((row) => head.map((name) => row[name]).join(","));
  writeFileSync(path, [head.join(","), ...lines, ""].join("\n"));
}

/**
 * Maven's pipeline on that evening. A deal engaged later is not there yet; one without a date of
 * engagement is left out, since the file does not say whether it was there; one closed later is
 * still open, and is worth what its product costs by the price list.
 */
export function mavenOn(day, from, to) {
  for (const name of ["sales_teams.csv", "products.csv", "accounts.csv"]) {
    writeFileSync(join(to, name), readFileSync(join(from, name)));
  }
  const products = read(join(from, "products.csv")).rows;
  const price = new Map(products.map((row) => [row.product, row.sales_price]));
  price.set("GTXPro", price.get("GTX Pro"));
  const { head, rows } = read(join(from, "sales_pipeline.csv"));
  const kept = rows.filter((row) => row.engage_date !== "" && row.engage_date <= day);
  const open = (row) => row.close_date === "" || row.close_date > day;
  const then = kept.map((row) =>
    open(row)
      ? { ...row, deal_stage: "Engaging", close_date: "", close_value: price.get(row.product) }
      : row,
  );
  write(join(to, "sales_pipeline.csv"), head, then);
  const stillOpen = kept.filter(open);
  const count = new Map();
  for (const row of stillOpen) count.set(row.sales_agent, (count.get(row.sales_agent) ?? 0) + 1);
  const busiest = [...count].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return { rows: rows.length, kept: kept.length, open: stillOpen.length, busiest };
}

/**
 * IBM's invoices on that evening, moved four years on (2012–2013 become 2016–2017) so that both
 * sets meet in the same summer: issued later is not there yet, settled later is still open.
 */
export function ibmOn(day, from, to) {
  const later = (date) => (date === "" ? "" : `${Number(date.slice(0, 4)) + 4}${date.slice(4)}`);
  const { head, rows } = read(join(from, "invoices.csv"));
  const dates = ["PaperlessDate", "InvoiceDate", "DueDate", "SettledDate"];
  const moved = rows.map((row) => ({
    ...row,
    ...Object.fromEntries(dates.map((name) => [name, later(row[name])])),
  }));
  const kept = moved.filter((row) => row.InvoiceDate <= day);
  const then = kept.map((row) => (row.SettledDate > day ? { ...row, SettledDate: "" } : row));
  write(join(to, "invoices.csv"), head, then);
  return {
    rows: rows.length,
    kept: kept.length,
    open: then.filter((row) => row.SettledDate === "").length,
    customers: [...new Set(kept.map((row) => row.customerID))].sort(),
  };
}
