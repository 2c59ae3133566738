// A phone gets the strings of its first view with the page, and the others with the tab or dialog that says them. So code
// of the first view reads no others: they would not be there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { first } from '#app/_strings/en/first.ts';
import { more } from '#app/_strings/en/more/index.ts';
import { soon } from '#app/_strings/en/soon.ts';
import { readImportGraph } from '#scripts/boundaries/import-graph.ts';
import { loadedWith, topicsRead } from './first-view.ts';

/** It reads the sentences of refusals after they have arrived. */
const LATE = 'app/_strings/rejection-text.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const pages = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)(page|layout|error|not-found)\.tsx$/.test(file))
  .map((file) => `app/${file}`)
  .filter((file) => !read(file).includes('<AllStrings'));
const graph = readImportGraph('.', ['app', 'session-core', 'pipeline-core'], []);
const saidBy = (files: readonly string[]) =>
  files.filter((file) => file !== LATE).flatMap((file) => topicsRead(read(file)).map((topic) => ({ file, topic })));
const loaded = loadedWith(pages, graph);
const says = saidBy(loaded);
/** Parts that wait for no other strings than those of `soon`: `early(async () => (await import('./part.tsx')).Part)`. */
const callers = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map((file) => `app/${file}`)
  .filter((file) => /\.tsx?$/.test(file) && file !== 'app/_ui/on-demand.tsx' && /\bearly\(/.test(read(file)));
const early = callers.flatMap((file) =>
  [...read(file).matchAll(/\bearly\((?:async \(\) => \(await import\('([^']+)'\)\)\.\w+\))?/g)].map(([, part]) =>
    part === undefined ? `${file}: unreadable` : join(dirname(file), part),
  ),
);
const soonSays = saidBy(loadedWith(early, graph));

describe('the first view of a phone', () => {
  it('is that of the pages of people who join, and holds no tab or dialog that loads later', () => {
    expect(pages).toEqual(expect.arrayContaining(['app/j/[code]/page.tsx', 'app/s/[sessionId]/page.tsx']));
    expect(pages).not.toContain('app/s/[sessionId]/drive/page.tsx');
    expect(loaded).toContain('app/_surfaces/now-tab.tsx');
    expect(loaded).not.toContain('app/_surfaces/results-tab.tsx');
  });
  it('says nothing that arrives later', () => {
    expect(says.filter(({ topic }) => topic === 't' || topic in more || topic in soon)).toEqual([]);
  });
  it('brings no topic that it does not say', () => {
    const said = new Set(says.map(({ topic }) => topic));
    expect(Object.keys(first).filter((topic) => !said.has(topic))).toEqual([]);
  });
});

describe('what loads by itself after it', () => {
  it('says nothing that only arrives with what somebody opens', () => {
    expect(early).toContain('app/_features/suggestions/composer.tsx');
    expect(early.filter((file) => !existsSync(file))).toEqual([]);
    expect(soonSays.filter(({ topic }) => topic === 't' || topic in more)).toEqual([]);
  });
  it('brings no topic that it does not say', () => {
    const said = new Set(soonSays.map(({ topic }) => topic));
    expect(Object.keys(soon).filter((topic) => !said.has(topic))).toEqual([]);
  });
});

describe('the topics that a module reads', () => {
  const page = (code: string) => topicsRead(`import { t } from '#app/_strings/strings.ts';\n${code}`);
  it.each([
    ['const head = () => t.home.head;', ['home']],
    ['const head = (key: string) => t[key];', ['t']],
    ['const head = () => sentence(t);', ['t']],
    ['const { home } = t;', ['t']],
    ['const span = (row: Row) => row.t + t.home.head;', ['home']],
    ['type Order = keyof typeof t.data.orders;', []],
  ])('are found in %s', (code, topics) => expect(page(code)).toEqual(topics));
});
