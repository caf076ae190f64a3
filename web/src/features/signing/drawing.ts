/** A drawn signature as the server keeps it 手写笔迹. */

/** Side of the square in which strokes are kept. */
export const UNITS = 10_000;
/** The field is so many times wider than high. */
export const RATIO = 2.5;

export type Point = [number, number];
export type Stroke = Point[];
/** Lines of a hand, or the name typed instead. */
export type Drawing = { strokes: Stroke[]; typed?: string };

type Place = { clientX: number; clientY: number };
type Box = { left: number; top: number; width: number; height: number };

const within = (part: number) => Math.round(Math.min(1, Math.max(0, part)) * UNITS);

/** Where in the field a pointer is; outside counts as its edge. */
export function pointOf({ clientX, clientY }: Place, box: Box): Point {
  return [
    within((clientX - box.left) / (box.width || 1)),
    within((clientY - box.top) / (box.height || 1)),
  ];
}

/** Whether there is anything to keep: as the server counts, eight points or a name. */
export function isDrawn(drawing: Drawing | undefined): boolean {
  if (drawing?.typed?.trim()) return true;
  const points = (drawing?.strokes ?? []).reduce((sum, stroke) => sum + stroke.length, 0);
  return points >= 8;
}
