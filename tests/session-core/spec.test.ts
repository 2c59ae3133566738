// Every rule of SPEC.md has a test that quotes it, and every test quotes a rule that is there.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('.', import.meta.url);
const spec = readFileSync(new URL('../../session-core/SPEC.md', folder), 'utf8');
const rules = [...spec.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, rule]) => rule ?? '');
const quoted = new Set(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...readFileSync(new URL(name, folder), 'utf8').matchAll(/\b(?:it|each\([^;]*?\))\(\s*['"`]\[([A-Z]\d+)\]/g),
    ])
    .map(([, rule]) => rule ?? ''),
);

it('names each rule once, numbered without a gap', () => {
  expect(rules.length).toBeGreaterThan(80);
  const letters = [...new Set(rules.map((rule) => rule[0]))];
  expect(letters.join('')).toBe('SPDGCMRQATVW');
  for (const letter of letters) {
    const own = rules.filter((rule) => rule.startsWith(letter ?? ''));
    expect(own).toEqual(own.map((_, i) => `${letter}${i + 1}`));
  }
});

it('has a test for each rule', () => {
  expect(rules.filter((rule) => !quoted.has(rule))).toEqual([]);
});

it('has a rule for each test that quotes one', () => {
  expect([...quoted].filter((rule) => !rules.includes(rule))).toEqual([]);
});
