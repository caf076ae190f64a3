/** A field to draw a signature in, or to type the name where no hand can draw 手写签名框. */
import { Button, Input } from "antd";
import { useId, useRef, useState, type PointerEvent } from "react";
import { useWords } from "@/lib/language";
import type { Drawing, Stroke } from "./drawing";
import { pointOf, RATIO, UNITS } from "./drawing";
import styles from "./signing.module.css";
import { signingWords } from "./words";

type Props = { id?: string; value?: Drawing; onChange?: (drawing: Drawing) => void };

export function Pad({ id, value, onChange }: Props) {
  const w = useWords(signingWords);
  const [typing, setTyping] = useState(false);
  const label = useId();
  const strokes = value?.strokes ?? [];
  const change = (drawing: Drawing) => onChange?.(drawing);
  return (
    <div className={styles.pad}>
      {typing ? (
        <Input
          id={id}
          aria-label={w("typed")}
          placeholder={w("typed")}
          autoComplete="name"
          maxLength={100}
          value={value?.typed ?? ""}
          onChange={({ target }) => change({ strokes: [], typed: target.value })}
        />
      ) : (
        <>
          <p id={label} className={styles.fine}>
            {w("draw_hint")}
          </p>
          <Surface strokes={strokes} label={label} onChange={(next) => change({ strokes: next })} />
        </>
      )}
      <div className={styles.tools}>
        {!typing && (
          <Button disabled={strokes.length === 0} onClick={() => change({ strokes: [] })}>
            {w("clear")}
          </Button>
        )}
        <Button
          type="link"
          onClick={() => {
            change({ strokes: [] });
            setTyping(!typing);
          }}
        >
          {w(typing ? "draw_instead" : "type_instead")}
        </Button>
      </div>
    </div>
  );
}

type SurfaceProps = {
  strokes: readonly Stroke[];
  label: string;
  onChange: (strokes: Stroke[]) => void;
};

function Surface({ strokes, label, onChange }: SurfaceProps) {
  const [stroke, setStroke] = useState<Stroke>();
  const drawing = useRef(false);
  const at = (event: PointerEvent<SVGSVGElement>) =>
    pointOf(event, event.currentTarget.getBoundingClientRect());
  return (
    <svg
      className={styles.surface}
      viewBox={`0 0 ${UNITS} ${UNITS / RATIO}`}
      role="img"
      aria-labelledby={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.current = true;
        setStroke([at(event)]);
      }}
      onPointerMove={(event) => {
        if (!drawing.current) return;
        const point = at(event);
        setStroke((before) => [...(before ?? []), point]);
      }}
      onPointerUp={() => {
        if (drawing.current && stroke) onChange([...strokes, stroke]);
        drawing.current = false;
        setStroke(undefined);
      }}
    >
      <Lines of={stroke ? [...strokes, stroke] : strokes} />
    </svg>
  );
}

/** Strokes as lines; the page's units are as high as wide, so the height is drawn to scale. */
export function Lines({ of }: { of: readonly Stroke[] }) {
  return of.map((stroke, index) => (
    <polyline
      key={index}
      points={stroke.map(([x, y]) => `${x},${y / RATIO}`).join(" ")}
      fill="none"
      stroke="#14142e"
      strokeWidth={90}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ));
}
