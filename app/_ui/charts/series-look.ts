// How the series of a chart differ: by color, and by dash for eyes and projectors that do not show the color.

const DASHES = ['none', '9 5', '2 4', '12 4 2 4', '5 2', '1 6'] as const;

export const colorOf = (i: number): string => `var(--chart-${(i % 6) + 1})`;
export const dashOf = (i: number): string => DASHES[i % DASHES.length]!;
