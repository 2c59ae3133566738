// The story of a session as a Jupyter notebook, to read: Markdown alone, so that nothing of it runs and GitHub shows it.
// Invariant: no code cell, no output, no HTML.
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import { codeBlock, codeSpan, plainMarkdown } from '../markdown.ts';
import { withUnit } from './numbers.ts';
import { countText, dayText, outcomeText, type ReportFacts } from './report-facts.ts';

const MOST_LINES = 40;

export function notebook(facts: ReportFacts): string {
  const cells = cellsOf(facts).map((source, i) => ({
    cell_type: 'markdown',
    id: `cell-${i + 1}`,
    metadata: { editable: false },
    source: source.split(/(?<=\n)/),
  }));
  const metadata = { language_info: { name: 'typescript', file_extension: '.ts' }, title: facts.title };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function cellsOf(facts: ReportFacts): string[] {
  const { title, task, replay, course, data, figures, last } = facts;
  const files = data.map(({ path, rows }) => `- ${codeSpan(path)}: ${rows} visible rows`);
  return [
    `# ${plainMarkdown(title)}\n\n${plainMarkdown(task.sentence)}\n\n${dayText(replay.from)}. This notebook is the story of a session, to read; the pipeline itself runs with \`npm start\`.`,
    `## The data\n\n${plainMarkdown(course.table.title)}\n\n${files.join('\n')}\n\nTarget: ${codeSpan(task.target)}. The columns are in [references/data-dictionary.md](../references/data-dictionary.md).`,
    `## The score\n\n${codeSpan(task.metric)} by ${task.folds}-fold cross-validation, ${task.direction === 'lower' ? 'lower' : 'higher'} is better.\n\n![The score of each run](../reports/figures/score.svg)\n\n${runTable(replay)}`,
    ...steps(facts),
    ...(last === null
      ? []
      : [
          `## What the last run plotted\n\n${figures
            .filter(({ name }) => name !== 'score')
            .map(({ name, title: of }) => `![${plainMarkdown(of)}](../reports/figures/${name}.svg)`)
            .join('\n\n')}`,
        ]),
    `## Hold-out rows\n\n${holdoutText(facts)}`,
  ];
}

function runTable({ runs }: Replay): string {
  const rows = runs.map(({ number, metric, score, unit, outcome }) => {
    const value = score === undefined ? '' : withUnit(score, plainMarkdown(unit));
    return `| ${number} | ${codeSpan(metric)} | ${value} | ${outcomeText(outcome)} |`;
  });
  return ['| run | metric | score | result |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** One for each applied suggestion, with what it changed. */
function steps({ applied }: ReportFacts): string[] {
  return applied.map(({ text, credit, votes, run, changes }, i) => {
    const by = credit === undefined ? 'a participant' : plainMarkdown(credit);
    const score =
      run?.score === undefined
        ? ''
        : ` Run ${run.number}: ${withUnit(run.score, plainMarkdown(run.unit))}, ${outcomeText(run.outcome)}.`;
    const code = changes.length === 0 ? '' : `\n\n${codeBlock(diffOf(changes), 'diff')}`;
    return `### ${i + 1}. ${plainMarkdown(text)}\n\nBy ${by}, ${countText(votes, 'vote')}.${score}${code}`;
  });
}

function diffOf(changes: Replay['revisions']): string {
  const lines = changes
    .flatMap(({ files }) => files)
    .flatMap(({ path, hunks }) => [
      `--- ${path}`,
      ...hunks.flatMap(({ fromLine, removed, added }) => [
        `@@ line ${fromLine} @@`,
        ...removed.map((line) => `-${line}`),
        ...added.map((line) => `+${line}`),
      ]),
    ]);
  return lines.length <= MOST_LINES
    ? lines.join('\n')
    : [...lines.slice(0, MOST_LINES), `(${lines.length - MOST_LINES} more lines)`].join('\n');
}

function holdoutText({ holdout, task }: ReportFacts): string {
  if (holdout === null) return 'Their score was not revealed in this session.';
  if (holdout.length === 0) return 'No run was scored on them.';
  const rows = holdout.map(({ number, score }) => `| ${number} | ${withUnit(score, plainMarkdown(task.unit))} |`);
  return ['| run | score on rows that nobody saw |', '| --- | --- |', ...rows].join('\n');
}
