// The page without a browser has no layout: here everything is 400 px wide, so that charts are drawn.
import { act } from '@testing-library/react';
import { vi } from 'vitest';

/** Drawing code that is loaded by now is there at once. */
export async function giveWidth(): Promise<void> {
  await import('#app/_ui/charts/drawing.tsx');
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly #seen: ResizeObserverCallback;
      constructor(seen: ResizeObserverCallback) {
        this.#seen = seen;
      }
      observe() {
        const entries = [{ contentRect: { width: 400 } }] as unknown as ResizeObserverEntry[];
        queueMicrotask(() => act(() => this.#seen(entries, this as unknown as ResizeObserver)));
      }
      disconnect() {}
      unobserve() {}
    },
  );
}
