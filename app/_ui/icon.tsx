// The icons. Always decorative: the label is next to it or in aria-label.
const PATHS = {
  up: 'M4 15l8-8 8 8',
  hand: 'M7 12V5.5a1.5 1.5 0 013 0V11m0-6.5v-1a1.5 1.5 0 013 0V11m0-6a1.5 1.5 0 013 0v7m0-4a1.5 1.5 0 013 0v6.5A6.5 6.5 0 0112.5 21c-3 0-4.2-1.3-5.6-3.7L4.2 13a1.5 1.5 0 012.5-1.6L8 13',
  suggestion: 'M9 18h6m-5 3h4M12 3a6 6 0 00-3.5 10.9c.6.5 1 1.2 1 2.1h5c0-.9.4-1.6 1-2.1A6 6 0 0012 3z',
  now: 'M12 7v5l3.5 2M21 12a9 9 0 11-18 0 9 9 0 0118 0z',
  code: 'M8 7l-5 5 5 5m8-10l5 5-5 5',
  results: 'M4 20V10m6 10V4m6 16v-7m4 7H2',
  data: 'M3.5 5h17v14h-17zm0 4.7h17m-17 4.6h17M9 5v14',
  run: 'M7 4.5v15l12-7.5z',
  stop: 'M6 6h12v12H6z',
  pin: 'M12 21v-6m-5 0h10l-1.5-4V5.5L17 4H7l1.5 1.5V11z',
  undo: 'M8 5L4 9l4 4m-4-4h10a6 6 0 010 12h-4',
  close: 'M5 5l14 14M19 5L5 19',
  search: 'M20 20l-4.5-4.5M17 10.5a6.5 6.5 0 11-13 0 6.5 6.5 0 0113 0z',
  check: 'M4 12.5l5.5 5.5L20 7',
  driver:
    'M21 12a9 9 0 11-18 0 9 9 0 0118 0zm-6.5 0a2.5 2.5 0 11-5 0 2.5 2.5 0 015 0zM12 14.5V21M9.6 11.3L3.5 9m10.9 2.3L20.5 9',
  people:
    'M16 20v-1.5a4 4 0 00-4-4H7a4 4 0 00-4 4V20m10-12.5a3.5 3.5 0 11-7 0 3.5 3.5 0 017 0zM21 20v-1.5a4 4 0 00-3-3.87m-2-11a4 4 0 010 7.74',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  down: 'M4 9l8 8 8-8',
  timer: 'M9 2h6m-3 11V9m8 5a8 8 0 11-16 0 8 8 0 0116 0z',
  lock: 'M6 11h12v10H6zm2.5 0V7.5a3.5 3.5 0 017 0V11',
  warning: 'M12 3.5L22 20.5H2zm0 6.5v5m0 2.6v.1',
  bell: 'M6 16.5V11a6 6 0 0112 0v5.5l2 2H4zm4 4.5h4',
  screen: 'M3 4h18v12H3zm5 17h8m-4-5v5',
} as const;

export type IconName = keyof typeof PATHS;

/** So that it grows with the text on large windows. `px`: where the text has its usual size. */
export const inRem = (px: number) => `${px / 16}rem`;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg width={inRem(size)} height={inRem(size)} viewBox="0 0 24 24" aria-hidden="true" style={{ flex: 'none' }}>
      <path
        d={PATHS[name]}
        fill={name === 'run' || name === 'stop' ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={name === 'more' ? 4 : 2.2}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
