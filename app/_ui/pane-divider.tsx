'use client';
// The line between two panes, to be dragged or moved by the arrow keys. Its value is the width of the pane after it, in px.
import { useRef } from 'react';
import s from './pane-divider.module.css';

const STEP = 24;

export function PaneDivider(props: {
  readonly label: string;
  /** null: as wide as it is by default. */
  readonly width: number | null;
  readonly least: number;
  readonly most: number;
  readonly onWidth: (width: number) => void;
}) {
  const { label, width, least, most, onWidth } = props;
  const line = useRef<HTMLDivElement>(null);
  const within = (px: number) => Math.round(Math.min(most, Math.max(least, px)));
  const pane = () => line.current?.nextElementSibling?.getBoundingClientRect();
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
    <div
      ref={line}
      className={s['divider']}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={width ?? least}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const edge = pane()?.right;
        if (edge !== undefined && event.currentTarget.hasPointerCapture(event.pointerId))
          onWidth(within(edge - event.clientX));
      }}
      onKeyDown={({ key }) => {
        const now = width ?? pane()?.width ?? least;
        if (key === 'ArrowLeft') onWidth(within(now + STEP));
        if (key === 'ArrowRight') onWidth(within(now - STEP));
      }}
    />
  );
}
