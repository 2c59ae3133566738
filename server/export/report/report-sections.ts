// The sections of reports/report.html, each from the facts of the report.
// Invariant: every text that is not ours goes through `escaped`.
import { escaped } from './markup.ts';
import { withUnit } from './numbers.ts';
import { countText, outcomeText, type ReportFacts } from './report-facts.ts';

const section = (title: string, body: string, kind = ''): string =>
  `<section${kind === '' ? '' : ` class="${kind}"`}><h2>${title}</h2>${body}</section>`;

const table = (caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${heads.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead><tbody>${rows.map(([first = '', ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</tbody></table></div>`;

const figure = (title: string, svg: string): string =>
  `<figure>${svg}<figcaption>${escaped(title)}</figcaption></figure>`;

const byText = (credit: string | undefined): string => (credit === undefined ? 'a participant' : escaped(credit));

export function runs({ replay, figures }: ReportFacts): string {
  const score = figures.find(({ name }) => name === 'score');
  const rows = replay.runs.map(({ number, metric, score: value, unit, outcome }) => [
    String(number),
    `<code>${escaped(metric)}</code>`,
    value === undefined ? '' : withUnit(value, escaped(unit)),
    outcomeText(outcome),
  ]);
  if (rows.length === 0) return '';
  const drawn =
    score === undefined
      ? ''
      : figure(
          'Filled points count, larger ones are better than what they are compared with; dashed: the baseline.',
          score.svg,
        );
  return section('Runs', `${drawn}${table('All runs', ['Run', 'Metric', 'Score', 'Result'], rows)}`);
}

export function applied({ applied: steps }: ReportFacts): string {
  const items = steps.map(({ text, credit, votes, run }) => {
    const score =
      run?.score === undefined
        ? ''
        : ` Run ${run.number}: ${withUnit(run.score, escaped(run.unit))}, ${outcomeText(run.outcome)}.`;
    return `<li><p class="said">${escaped(text)}</p><p>By ${byText(credit)}, ${countText(votes, 'vote')}.${score}</p></li>`;
  });
  return section('Applied suggestions', items.length === 0 ? '<p>None was applied.</p>' : `<ol>${items.join('')}</ol>`);
}

export function holdout({ holdout: rows, task }: ReportFacts): string {
  if (rows === null) return section('Hold-out score', '<p>It was not revealed in this session.</p>');
  if (rows.length === 0) return '';
  return section(
    'Hold-out score',
    `<p>Rows that no code and nobody in the session could read.</p>${table(
      'Score on the hold-out rows',
      ['Run', `Score${task.unit === '' ? '' : ` (${escaped(task.unit)})`}`],
      rows.map(({ number, score }) => [String(number), withUnit(score, '')]),
    )}`,
  );
}

export function charts({ figures, last }: ReportFacts): string {
  const own = figures.filter(({ name }) => name !== 'score');
  if (own.length === 0) return '';
  return section(`Charts of run ${last?.run.number ?? ''}`, own.map(({ title, svg }) => figure(title, svg)).join(''));
}

export function dataCard({ course, data, task }: ReportFacts): string {
  const { table: source, schema } = course;
  const files = data.map(
    ({ path, rows, sha256 }) =>
      `<li><code>${escaped(path)}</code>: ${rows} visible rows, SHA-256 <code>${escaped(sha256)}</code></li>`,
  );
  const rows = schema.columns.map(({ name, label, type, unit = '', levels, min, max, sensitive }) => [
    `<code>${escaped(name)}</code>`,
    escaped(label),
    escaped(unit === '' ? type : `${type}, ${unit}`),
    levels === undefined
      ? min === undefined && max === undefined
        ? ''
        : `${min ?? ''} to ${max ?? ''}`
      : escaped(levels.join(', ')),
    [
      ...(name === task.target ? ['target'] : []),
      ...(task.forbidden.includes(name) ? ['no input'] : []),
      ...(sensitive === true ? ['sensitive'] : []),
    ].join(', '),
  ]);
  return section(
    'Data',
    `<p>${escaped(source.title)}</p><ul>${files.join('')}</ul>${source.notice === '' ? '' : `<p>${escaped(source.notice)}</p>`}<p>Target: <code>${escaped(task.target)}</code>${task.targetUnit === '' ? '' : ` (${escaped(task.targetUnit)})`}.</p>${table('Columns', ['Column', 'Meaning', 'Type', 'Values', 'Notes'], rows)}`,
  );
}

export function evaluation({ task, last }: ReportFacts): string {
  const tests = last?.report.tests;
  const said =
    tests === undefined
      ? ''
      : `<p>${tests.passed} of ${tests.passed + tests.failed} tests pass in run ${last?.run.number}.</p>`;
  const groups = task.groups === null ? '' : ` Rows of one <code>${escaped(task.groups)}</code> are never split.`;
  return section(
    'Evaluation',
    `<p>${task.folds}-fold cross-validation: each visible row is predicted once, by a model that learned from the other folds.${groups} ${Math.round(100 * task.holdoutFraction)} % of the table are held out. Two runs are compared row by row; a change that could as well be chance is within noise.</p>${said}`,
  );
}

export function people({ summary }: ReportFacts): string {
  if (summary.contributors.length === 0) return '';
  const rows = summary.contributors.map(({ credit, applied: n, votes }) => [escaped(credit), String(n), String(votes)]);
  const others =
    summary.unnamed === 0 ? '' : `<p>And ${countText(summary.unnamed, 'more author')} of applied suggestions.</p>`;
  return section(
    'Who made it',
    `${table('Those who asked to be credited', ['Name', 'Applied', 'Votes'], rows)}${others}`,
  );
}

export const reproduce = (): string =>
  section(
    'Run it again',
    '<p>In the repository that this report is in, with Node 20.6 or newer:</p><pre><code>npm ci --ignore-scripts\nnpm run reproduce   # same to the last bit, or which out differs\nnpm test\nnpm run serve       # the model answers on http://127.0.0.1:8080</code></pre>',
  );
