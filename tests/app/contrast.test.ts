// Text on its ground keeps WCAG AA in both themes: the pairs the screens use, read from the one file of tokens.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../app/globals.css'), 'utf8');

/** [light, dark] of a token; one colour for both where it says so. */
function tokenOf(name: string): readonly [string, string] {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? '';
  const found = value.match(/#[0-9a-f]{6}/gi) ?? [];
  const [light, dark = light] = found;
  if (light === undefined || dark === undefined) throw new Error(`--${name} is no colour: ${value}`);
  return [light, dark];
}

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * parts[0]! + 0.7152 * parts[1]! + 0.0722 * parts[2]!;
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

const ON_GROUNDS = ['ink', 'ink-2', 'brand', 'better', 'worse', 'noise', 'info'];
const TEXT: readonly (readonly [string, string])[] = [
  ...['ground', 'surface', 'sunken'].flatMap((ground) => ON_GROUNDS.map((text) => [text, ground] as const)),
  ...['better', 'worse', 'noise', 'info'].flatMap((kind) => [
    [kind, `${kind}-soft`] as const,
    ['ink', `${kind}-soft`] as const,
    ['ink-2', `${kind}-soft`] as const,
  ]),
  ['on-brand', 'brand'],
  ['on-signal', 'signal'],
  ['ink', 'signal-soft'],
  ['ink-2', 'signal-soft'],
  ['ground', 'ink'],
  ['surface', 'info'],
  ...['keyword', 'string', 'number', 'comment', 'name'].map((kind) => [`code-${kind}`, 'code-ground'] as const),
];

it.each(TEXT)('%s on %s is readable', (text, ground) => {
  const [lightText, darkText] = tokenOf(text);
  const [lightGround, darkGround] = tokenOf(ground);
  expect(contrast(lightText, lightGround)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(darkText, darkGround)).toBeGreaterThanOrEqual(4.5);
});

it.each(['ground', 'surface', 'sunken'])(
  'the focus ring, the lines of controls and the series of charts stand out on %s',
  (ground) => {
    for (const line of ['focus', 'line-strong', 'suspect', ...[1, 2, 3, 4, 5, 6].map((i) => `chart-${i}`)]) {
      for (const [i, colour] of tokenOf(line).entries())
        expect(contrast(colour, tokenOf(ground)[i]!)).toBeGreaterThanOrEqual(3);
    }
  },
);
