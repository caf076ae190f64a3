import { describe, expect, it } from "vitest";
import type { MatchOffer } from "@/api/credit";
import { Problem } from "@/lib/problem";
import { atInvoices, named, rest } from "./credit";

const yuan = (amount: string) => ({ amount, currency: "CNY" });
const invoice = (n: number, open: string) => ({
  invoice_id: `inv_${n}`,
  number: `FP-${n}`,
  due_on: "2026-11-22",
  open: yuan(open),
  takes: yuan("0.00"),
});
const offer: MatchOffer = {
  id: "rcp_1",
  number: "HK-1",
  customer_id: "cus_1",
  customer: "永定机床有限公司",
  credit: yuan("100.00"),
  invoices: [invoice(1, "70.00"), invoice(2, "70.00")],
};

describe("what is named", () => {
  it("is every invoice with an amount, in the order of the offer", () => {
    expect(named(offer, { inv_2: " 1,0.5 ", inv_1: "70" })).toEqual([
      { invoice_id: "inv_1", amount: yuan("70.00") },
      { invoice_id: "inv_2", amount: yuan("10.50") },
    ]);
  });

  it("is nothing where nothing, zero or no amount is typed", () => {
    expect(named(offer, { inv_1: "", inv_2: "0.00" })).toEqual([]);
    expect(named(offer, { inv_1: "viel", inv_2: undefined })).toEqual([]);
  });
});

describe("what is left", () => {
  it("is exact to the fen", () => {
    expect(rest(offer, [yuan("70.00"), yuan("29.99")])).toEqual(yuan("0.01"));
    expect(rest(offer, [])).toEqual(yuan("100.00"));
  });

  it("is nothing sayable when more is named than there is", () => {
    expect(rest(offer, [yuan("70.00"), yuan("30.01")])).toBeNull();
  });
});

describe("a problem with what was sent", () => {
  const refused = (pointer: string) =>
    Promise.reject(new Problem(422, { title: "核对", errors: [{ pointer, detail: "未结 20 元" }] }));
  const sent = named(offer, { inv_2: "80" });
  const told = async (pointer: string) => {
    const thrown: unknown = await atInvoices(sent, refused(pointer)).catch((one: unknown) => one);
    return thrown as Problem;
  };

  it("is told at the line of the invoice, though empty lines were not sent", async () => {
    const problem = await told("/clearings/0");
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.status).toBe(422);
    expect(problem.title).toBe("核对");
    expect(problem.errors).toEqual([{ pointer: "/amounts/inv_2", detail: "未结 20 元" }]);
  });

  it("stays where it was when it is about no line", async () => {
    expect((await told("/clearings")).errors[0]?.pointer).toBe("/clearings");
    expect((await told("/number")).errors[0]?.pointer).toBe("/number");
  });
});
