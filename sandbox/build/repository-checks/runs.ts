// Tests, leakage and the score of a pipeline, from one run of all its stages.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { leakAlarm } from '#pipeline-core/model-selection/leakage-check.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import type { Schema } from '#pipeline-core/table/schema.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import { topologicalOrder } from '#pipeline-core/workspace/graph.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { isTestsOut } from '#pipeline-core/workspace/tests-out.ts';
import { type TargetRule, targetsOf } from '../../data/target.ts';
import { parseTests } from '../../protocol/tests-out.ts';
import { scoredValues } from '../../runner/leakage/scored-values.ts';
import { PREDICTIONS, readPredictions } from '../../runner/read-predictions.ts';
import { isTestStage } from '../../runner/test-results.ts';
import { metricsFiles, numbersIn, stageEnv } from '../standalone-run.ts';
import { FLAGS, outputOf } from '../standalone-stages.ts';
import { linesOf, type Mark } from './mark.ts';

const INPUTS = /(?:^|\/)inputs\.csv$/;
const TEST_FILE = /\.test\.(?:mjs|ts)$/;

/** Of references/schema.json. */
interface Question {
  readonly target: string;
  readonly targetFrom?: TargetRule;
  readonly classes: readonly string[];
  readonly forbidden: readonly string[];
  readonly columns: Schema['columns'];
}

interface Ended {
  readonly stage: Stage;
  readonly said: readonly string[];
}

/** In the order of a session's marks. */
export function runMarks(home: string, stages: readonly Stage[]): Mark[] {
  const before = metricsAt(home, stages);
  for (const path of stages.flatMap(pathsOut)) rmSync(join(home, path), { force: true, recursive: true });
  const { failed, testsEnded } = runAll(home, stages);
  if (failed !== null) {
    const note = `the stage ${failed.stage.name} failed`;
    return [
      { name: 'tests', state: 'absent', note },
      { name: 'leakage', state: 'absent', note },
      { name: 'preview', state: 'failed', note, found: failed.said },
    ];
  }
  return [testsMark(home, stages, testsEnded), leakageMark(home, stages), previewMark(home, stages, before)];
}

/** One after another until one fails. A stage of tests that does is what the tests came to, and no end of the others. */
function runAll(home: string, stages: readonly Stage[]) {
  const testsEnded: Ended[] = [];
  for (const stage of topologicalOrder(stages)) {
    const { code, out } = outputOf(process.execPath, [...FLAGS, stage.entry], {
      cwd: home,
      env: stageEnv(stage.name),
    });
    if (code === 0) continue;
    const ended = { stage, said: linesOf(out).slice(-20) };
    if (!isTestStage(stage)) return { failed: ended, testsEnded };
    testsEnded.push(ended);
  }
  return { failed: null, testsEnded };
}

function testsMark(home: string, stages: readonly Stage[], ended: readonly Ended[]): Mark {
  const found = ended.flatMap(({ stage, said }) => [`The stage ${stage.name} failed`, ...said]);
  let passed = 0;
  const over = new Set(ended.map(({ stage }) => stage.name));
  for (const stage of stages.filter((one) => isTestStage(one) && !over.has(one.name)))
    for (const path of pathsOut(stage).filter(isTestsOut)) {
      const tests = existsSync(join(home, path)) ? parseTests(readFileSync(join(home, path), 'utf8')) : null;
      if (tests === null) found.push(`${path} is not what \`test\` of workshop writes`);
      passed += tests?.passed ?? 0;
      for (const { name, message, file, line } of tests?.failures ?? [])
        found.push(
          `${name}: ${message}${file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`}`,
        );
    }
  const folder = join(home, 'tests');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => TEST_FILE.test(name)) : [];
  if (files.length > 0) {
    const args = [...FLAGS, '--test', ...files.sort().map((name) => `tests/${name}`)];
    // Inside another one that tests, Node's would report to that one only.
    const { code, out } = outputOf(process.execPath, args, { cwd: home, env: { NODE_TEST_CONTEXT: undefined } });
    if (code === 0) passed += Number(/^\S* ?pass (\d+)$/m.exec(out)?.[1] ?? 0);
    else found.push(...linesOf(out));
  }
  if (found.length > 0) return { name: 'tests', state: 'failed', found };
  return { name: 'tests', ...(passed > 0 ? { state: 'passed', note: `${passed}` } : { state: 'absent' }) };
}

/** The answer among the inputs, and rows that are scored against something else. */
function leakageMark(home: string, stages: readonly Stage[]): Mark {
  const question = JSON.parse(readFileSync(join(home, 'references/schema.json'), 'utf8')) as Question;
  const outs = stages.flatMap(pathsOut);
  const raw = tableAt(home, stages);
  const path = outs.find((one) => INPUTS.test(one));
  const { targetFrom } = question;
  if (raw === null || targetFrom === undefined || (path === undefined && !outs.includes(PREDICTIONS)))
    return { name: 'leakage', state: 'absent', note: 'no stage writes an inputs.csv or reports/predictions.csv' };
  try {
    const actual = targetsOf(raw, targetFrom);
    const found = [
      ...(path === undefined ? [] : inputLeaks(textAt(home, path), { raw, actual, question })),
      ...(outs.includes(PREDICTIONS) ? scoreLeaks(textAt(home, PREDICTIONS), { actual, question }) : []),
    ];
    return found.length > 0 ? { name: 'leakage', state: 'failed', found } : { name: 'leakage', state: 'passed' };
  } catch (error) {
    // A table that cannot be read is no leak.
    if (!(error instanceof PipelineError)) throw error;
    return { name: 'leakage', state: 'absent', note: error.message };
  }
}

interface Known {
  readonly actual: readonly number[];
  readonly question: Question;
}

function inputLeaks(text: string, { raw, actual, question }: Known & { readonly raw: Table }): string[] {
  const inputs = parseCsv(text);
  if (!inputs.has('row') || inputs.column('row').kind !== 'number') return [];
  const rows = inputs.numbers('row');
  if (rows.some((row) => !Number.isInteger(row) || row < 0 || row >= raw.rowCount)) return [];
  const { target, classes, forbidden, columns } = question;
  const findings = leakAlarm({
    inputs: inputs.drop(['row']),
    raw: raw.take(rows),
    target: Float64Array.from(rows, (row) => actual[row]!),
    targetName: target,
    classes: classes.length,
    parts: forbidden,
    schema: { name: target, columns },
  });
  return findings.filter(({ level }) => level === 'alarm').map(({ message }) => message);
}

function scoreLeaks(text: string, { actual, question: { target, classes } }: Known): string[] {
  const read = readPredictions(text, classes);
  if (!read.ok) return [];
  const found = scoredValues({ target, classes, actual }, read.value);
  if (found?.code !== 'target-differs') return [];
  const { row, scored, actual: own } = found.facts;
  return [`Row ${row} is scored against ${scored}, but its ${target} is ${own}.`];
}

function tableAt(home: string, stages: readonly Stage[]): Table | null {
  const paths = stages.flatMap(({ deps }) => deps.map(({ path }) => path));
  const path = paths.find((one) => one.startsWith('data/raw/') && one.endsWith('.csv'));
  return path === undefined ? null : parseCsv(textAt(home, path));
}

const textAt = (home: string, path: string): string =>
  existsSync(join(home, path)) ? readFileSync(join(home, path), 'utf8') : '';

/** The numbers in the metrics files, and what they were before. */
function previewMark(home: string, stages: readonly Stage[], before: Metrics | null): Mark {
  const now = metricsAt(home, stages);
  if (now === null) return { name: 'preview', state: 'failed', note: 'a file of metrics is no JSON' };
  const found = Object.entries(now).map(([name, value]) => {
    const old = before?.[name];
    return old === undefined || old === value ? `${name} ${value}` : `${name} ${old} -> ${value}`;
  });
  return { name: 'preview', state: 'passed', found };
}

type Metrics = Readonly<Record<string, number>>;

/** null: one of them is no JSON. */
function metricsAt(home: string, stages: readonly Stage[]): Metrics | null {
  const paths = stages.flatMap(metricsFiles).filter((path) => existsSync(join(home, path)));
  try {
    return Object.assign({}, ...paths.map((path) => numbersIn(JSON.parse(textAt(home, path))))) as Metrics;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
