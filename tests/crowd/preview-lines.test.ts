// A preview in the terminal.
import { expect, it } from 'vitest';
import { previewLines } from '#crowd/server/preview-lines.ts';
import type { PreviewView } from '#session-core/view/view-types.ts';
import { driven } from '../session-core/kit.ts';

const { task } = driven();
const preview = (more: Partial<PreviewView>): PreviewView => ({
  run: 'r9',
  status: 'succeeded',
  revision: 1,
  stages: [],
  ...more,
});

it('says that a run which succeeded wrote no score, instead of nothing', () => {
  expect(previewLines(task, preview({ base: 2.7 }))).toEqual([`the run wrote no ${task.metric}: there is no score`]);
  expect(previewLines(task, preview({ status: 'cancelled' }))).toEqual(['the run was cancelled']);
});

it('calls a result suspect whose model does not answer, and not the same', () => {
  const findings = [{ code: 'served-fails', level: 'alarm', facts: { fault: 'time' } }] as const;
  const lines = previewLines(
    task,
    preview({ metric: 2.7, base: 2.7, verdict: 'same-result', change: 0, suspect: true, findings }),
  );
  expect(lines.join(' ')).toMatch(/suspect: .*alarm: The model cannot be served: it took too long/);
  expect(lines).not.toContain('same result');
});
