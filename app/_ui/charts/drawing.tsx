// The drawing of a chart on the page: its marks by pointer, touch and arrow keys, with their values beside them.
// Loads when a chart is shown.
'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { dropWork, queueWork } from '../one-a-task.ts';
import { useWidth } from '../use-width.ts';
import s from './chart.module.css';
import type { ChartSpec } from './chart-spec.ts';
import { draw } from './draw/draw.ts';
import type { Drawn, Target } from './draw/drawn.ts';

export interface DrawingProps {
  readonly spec: ChartSpec;
  readonly height?: number;
  readonly small?: boolean;
  readonly onPoint?: (id: string) => void;
}

/** Further away than this many text sizes, the pointer is at no mark. */
const REACH = 3;

export function Drawing({ spec, height, small = false, onPoint }: DrawingProps) {
  const box = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  // On the projector the size of text follows the height of the window, which need not change the width.
  const letters = useRef<HTMLSpanElement>(null);
  const textSize = useWidth(letters);
  const [drawn, setDrawn] = useState<(Drawn & { readonly unit: number }) | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [spoken, setSpoken] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `textSize` says that the unit has changed
  useEffect(() => {
    if (width === 0) return;
    // One drawing a task: ten of them together would hold a phone for as long as ten.
    const work = () => {
      if (box.current === null || place.current === null) return;
      const unit = Number.parseFloat(getComputedStyle(box.current).fontSize) || 16;
      const made = draw(spec, { width, unit, small, ...(height === undefined ? {} : { height }) });
      made.svg.setAttribute('aria-hidden', 'true');
      place.current.replaceChildren(made.svg);
      setDrawn({ ...made, unit });
      setAt(null);
    };
    queueWork(work);
    return () => dropWork(work);
  }, [spec, width, height, small, textSize]);

  const target = at === null ? undefined : drawn?.targets[at];
  const nearest = (event: PointerEvent<HTMLElement> | React.MouseEvent<HTMLElement>): number | null => {
    const svg = drawn?.svg;
    if (!drawn || !svg) return null;
    const frame = svg.getBoundingClientRect();
    // The page may be enlarged, so the pointer is measured against the drawing as it is on the screen.
    const x = ((event.clientX - frame.left) / frame.width) * drawn.width;
    const y = ((event.clientY - frame.top) / frame.height) * drawn.height;
    return nearestOf(drawn, { x, y }, drawn.unit * REACH);
  };
  const choose = (chosen: Target | undefined) => {
    if (chosen?.id !== undefined) onPoint?.(chosen.id);
  };
  const move = (event: KeyboardEvent) => {
    const last = (drawn?.targets.length ?? 0) - 1;
    if (last < 0) return;
    const next = nextOf(event.key, at, last);
    if (next !== undefined) {
      event.preventDefault();
      setAt(next);
      setSpoken(next === null ? '' : (drawn?.targets[next]?.lines.join(', ') ?? ''));
    } else if (event.key === 'Enter' && target) {
      event.preventDefault();
      choose(target);
    }
  };
  const keys = onPoint ? t.chart.keysOpen : t.chart.keys;
  return (
    <div ref={box} className={s['box']} data-small={small}>
      <span ref={letters} className={s['letters']} aria-hidden="true" />
      <div
        ref={place}
        className={s['drawing']}
        data-opens={onPoint !== undefined && target?.id !== undefined}
        role="application"
        aria-label={`${t.chart.spoken(spec.title, drawn?.targets.length ?? 0)}. ${keys}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move through its marks
        tabIndex={0}
        onPointerMove={(event) => setAt(nearest(event))}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={move}
        onClick={(event) => choose(drawn?.targets[nearest(event) ?? -1])}
      />
      {drawn && target ? <Mark drawn={drawn} target={target} /> : null}
      <output className="hidden-text">{spoken}</output>
    </div>
  );
}

/** The ring around a mark and its values, placed in parts of the drawing so that they follow any enlargement. */
function Mark({ drawn, target }: { readonly drawn: Drawn & { readonly unit: number }; readonly target: Target }) {
  const size = target.box ?? { width: drawn.unit, height: drawn.unit };
  const right = target.x > drawn.width / 2;
  const low = target.y > drawn.height / 2;
  return (
    <div className={s['over']} style={{ width: drawn.width, height: drawn.height }} aria-hidden="true">
      <span
        className={s['ring']}
        data-round={target.box === undefined}
        style={{
          left: target.x - size.width / 2,
          top: target.y - size.height / 2,
          width: Math.max(size.width, 4),
          height: Math.max(size.height, 4),
        }}
      />
      <span
        className={s['tip']}
        style={{
          ...(right ? { right: drawn.width - target.x + drawn.unit } : { left: target.x + drawn.unit }),
          ...(low ? { bottom: drawn.height - target.y + drawn.unit / 2 } : { top: target.y + drawn.unit / 2 }),
        }}
      >
        {target.lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names
          <span key={i} dir="auto">
            {line}
          </span>
        ))}
      </span>
    </div>
  );
}

/** undefined: the key moves nothing. null: back to no mark. */
function nextOf(key: string, at: number | null, last: number): number | null | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return at === null ? 0 : Math.min(last, at + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return at === null ? last : Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Escape':
      return at === null ? undefined : null;
    default:
      return undefined;
  }
}

function nearestOf(drawn: Drawn, { x, y }: { x: number; y: number }, reach: number): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, target] of drawn.targets.entries()) {
    const [dx, dy] = [outside(x, target.x, target.box?.width), outside(y, target.y, target.box?.height)];
    const [near, far] = drawn.nearest === 'x' ? [dx, 0] : drawn.nearest === 'y' ? [dy, 0] : [dx, dy];
    const distance = Math.hypot(near, far);
    if (distance < least) [best, least] = [i, distance];
  }
  return least <= reach ? best : null;
}

/** How far a place lies outside a mark, 0 inside it. */
const outside = (place: number, middle: number, size = 0): number => Math.max(0, Math.abs(place - middle) - size / 2);
