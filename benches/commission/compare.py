#!/usr/bin/env python3
"""Baton's commission engine beside DuckDB, on the same files, one after the other.

compare.py bench BINARY DATA [ROUNDS]   wall, CPU and memory of both, alternating; then every line
compare.py seeds BINARY FOLDER [COUNT]  other seeds and sizes of the generator, every line compared

Needs `pip install duckdb numpy pyarrow`; says so plainly when duckdb is not there. DATA is what
`peer/generate.py DATA` writes. Files that were made are removed again.
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
try:
    import duckdb
except ImportError:
    sys.exit("duckdb is not installed: nothing was compared (pip install duckdb numpy pyarrow)")

DUCKDB = "import duckdb,sys;duckdb.connect().execute(open(sys.argv[1]).read())"
COLUMNS = ("order_id, role, rep_id, quarter, plan_id, version, credit_cents, cum_before_cents, "
           "commission_cents")


def measured(command, folder):
    """Wall seconds, CPU seconds (user + system) and peak memory in MB of a command."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    if status:
        sys.exit(f"{command[0]} failed")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said.strip()


def duckdb_run(data):
    return measured([sys.executable, "-c", DUCKDB, os.path.join(HERE, "peer", "duckdb.sql")], data)


def ours(binary, data, out):
    return measured([binary, "run", data, out], data)


def same_lines(theirs, own):
    """Every line of both, as multisets, and both summaries."""
    base = duckdb.connect()
    base.execute("SET memory_limit='4GB'")
    sides = [f"SELECT {COLUMNS} FROM '{folder}/lines.parquet'" for folder in (theirs, own)]
    counts = []
    for one, other in (sides, sides[::-1]):
        rows = base.execute(f"SELECT count(*) FROM (({one}) EXCEPT ALL ({other}))").fetchone()[0]
        counts.append(rows)
    summaries = [base.execute(f"SELECT * FROM '{folder}/summary.parquet' ORDER BY 1, 2").fetchall()
                 for folder in (theirs, own)]
    tiers = base.execute(f"""SELECT count(*) FROM '{own}/lines.parquet' WHERE credit_cents <>
        tier0_cents + tier1_cents + tier2_cents + tier3_cents""").fetchone()[0]
    lines = base.execute(f"SELECT count(*) FROM '{own}/lines.parquet'").fetchone()[0]
    if counts != [0, 0] or summaries[0] != summaries[1] or tiers:
        sys.exit(f"DIFFERENT: {counts} lines of one side are not on the other, {tiers} broken traces")
    return lines


def bench(binary, data, rounds):
    own = tempfile.mkdtemp(dir=data)
    rows = []
    for turn in range(rounds):
        them = duckdb_run(data)
        us = ours(binary, data, own)
        rows.append((them, us))
        print(f"round {turn + 1}: duckdb {them[0]:.2f} s wall {them[1]:.2f} s cpu {them[2]:.0f} MB;"
              f" baton {us[0]:.2f} s wall {us[1]:.2f} s cpu {us[2]:.0f} MB", flush=True)
    middle = lambda side, what: sorted(row[side][what] for row in rows)[len(rows) // 2]
    print(rows[-1][1][3])
    for what, name, bar in ((0, "wall", 5), (1, "cpu", 6), (2, "memory", 1)):
        ratio = middle(0, what) / middle(1, what)
        print(f"median {name}: {middle(0, what):.2f} / {middle(1, what):.2f} = {ratio:.2f} "
              f"(bar {bar}): {'met' if ratio >= bar else 'MISSED'}")
    sizes = [os.path.getsize(f"{folder}/lines.parquet") >> 20 for folder in (data, own)]
    print(f"lines.parquet: duckdb {sizes[0]} MB, baton {sizes[1]} MB with amounts by tier")
    if "--no-lines" not in sys.argv:
        print("equal on", same_lines(data, own), "lines")
    shutil.rmtree(own)
    for name in ("lines", "summary"):
        os.remove(f"{data}/{name}.parquet")


def seeds(binary, folder, count):
    os.makedirs(folder, exist_ok=True)
    for seed in range(1, count + 1):
        dice = random.Random(seed)
        sizes = {"orders": dice.choice([500, 20_000, 100_000]), "customers": dice.choice([50, 1_000]),
                 "reps": dice.choice([3, 33, 500]), "moves": dice.choice([10, 50])}
        data, own = tempfile.mkdtemp(dir=folder), tempfile.mkdtemp(dir=folder)
        words = [word for name, value in sizes.items() for word in (f"--{name}", str(value))]
        generate = os.path.join(HERE, "peer", "generate.py")
        subprocess.run([sys.executable, generate, data, "--seed", str(seed), *words], check=True,
                       stdout=subprocess.DEVNULL)
        duckdb_run(data)
        ours(binary, data, own)
        print(f"seed {seed} {sizes}: equal on {same_lines(data, own)} lines", flush=True)
        shutil.rmtree(data)
        shutil.rmtree(own)


def main(words):
    if words[:1] == ["bench"]:
        bench(os.path.abspath(words[1]), os.path.abspath(words[2]), int(words[3]) if len(words) > 3 else 3)
    elif words[:1] == ["seeds"]:
        seeds(os.path.abspath(words[1]), os.path.abspath(words[2]), int(words[3]) if len(words) > 3 else 10)
    else:
        sys.exit(__doc__)


main([word for word in sys.argv[1:] if not word.startswith("--")])
