/** Basis points as people read and type them 百分比. */

/** `70%`, `2.5%`, `0.05%` */
export function percentOf(bps: number): string {
  return `${bps / 100}%`;
}

/** Whole basis points of a typed per cent: 3.33 becomes 333. */
export function bpsOf(percent: number): number {
  return Math.round(percent * 100);
}
