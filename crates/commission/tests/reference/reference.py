#!/usr/bin/env python3
"""Exact-fraction reference of what the DuckDB peers do not cover: whole-amount bands, quotas,
clawback, a plan change inside a quarter, a second move, returns, guarantees and draws, teams whose
customer changes hands. Standard library only, written
from the rules and not from the Rust code, one event at a time, slow on purpose.

Usage: reference.py FOLDER   writes cases.csv (what happened) and expected.csv (what it comes to).
The test `exact_reference` runs it again and wants the same bytes.
"""
import csv
import datetime as dt
import sys
from fractions import Fraction as F


class Dice:
    """A small generator of its own, so that every Python gives the same cases."""

    def __init__(self, seed):
        self.state = seed * 2862933555777941757 + 3037000493 & (1 << 64) - 1

    def roll(self, sides):
        self.state = self.state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        return (self.state >> 33) % sides


def half_away(x):
    size = abs(x)
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return whole if x >= 0 else -whole


BP = F(1, 10000)
QUARTERS = {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 4, 7: 7, 8: 7, 9: 7, 10: 10, 11: 10, 12: 10}


def quarter(day):
    return dt.date(day.year, QUARTERS[day.month], 1)


def month(day):
    return day.replace(day=1)


def marginal(bands):
    """Each slice of the amount at the rate of the band it lies in."""

    def earned(x):
        if x <= 0:
            return F(x) * bands[0][1] * BP
        bounds = [lower for lower, _ in bands] + [None]
        total = F(0)
        for (lower, rate), upper in zip(bands, bounds[1:]):
            top = x if upper is None else min(x, upper)
            total += max(top - lower, 0) * rate * BP
        return total

    return earned


def retroactive(bands):
    """The whole amount at the rate of the highest band it reaches."""

    def earned(x):
        reached = [rate for lower, rate in bands if x >= lower] or [bands[0][1]]
        return F(x) * reached[-1] * BP

    return earned


def quota_plan(x):
    """Quota 33,000.00: 5 % below half of it, 10 % of everything from half on, above it 20 %."""
    quota = 3_300_000
    if 2 * x < quota:
        return F(x) * 500 * BP
    if x <= quota:
        return F(x) * 1000 * BP
    return F(quota) * 1000 * BP + F(x - quota) * 2000 * BP


RETRO = retroactive([(0, 200), (1_000_000, 350), (3_000_000, 500)])
OLD = marginal([(0, 137), (900_000, 211), (2_000_000, 455)])
NEW = marginal([(0, 150), (700_000, 300), (2_500_000, 333)])
CHANGE = dt.date(2025, 8, 15)
START = dt.date(2025, 7, 1)


def window_lines(events, window, plan_of):
    """Lines of one payee: difference of rounded earnings before and after, by running credit."""
    running, lines = {}, []
    for record, day, amount in events:
        plan, key = plan_of(day)
        key = (key, window(day))
        before = running.get(key, 0)
        after = running[key] = before + amount
        lines.append((record, half_away(plan(after)) - half_away(plan(before))))
    return lines


def some_events(dice, count, days, unit, returns=True):
    days_ = sorted(dice.roll(days) for _ in range(count))
    events = []
    for index, offset in enumerate(days_):
        amount = 1 + dice.roll(unit)
        if returns and dice.roll(10) == 0:
            amount = -amount
        events.append((f"e{index:03}", START + dt.timedelta(days=offset), amount))
    return events


def write(case, family, events, rows):
    for record, day, amount in events:
        rows.append((case, family, "event", record, day, amount, ""))


def one_payee(case, family, dice, rows, expected):
    count, unit = 5 + dice.roll(30), [40_000, 250_000, 900_000][dice.roll(3)]
    events = some_events(dice, count, 140, unit)
    write(case, family, events, rows)
    window, plan_of = {
        "retro": (quarter, lambda day: (RETRO, "")),
        "quota": (month, lambda day: (quota_plan, "")),
        "change_next": (quarter, lambda day: (OLD if quarter(day) < CHANGE else NEW, "")),
        "change_on": (quarter, lambda day: (OLD if day < CHANGE else NEW, "")),
        "change_afresh": (quarter, lambda day: (OLD, "v1") if day < CHANGE else (NEW, "v2")),
    }[family]
    for record, commission in window_lines(events, window, plan_of):
        expected.append((case, record, 1, "owner", commission, "", ""))


def share(days):
    return 7000 if days < 30 else 5000 if days < 60 else 3000 if days < 90 else 0


def two_moves(case, family, dice, rows, expected):
    """1 owns, then 2, then 3; the second move comes within the window of the first. Returns too."""
    first = START + dt.timedelta(days=5 + dice.roll(60))
    second = first + dt.timedelta(days=1 + dice.roll(60))
    moves = [(first, 1, 2), (second, 2, 3)]
    for day, old, new in moves:
        rows.append((case, family, "move", f"{old}", day, new, ""))
    events = some_events(dice, 10 + dice.roll(40), 180, 300_001)
    write(case, family, events, rows)
    credits = {1: [], 2: [], 3: []}
    for record, day, amount in events:
        held = [move for move in moves if move[0] <= day]
        if not held:
            credits[1].append((record, "owner", day, amount))
            continue
        since, old, new = held[-1]
        kept = half_away(F(amount) * share((day - since).days) * BP)
        credits[new].append((record, "owner", day, amount - kept))
        if share((day - since).days):
            credits[old].append((record, "previous", day, kept))
    for payee, own in credits.items():
        lines = window_lines([(r, d, a) for r, _, d, a in own], quarter, lambda day: (OLD, ""))
        for (record, role, _, _), (_, commission) in zip(own, lines):
            expected.append((case, record, payee, role, commission, "", ""))


def clawback(case, family, dice, rows, expected):
    """Receipts, some paid in full, in part or not at all, then refunded in one or two pieces."""
    events = some_events(dice, 3 + dice.roll(8), 80, 900_000, returns=False)
    write(case, family, events, rows)
    earned = dict(window_lines(events, quarter, lambda day: (OLD, "")))
    for record, commission in earned.items():
        expected.append((case, record, 1, "owner", commission, "", ""))
    for record, day, amount in events:
        percent = [0, 100, 100, 37][dice.roll(4)]
        paid = earned[record] * percent // 100
        if paid:
            pay_day = day + dt.timedelta(days=10)
            rows.append((case, family, "pay", record, pay_day, paid, ""))
        if dice.roll(2):
            continue
        pieces = [amount]
        if dice.roll(2):
            cut = 1 + dice.roll(amount)
            pieces = [cut, amount - cut] if cut < amount else [amount]
            pieces = pieces[: 1 + dice.roll(len(pieces))]
        taken = 0
        cancelled_before = clawed_before = 0
        for number, piece in enumerate(pieces):
            back = f"{record}_back{number}"
            back_day = day + dt.timedelta(days=100 + 40 * number)
            rows.append((case, family, "back", back, back_day, -piece, record))
            was = half_away(F(earned[record]) * taken / amount)
            taken += piece
            reverse = half_away(F(earned[record]) * taken / amount) - was
            not_paid = earned[record] - paid - cancelled_before
            cancelled = min(reverse, max(not_paid, 0))
            clawed = reverse - cancelled
            cancelled_before += cancelled
            clawed_before += clawed
            assert clawed_before <= paid
            expected.append((case, back, 1, "owner", -reverse, cancelled, clawed))


def largest_remainder(amount, shares):
    """Divides an amount above zero; the odd fen go to the larger remainders, at a tie to the first."""
    exact = [F(amount) * share * BP for share in shares]
    parts = [x.numerator // x.denominator for x in exact]
    order = sorted(range(len(shares)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: amount - sum(parts)]:
        parts[at] += 1
    return parts


def floors(case, family, dice, rows, expected):
    """A plan of 5 % with at least 1,234.56 a month, from July to December: what is added or recovered."""
    events = some_events(dice, 4 + dice.roll(12), 180, 5_000_000)
    write(case, family, events, rows)
    rate = marginal([(0, 500)])
    earned = {}
    lines = window_lines(events, month, lambda day: (rate, ""))
    for (record, day, _), (_, commission) in zip(events, lines):
        earned[month(day)] = earned.get(month(day), 0) + commission
        expected.append((case, record, 1, "owner", commission, "", ""))
    balance = 0
    for number in range(7, 13):
        first = dt.date(2025, number, 1)
        sum_ = earned.get(first, 0)
        added = max(123_456 - sum_, 0)
        recovered = 0
        if family == "draw":
            recovered = min(max(sum_ - 123_456, 0), balance)
            balance += added - recovered
        expected.append((case, first, 1, "advance", added - recovered, balance, ""))


def teams(case, family, dice, rows, expected):
    """A deal of the owner, 3 and 4; the customer goes from 1 to 2 on a day, on the usual steps."""
    moved = START + dt.timedelta(days=10 + dice.roll(60))
    rows.append((case, family, "move", "1", moved, 2, ""))
    one = 1 + dice.roll(9_998)
    two = 1 + dice.roll(9_999 - one)
    shares = [one, two, 10_000 - one - two]
    rows.append((case, family, "team", "", START, shares[0], shares[1]))
    events = some_events(dice, 10 + dice.roll(20), 150, 300_001, returns=False)
    write(case, family, events, rows)
    credits = {}
    for record, day, amount in events:
        owner, third, fourth = largest_remainder(amount, shares)
        credits.setdefault(3, []).append((record, "team", day, third))
        credits.setdefault(4, []).append((record, "team", day, fourth))
        if day < moved:
            credits.setdefault(1, []).append((record, "owner", day, owner))
            continue
        kept_share = share((day - moved).days)
        kept = half_away(F(owner) * kept_share * BP)
        credits.setdefault(2, []).append((record, "owner", day, owner - kept))
        if kept_share:
            credits.setdefault(1, []).append((record, "previous", day, kept))
    for payee, own in credits.items():
        lines = window_lines([(r, d, a) for r, _, d, a in own], quarter, lambda day: (OLD, ""))
        for (record, role, _, _), (_, commission) in zip(own, lines):
            expected.append((case, record, payee, role, commission, "", ""))


FAMILIES = [
    ("retro", one_payee, 12), ("quota", one_payee, 12), ("change_next", one_payee, 8),
    ("change_on", one_payee, 8), ("change_afresh", one_payee, 8), ("moves", two_moves, 20),
    ("clawback", clawback, 20), ("guarantee", floors, 8), ("draw", floors, 12), ("team", teams, 16),
]


def main(folder):
    rows, expected, case = [], [], 0
    for family, make, count in FAMILIES:
        for _ in range(count):
            case += 1
            make(case, family, Dice(case), rows, expected)
    heads = ("case,family,row,record,day,amount,of", "case,record,payee,role,commission,cancelled,clawed_back")
    for name, head, lines in (("cases", heads[0], rows), ("expected", heads[1], sorted(expected, key=lambda e: (e[0], str(e[1]), e[2], e[3])))):
        with open(f"{folder}/{name}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head.split(","))
            writer.writerows(lines)


main(sys.argv[1])
