// reports/report.html: one file without network that says what a session came to, to open, to hand out, to print.
// Invariant: texts of participants are escaped; the policy lets exactly our style and our script run, and nothing load.
import { createHash } from 'node:crypto';
import { escaped, scriptData } from './markup.ts';
import { numberText } from './numbers.ts';
import { countText, dayText, type ReportFacts } from './report-facts.ts';
import { REPLAY_MARKUP, REPLAY_SCRIPT, replayData } from './report-replay.ts';
import { applied, charts, dataCard, evaluation, holdout, people, reproduce, runs } from './report-sections.ts';
import { REPORT_STYLE } from './report-style.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = `default-src 'none'; style-src ${hashOf(REPORT_STYLE)}; script-src ${hashOf(REPLAY_SCRIPT)}; base-uri 'none'; form-action 'none'`;

export function reportPage(facts: ReportFacts): string {
  const { title, replay } = facts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}: report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
${head(facts)}
<main>
${[scores, runs, applied, holdout, charts, dataCard, evaluation, people, reproduce].map((section) => section(facts)).join('\n')}
${replay.revisions.length === 0 ? '' : REPLAY_MARKUP}
</main>
<footer><p>Made by Crowd Programming on ${dayText(replay.to)}. ${facts.license === 'none' ? 'No licence was chosen.' : `Licence: ${facts.license}.`}</p></footer>
<script type="application/json" id="replay-data">${scriptData(replayData(replay))}</script>
<script>${REPLAY_SCRIPT}</script>
</body>
</html>
`;
}

function head({ title, task, replay, summary }: ReportFacts): string {
  const counts = [
    countText(summary.people, 'participant'),
    countText(summary.suggestions, 'suggestion'),
    `${summary.applied} applied`,
    countText(summary.votes, 'vote'),
    countText(summary.runs, 'run'),
  ];
  return `<header>
<p>${dayText(replay.from)}</p>
<h1>${escaped(title)}</h1>
<p class="question">${escaped(task.sentence)}</p>
<ul class="counts">${counts.map((text) => `<li>${text}</li>`).join('')}</ul>
</header>`;
}

/** The numbers that somebody looks for first. */
function scores({ task, first, best, baseline, holdout: rows }: ReportFacts): string {
  const last = rows?.at(-1);
  const shown = [
    ['Baseline', 'without any model', baseline],
    ['First run', 'of this evaluation', first],
    ['Best run', 'that counts', best],
    ...(last === undefined ? [] : [['Hold-out', `run ${last.number}, on rows that nobody saw`, last.score] as const]),
  ] as const;
  const tiles = shown.flatMap(([name, about, value]) =>
    value === undefined
      ? []
      : [
          `<div><dt>${name}</dt><dd><strong>${numberText(value)}${task.unit === '' ? '' : ` <small>${escaped(task.unit)}</small>`}</strong><span>${about}</span></dd></div>`,
        ],
  );
  const better = task.direction === 'lower' ? 'lower is better' : 'higher is better';
  return tiles.length === 0
    ? '<section><h2>Score</h2><p>No run has a score that counts.</p></section>'
    : `<section><h2>Score</h2><p><code>${escaped(task.metric)}</code>, ${better}.</p><dl class="tiles">${tiles.join('')}</dl></section>`;
}
