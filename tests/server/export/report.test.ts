// What people write is text in the report, in the notebook and in the What-if page, whatever it is.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Question, whatIfPage } from '#sandbox/build/standalone-what-if.ts';
import { defaultCourse } from '#sandbox/index.ts';
import { plotFigure } from '#server/export/report/figures.ts';
import { escaped, scriptData } from '#server/export/report/markup.ts';
import { notebook } from '#server/export/report/notebook.ts';
import type { ReportFacts } from '#server/export/report/report-facts.ts';
import { reportPage } from '#server/export/report/report-page.ts';
import { replayData } from '#server/export/report/report-replay.ts';
import { grades } from '../../support/student-course.ts';

const HOSTILE = '</script><img src=x onerror="alert(1)"><!-- \u0000 `x` | [a](javascript:alert(1)) \ud800';

const REVISION: ReportFacts['replay']['revisions'][number] = {
  n: 1,
  at: 0,
  why: 'patch',
  credit: HOSTILE,
  suggestion: 's1',
  files: [{ path: 'a.ts', hunks: [{ fromLine: 1, removed: [], added: [HOSTILE, '````'] }] }],
};
const RUN: ReportFacts['replay']['runs'][number] = {
  number: 1,
  revision: 1,
  startedAt: 2,
  endedAt: 3,
  outcome: 'first',
  metric: grades.metric,
  unit: HOSTILE,
  direction: 'lower',
  score: 2.5,
  baseline: 3,
};
const facts: ReportFacts = {
  id: 'session',
  title: HOSTILE,
  task: grades,
  course: defaultCourse(),
  data: [{ path: 'data/raw/students.csv', rows: 5, sha256: 'a'.repeat(64) }],
  license: 'MIT',
  replay: {
    title: HOSTILE,
    sentence: HOSTILE,
    from: 0,
    to: 60_000,
    ended: true,
    revisions: [REVISION],
    suggestions: [{ id: 's1', text: HOSTILE, credit: HOSTILE, at: 0, appliedAt: 1, hasPatch: true, votes: [] }],
    runs: [RUN],
  },
  applied: [{ text: HOSTILE, credit: HOSTILE, votes: 0, run: RUN, changes: [REVISION] }],
  summary: {
    people: 1,
    suggestions: 1,
    applied: 1,
    votes: 0,
    runs: 1,
    steps: [],
    contributors: [{ credit: HOSTILE, applied: 1, votes: 0 }],
    unnamed: 0,
  },
  last: null,
  first: 2.5,
  best: 2.5,
  baseline: 3,
  holdout: null,
  figures: [{ name: 'plot-1', title: HOSTILE, svg: '<svg></svg>' }],
};

const QUESTION: Question = {
  title: '',
  sentence: '',
  target: '',
  targetUnit: '',
  classes: [],
  forbidden: [],
  columns: [],
};

interface Notebook {
  readonly cells: readonly {
    readonly id: string;
    readonly cell_type: string;
    readonly metadata: object;
    readonly source: readonly string[];
  }[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

const scriptsOf = (html: string) => [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe.each([
  ['report.html', reportPage(facts)],
  [
    'the What-if page',
    whatIfPage({
      title: HOSTILE,
      sentence: HOSTILE,
      target: HOSTILE,
      targetUnit: HOSTILE,
      classes: [],
      forbidden: [HOSTILE],
      columns: [{ name: HOSTILE, label: HOSTILE, type: 'nominal', levels: [HOSTILE] }],
    }).html,
  ],
])('%s', (_, html) => {
  it('runs our script and no other', () => {
    const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const scripts = scriptsOf(html);
    expect(scripts).toHaveLength(1);
    expect(policy).toContain(hashOf(scripts[0]!));
    // One for the data, one for the code; and nothing that a text opened.
    expect(html.match(/<\/?script/g)).toHaveLength(4);
    expect(html).not.toMatch(/<img|<!--|<[a-z][^>]*\s(?:src|href|on\w+)=|@import|url\(/);
  });
});

it('is a notebook of Markdown alone, in which texts stay texts', () => {
  const { cells, nbformat } = JSON.parse(notebook(facts)) as {
    cells: { cell_type: string; source: string[] }[];
    nbformat: number;
  };
  expect(nbformat).toBe(4);
  expect(new Set(cells.map(({ cell_type }) => cell_type))).toEqual(new Set(['markdown']));
  const source = cells.map((cell) => cell.source.join('')).join('\n\n');
  // Outside of blocks of code no tag, no link and no cell of a table begins.
  const prose = source.replaceAll(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, '');
  expect(prose).not.toMatch(/(?<!\\)<|(?<!\\)\]\(javascript/);
});

it('is a notebook by the rules of nbformat 4.5, which GitHub renders', () => {
  const { cells, metadata, nbformat, nbformat_minor, ...more } = JSON.parse(notebook(facts)) as Notebook;
  expect([nbformat, nbformat_minor, more]).toEqual([4, 5, {}]);
  expect(metadata).toEqual({ language_info: { name: 'typescript', file_extension: '.ts' }, title: expect.any(String) });
  for (const { id, cell_type, metadata: about, source, ...rest } of cells) {
    expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect([cell_type, about, rest]).toEqual(['markdown', { editable: false }, {}]);
    // A list of lines, each but the last with its end.
    for (const [i, line] of source.entries()) {
      expect(line).toEqual(expect.any(String));
      expect(line.indexOf('\n')).toBe(i === source.length - 1 ? -1 : line.length - 1);
    }
  }
  expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
});

it('writes the answer of the model with five digits and none of them lost', async () => {
  const { html } = whatIfPage({ ...QUESTION, targetUnit: 'CHF' });
  const shown = async (prediction: number): Promise<string> => {
    const texts: string[] = [];
    const element = (): object => ({
      append: (...parts: { textContent?: string }[]) => texts.push(...parts.map((part) => part.textContent ?? '')),
      addEventListener: () => {},
      replaceChildren: () => {},
    });
    const page = {
      getElementById: () => ({ textContent: JSON.stringify({ ...QUESTION, targetUnit: 'CHF' }) }),
      querySelector: element,
      createElement: element,
    };
    const answer = { json: async () => ({ prediction }) };
    new Function('document', 'fetch', scriptsOf(html)[0]!)(page, async () => answer);
    await vi.waitFor(() => expect(texts).toHaveLength(2));
    return texts.join(' ');
  };
  for (const [prediction, text] of [
    [12_340.3, '12340 CHF'],
    [100, '100 CHF'],
    [11.5, '11.5 CHF'],
    [0.123456, '0.12346 CHF'],
    [1_234_567, '1234600 CHF'],
  ] as const)
    expect(await shown(prediction)).toBe(text);
});

it('replays what was suggested, typed and measured, with the last score that counts', () => {
  const [suggestion] = facts.replay.suggestions;
  const { steps } = replayData({
    ...facts.replay,
    suggestions: [{ ...suggestion!, at: 0, text: 'Try a forest' }],
    revisions: [{ ...REVISION, at: 1, credit: 'Ada' }],
    runs: [RUN, { ...RUN, number: 2, startedAt: 4, endedAt: 5, score: 1, outcome: 'struck' }],
  });
  expect(steps.map((step) => [step.at, step.text.split('<')[0], 'score' in step ? step.score : undefined])).toEqual([
    [0, 'Suggested: Try a forest, ', undefined],
    [1, 'Suggestion applied or taken back: Try a forest, Ada', undefined],
    [3, 'Run 1: cv.rmse 2.5, first', 'cv.rmse 2.5 (run 1)'],
    [5, 'Run 2: cv.rmse 1, struck, does not count', undefined],
  ]);
});

it('escapes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escaped(text)).not.toMatch(/[<>"']/);
      expect(scriptData(text)).not.toMatch(/[<\u2028\u2029]/);
    }),
  );
});

const PLOT = {
  path: 'p.csv',
  title: HOSTILE,
  x: 'x',
  y: 'y',
  xLabel: HOSTILE,
  yLabel: HOSTILE,
  columns: ['x', 'y', 'z'],
};
it.each([
  [
    'scatter',
    [
      [3, 1, 1],
      [1, 2, 1],
    ],
    'circle',
  ],
  [
    'linear',
    [
      [1, 1, 1],
      [2, 2, 1],
    ],
    'polyline',
  ],
  [
    'bar_horizontal_sorted',
    [
      [1, HOSTILE, 1],
      [-2, 'b', 1],
    ],
    'rect',
  ],
  [
    'histogram',
    [
      [1, 1, 1],
      [1, 2, 1],
    ],
    'rect',
  ],
  [
    'confusion',
    [
      [HOSTILE, 'b', 1],
      ['b', 'b', 1],
    ],
    'rect',
  ],
  [
    'heatmap',
    [
      ['a', 'b', -1],
      ['b', 'b', 2],
    ],
    'rect',
  ],
  [
    undefined,
    [
      ['a', 1, 1],
      ['b', 2, 1],
    ],
    'rect',
  ],
] as const)('draws a plot with the template %s', (template, rows, mark) => {
  const figure = plotFigure({ ...PLOT, rows, ...(template === undefined ? {} : { template }) }, 0);
  expect(figure?.name).toBe('plot-1');
  expect(figure?.svg).toContain(`<${mark} `);
  expect(figure?.svg).not.toMatch(/NaN|Infinity|undefined|<img|style=|<script/);
});
