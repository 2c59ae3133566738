// What is shown of a run that a worker performs, while it runs.
// Invariant: however much a worker sends, no node and no page has more to show than an honest run can have; a run that begins
// again at another worker does not say again what it said.
import type { Limits, Progress } from '#sandbox/index.ts';

/** Its share is sent as often as this. */
const SHARE_MS = 50;
/** Stages, their ends, lines of the log: besides shares. */
const MOST_MESSAGES = 2_000;

export interface RunProgress {
  /** Another worker performs it from its beginning. */
  again(): void;
  /** False: no honest worker sends it. */
  take(progress: Progress): boolean;
}

export function createRunProgress(limits: Limits, show: (progress: Progress) => void): RunProgress {
  const most = MOST_MESSAGES + limits.runMs / SHARE_MS;
  let line = { messages: 0, started: false, lines: 0 };
  let shown = { started: false, lines: 0, shareAt: Number.NEGATIVE_INFINITY };

  function isOver(progress: Progress): boolean {
    line.messages += 1;
    if (progress.type === 'started') {
      if (line.started) return true;
      line.started = true;
    }
    // One line more is the one that says that there is no more.
    if (progress.type === 'log') line.lines += progress.lines.length;
    if (line.messages > most || line.lines > limits.logLines + 1) return true;
    // As of a report: what the sandbox bounds is counted before it is escaped.
    return JSON.stringify(progress).length > 2 * limits.resultBytes;
  }

  function news(progress: Progress): Progress | null {
    switch (progress.type) {
      case 'started': {
        const { started } = shown;
        shown = { ...shown, started: true };
        return started ? null : progress;
      }
      case 'progress': {
        const now = performance.now();
        if (now - shown.shareAt < SHARE_MS) return null;
        shown = { ...shown, shareAt: now };
        return progress;
      }
      case 'log': {
        const lines = progress.lines.slice(Math.max(0, progress.lines.length - (line.lines - shown.lines)));
        if (line.lines <= shown.lines) return null;
        shown = { ...shown, lines: line.lines };
        return { type: 'log', lines };
      }
      default:
        return progress;
    }
  }

  return {
    again() {
      line = { messages: 0, started: false, lines: 0 };
    },
    take(progress) {
      if (isOver(progress)) return false;
      const one = news(progress);
      if (one !== null) show(one);
      return true;
    },
  };
}
