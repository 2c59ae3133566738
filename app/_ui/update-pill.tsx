// A button that brings what is on screen up to date. It lies over the end of its list, so that nothing moves when it
// appears; without a label there is none.
// Invariant: the keyboard's focus is not lost with the button; it stays at its place.
import { useCallback, useRef } from 'react';
import s from './update-pill.module.css';

export function UpdatePill({ label, onUpdate }: { readonly label: string | null; readonly onUpdate: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  /** React lets go of the button just before it takes it from the page. */
  const held = useCallback(
    (button: HTMLButtonElement) => () => {
      if (document.activeElement === button) place.current?.focus({ preventScroll: true });
    },
    [],
  );
  return (
    <div ref={place} className={s['place']} tabIndex={-1}>
      {label === null ? null : (
        <button ref={held} type="button" className={s['pill']} onClick={onUpdate}>
          {label}
        </button>
      )}
    </div>
  );
}
