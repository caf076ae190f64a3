#!/usr/bin/env python3
"""Deterministic commission workload (own work, public domain inside the project).

Every value is integer arithmetic on splitmix64(seed, stream, index), so any
language can regenerate the same rows without a random-number library.
Usage: generate.py OUTDIR [--orders N --customers N --reps N --moves N --seed N] [--csv]
Writes orders, ownership, rep_plan, plan_version as Parquet (and CSV with --csv).
"""
import argparse, os
import numpy as np, pyarrow as pa, pyarrow.parquet as pq, pyarrow.csv as pc

M = np.uint64
SEED = 20240101
DAYS = 731            # 2024-01-01 .. 2025-12-31
DAY0 = 19723          # days from 1970-01-01 to 2024-01-01
FAR = DAY0 + 36500

def h(stream, idx):
    """splitmix64 of (SEED, stream, idx) -> uint64 array."""
    with np.errstate(over="ignore"):
        x = np.asarray(idx, dtype=M) * M(0x9E3779B97F4A7C15) + M(SEED) * M(0xD1B54A32D192ED03) + M(stream) * M(0x8CB92BA72F3D8DD7)
        x = (x ^ (x >> M(30))) * M(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> M(27))) * M(0x94D049BB133111EB)
        return x ^ (x >> M(31))

def mod(stream, idx, m):
    return (h(stream, idx) % M(m)).astype(np.int64)

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("out"); ap.add_argument("--csv", action="store_true")
    ap.add_argument("--orders", type=int, default=10_000_000)
    ap.add_argument("--customers", type=int, default=200_000)
    ap.add_argument("--reps", type=int, default=2_000)
    ap.add_argument("--moves", type=int, default=50_000)
    ap.add_argument("--seed", type=int, default=SEED)
    a = ap.parse_args(); globals()["SEED"] = a.seed; os.makedirs(a.out, exist_ok=True)

    # orders: id 1..N, customer uniform, date uniform, amount = skewed product, 3% returns (negative)
    i = np.arange(1, a.orders + 1, dtype=np.int64)
    cust = mod(1, i, a.customers) + 1
    day = mod(2, i, DAYS)
    amt = 10_000 + mod(3, i, 1000) * mod(4, i, 2500) + mod(5, i, 100)     # cents: 100.00 .. ~25,000.00
    amt = np.where(mod(6, i, 100) < 3, -amt, amt)
    orders = pa.table({"order_id": i, "customer_id": cust.astype(np.int32),
                       "order_date": pa.array((day + DAY0).astype(np.int32)).cast(pa.date32()),
                       "amount_cents": amt})

    # ownership history: seq 0 = first owner; moves: 4/5 first moves, 1/5 second moves within 60 days of the first
    c = np.arange(1, a.customers + 1, dtype=np.int64)
    own0 = mod(10, c, a.reps)
    m1 = a.moves * 4 // 5; m2 = a.moves - m1; stride = max(1, a.customers // m1)
    k = np.arange(m1, dtype=np.int64); c1 = k * stride + 1
    d1 = 31 + mod(11, c1, 600)
    r1 = (own0[c1 - 1] + 1 + mod(12, c1, a.reps - 1)) % a.reps
    c2 = c1[:m2]; d2 = d1[:m2] + 1 + mod(13, c2, 60)
    r2 = (r1[:m2] + 1 + mod(14, c2, a.reps - 1)) % a.reps
    end0 = np.full(a.customers, FAR - DAY0); end0[c1 - 1] = d1
    end1 = np.full(m1, FAR - DAY0); end1[:m2] = d2
    cid = np.concatenate([c, c1, c2]); seq = np.concatenate([np.zeros(len(c)), np.ones(m1), np.full(m2, 2)]).astype(np.int8)
    rep = np.concatenate([own0, r1, r2]) + 1
    prev = np.concatenate([np.full(len(c), -1), own0[c1 - 1], r1[:m2]]) + 1          # 0 = none
    vf = np.concatenate([np.zeros(len(c)), d1, d2]).astype(np.int64) + DAY0
    vt = np.concatenate([end0, end1, np.full(m2, FAR - DAY0)]) + DAY0
    o = np.lexsort((seq, cid))
    d32 = lambda x: pa.array(x.astype(np.int32)).cast(pa.date32())
    ownership = pa.table({"customer_id": cid[o].astype(np.int32), "seq": seq[o], "rep_id": rep[o].astype(np.int32),
                          "prev_rep_id": prev[o].astype(np.int32), "valid_from": d32(vf[o]), "valid_to": d32(vt[o])})

    # rep -> plan (1..4); every 10th rep moves to the next plan on 2025-07-01 (day 547)
    r = np.arange(1, a.reps + 1, dtype=np.int64); p = (r - 1) % 4 + 1
    sw = r[r % 10 == 0]; psw = p[r % 10 == 0] % 4 + 1
    e0 = np.where(r % 10 == 0, DAY0 + 547, FAR)
    rp = pa.table({"rep_id": np.concatenate([r, sw]).astype(np.int32), "plan_id": np.concatenate([p, psw]).astype(np.int32),
                   "valid_from": d32(np.concatenate([np.full(len(r), DAY0), np.full(len(sw), DAY0 + 547)])),
                   "valid_to": d32(np.concatenate([e0, np.full(len(sw), FAR)]))})

    # plan versions: v1 2024, v2 from 2025-01-01; lower bounds b1<b2<b3 in cents per quarter, rates in basis points
    per = max(1, a.orders // (a.reps * 8)); unit = per * 600_000 * 3 // 10     # about 0.3 of an average quarter
    rows = []
    for pid in (1, 2, 3, 4):
        for ver, f, t in ((1, 0, 366), (2, 366, FAR - DAY0)):
            b = unit * (8 + pid + ver) // 10
            rows.append((pid, ver, f + DAY0, t + DAY0, b, 2 * b, 3 * b + 777,
                         137 + 10 * pid, 211 + 13 * pid - 5 * ver, 333 + 7 * pid, 455 + 9 * ver))
    cols = list(zip(*rows)); nm = ["plan_id", "version", "valid_from", "valid_to", "b1", "b2", "b3", "r0", "r1", "r2", "r3"]
    pv = pa.table({n: (d32(np.array(v)) if n.startswith("valid") else pa.array(v, pa.int64() if n[0] in "br" else pa.int32()))
                   for n, v in zip(nm, cols)})
    for n, t in (("orders", orders), ("ownership", ownership), ("rep_plan", rp), ("plan_version", pv)):
        pq.write_table(t, f"{a.out}/{n}.parquet", compression="zstd")
        if a.csv: pc.write_csv(t, f"{a.out}/{n}.csv")
    print({n: t.num_rows for n, t in (("orders", orders), ("ownership", ownership), ("rep_plan", rp), ("plan_version", pv))},
          "sum_amount", int(amt.sum()))

if __name__ == "__main__":
    main()
