// Why a stage ran or did not, in English.
import type { StageChange, StageReason } from '#pipeline-core/core/report.ts';

export function stageReason(reason: StageReason): string {
  switch (reason.code) {
    case 'changes':
      return changesText(reason);
    case 'frozen':
      return `frozen: it keeps its outs${reason.changes.length > 0 ? `, although ${changesText(reason)}` : ''}`;
    case 'frozen-runs':
      return `frozen, but ${changesText(reason)}`;
    case 'inputs-cached':
      return 'these inputs were run before';
    case 'outs-gone':
      return 'the copies of its outs are gone';
    case 'run-cancelled':
      return 'the run was cancelled';
    case 'run-stopped':
      return 'the run was stopped';
    case 'after-failure':
      return `${reason.stage} did not succeed`;
  }
}

function changesText({ changes, more = 0 }: Extract<StageReason, { readonly changes: unknown }>): string {
  if (changes.length === 0) return 'nothing changed';
  const shown = changes.map(changeText).join('; ');
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

function changeText(change: StageChange): string {
  switch (change.type) {
    case 'new':
      return 'it has not run yet';
    case 'forced':
      return 'forced';
    case 'cmd':
      return `cmd ${change.before} → ${change.after}`;
    case 'param':
      if (change.before === undefined) return `params.yaml: ${change.key} is new (${change.after})`;
      if (change.after === undefined) return `params.yaml: ${change.key} is no longer read`;
      return `params.yaml: ${change.key} ${change.before} → ${change.after}`;
    case 'file':
      return `${change.path} changed${change.by === undefined ? '' : ` (out of ${change.by})`}`;
    case 'dep-added':
      return `${change.path} added to deps`;
    case 'dep-removed':
      return `${change.path} removed from deps`;
    case 'out-added':
      return `${change.path} added to what it writes`;
    case 'out-removed':
      return `${change.path} removed from what it writes`;
    case 'out-missing':
      return `${change.path} is missing`;
    case 'library':
      return 'the libraries changed';
    case 'upstream':
      return `${change.stage} runs again: ${change.because === undefined ? 'nothing changed' : changeText(change.because)}`;
  }
}
