/** What an amount earns by marginal bands, for the example beside the form 试算. */
import { fenOf } from "@/lib/money";

export type Tier = { from: string; bps: number };

/** Half away from zero, as the engine rounds; amounts are plain decimals of yuan. */
export function earns(amount: string, tiers: readonly Tier[]): string {
  const whole = fenOf(amount);
  let sum = 0n;
  tiers.forEach((tier, at) => {
    const from = fenOf(tier.from);
    const next = tiers[at + 1];
    const until = next ? fenOf(next.from) : whole;
    const inside = (whole < until ? whole : until) - from;
    if (inside > 0n) sum += inside * BigInt(tier.bps);
  });
  const fen = (2n * sum + 10_000n) / 20_000n;
  const text = fen.toString().padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
