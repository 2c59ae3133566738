// The child's program: waits warm, runs what the parent sends, each stage in a fresh isolate, and never decides.
// Invariant: it holds nothing worth stealing, ends when the parent's line ends, and its word is checked by the parent.
import { getPriority, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { type Frame, readFrames, sendFrame, unpack } from '../protocol/frames.ts';
import type { AskTask, OpenTask, ParentMessage, PredictTask, StageTask } from '../protocol/messages.ts';
import { seedOf } from '../workspace/stage-seed.ts';
import { loadLibrary } from './guest-library.ts';
import { GuestIsolate, type Program } from './isolate.ts';
import { openParentLine } from './parent-channel.ts';
import { warmStripper } from './strip-types.ts';

const LOG_PAUSE_MS = 30;
const NICENESS = 5;
const REHEARSE_AFTER_MS = 20;
const FROM_PARENT = { headerBytes: 64 * 1024 * 1024, bodyBytes: 1024 * 1024 * 1024 };

const memoryMb = Number(process.argv[2]);
const rehearsed = Number(process.argv[3]);
const library = loadLibrary(dirname(process.argv[1]!));

function die(): never {
  // exit() would wait for an isolate's thread; the participants' code may hold it for ever.
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}
const parent = openParentLine(die);
// Keystrokes and votes come before what a run computes.
// Never above a server that was itself started with a lower priority, which the system would refuse.
setPriority(Math.max(NICENESS, getPriority()));

const freshIsolate = (): GuestIsolate => GuestIsolate.create(library, memoryMb, die);
const shelf: GuestIsolate[] = [freshIsolate()];
let predictor: GuestIsolate | undefined;
let begun = false;
warmStripper();

function takeIsolate(): GuestIsolate {
  begun = true;
  return shelf.shift() ?? freshIsolate();
}

/** While nothing is asked: an isolate for each of the first stages, rehearsed, so that its code begins warm. */
async function rehearse(): Promise<void> {
  for (let made = 0; made < rehearsed && !begun; made++) {
    const isolate = (made === 0 ? shelf.shift() : undefined) ?? freshIsolate();
    await isolate.rehearse();
    shelf.push(isolate);
  }
}

readFrames(parent, FROM_PARENT, {
  onFrame: (frame) => {
    handle(frame).catch((error: Error) => {
      // A fault of ours: the parent keeps the last words for its log.
      process.stderr.write(`${error.stack ?? error.message}\n`, die);
    });
  },
  onBreach: die,
});
sendFrame(parent, { type: 'ready' });
// Not at once: a child that was waited for gets its first stage now, and should run nothing else.
setTimeout(() => void rehearse(), REHEARSE_AFTER_MS);

async function handle(frame: Frame): Promise<void> {
  const message = frame.header as ParentMessage;
  switch (message.type) {
    case 'stage':
      return runStage(message, frame.body);
    case 'open':
      return openPredictor(message, frame.body);
    case 'predict':
    case 'ask':
      return predict(message);
  }
}

async function runStage(task: StageTask, body: Buffer): Promise<void> {
  const log = logBatches();
  const isolate = takeIsolate();
  const outcome = await isolate.runStage(programOf(task, body, task.writable), {
    onLog: log.add,
    onProgress: (share) => sendFrame(parent, { type: 'progress', share }),
    // The next stage's isolate is made while this one's thread computes.
    onRunning: () => {
      if (shelf.length === 0) shelf.push(freshIsolate());
    },
  });
  log.flush();
  if ('failure' in outcome) {
    sendFrame(parent, { type: 'failed', failure: outcome.failure });
  } else {
    const bodies = [...outcome.outs].map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
    const files = bodies.map(({ path, bytes }) => ({ path, bytes: bytes.length }));
    sendFrame(
      parent,
      { type: 'done', files, timing: outcome.timing },
      bodies.map(({ bytes }) => bytes),
    );
  }
  isolate.dispose();
}

async function openPredictor(task: OpenTask, body: Buffer): Promise<void> {
  predictor?.dispose();
  predictor = takeIsolate();
  // No stage follows a predictor.
  for (const spare of shelf.splice(0)) spare.dispose();
  const problem = await predictor.openPredictor(programOf(task, body, []), task.classes);
  sendFrame(parent, problem === null ? { type: 'opened' } : { type: 'failed', failure: problem.failure });
}

async function predict(task: PredictTask | AskTask): Promise<void> {
  const answer =
    predictor === undefined
      ? ({ kind: 'internal', message: 'no predictor is open', frames: [] } as const)
      : task.type === 'predict'
        ? await predictor.predict(task.rows, task.ms)
        : await predictor.ask({ questions: task.questions, ...(task.rows ? { rows: task.rows } : {}) }, task.ms);
  const header = Array.isArray(answer)
    ? { type: 'predicted', id: task.id, predictions: answer as readonly number[] }
    : { type: 'unpredicted', id: task.id, failure: answer };
  sendFrame(parent, header);
}

function programOf(task: StageTask | OpenTask, body: Buffer, writable: readonly string[]): Program {
  const files = unpack(task.files, body);
  if (files === null) throw new Error('The files of a stage do not add up');
  const texts = new Map([...files].map(([path, bytes]) => [path, bytes.toString('utf8')]));
  const { stage, known, limits } = task;
  return {
    entry: task.entry,
    modules: new Map([...texts].filter(([path]) => path.endsWith('.ts'))),
    ms: limits.stageMs,
    spec: {
      stage,
      seed: seedOf(stage),
      files: [...texts].flat(),
      writable,
      known,
      paramsJson: JSON.stringify(task.params ?? {}),
      undeclared: task.type === 'stage' ? (task.undeclared ?? []) : [],
      ...(task.type === 'stage' && task.folds ? { folds: task.folds } : {}),
      logLines: limits.logLines,
      logBytes: limits.logBytes,
      outBytes: limits.outBytes,
    },
  };
}

function logBatches(): { add(text: string): void; flush(): void } {
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) sendFrame(parent, { type: 'log', lines });
    lines = [];
  };
  return {
    add(text) {
      lines.push(text);
      if (lines.length >= 200) flush();
      else timer ??= setTimeout(flush, LOG_PAUSE_MS);
    },
    flush,
  };
}
