// Why a stage ran or did not, in German.
import type { StageChange, StageReason } from '#pipeline-core/core/report.ts';

export function stageReason(reason: StageReason): string {
  switch (reason.code) {
    case 'changes':
      return changesText(reason);
    case 'frozen':
      return `frozen: behält ihre outs${reason.changes.length > 0 ? `, obwohl: ${changesText(reason)}` : ''}`;
    case 'frozen-runs':
      return `frozen, aber ${changesText(reason)}`;
    case 'inputs-cached':
      return 'mit diesen Eingaben lief sie schon';
    case 'outs-gone':
      return 'die Kopien ihrer outs sind nicht mehr da';
    case 'run-cancelled':
      return 'der Lauf wurde abgebrochen';
    case 'run-stopped':
      return 'der Lauf wurde gestoppt';
    case 'after-failure':
      return `${reason.stage} war nicht erfolgreich`;
  }
}

function changesText({ changes, more = 0 }: Extract<StageReason, { readonly changes: unknown }>): string {
  if (changes.length === 0) return 'nichts geändert';
  const shown = changes.map(changeText).join('; ');
  return more > 0 ? `${shown}; und ${more} weitere` : shown;
}

function changeText(change: StageChange): string {
  switch (change.type) {
    case 'new':
      return 'lief noch nie';
    case 'forced':
      return 'erzwungen';
    case 'cmd':
      return `cmd ${change.before} → ${change.after}`;
    case 'param':
      if (change.before === undefined) return `params.yaml: ${change.key} ist neu (${change.after})`;
      if (change.after === undefined) return `params.yaml: ${change.key} wird nicht mehr gelesen`;
      return `params.yaml: ${change.key} ${change.before} → ${change.after}`;
    case 'file':
      return `${change.path} geändert${change.by === undefined ? '' : ` (out von ${change.by})`}`;
    case 'dep-added':
      return `${change.path} neu unter deps`;
    case 'dep-removed':
      return `${change.path} nicht mehr unter deps`;
    case 'out-added':
      return `schreibt neu ${change.path}`;
    case 'out-removed':
      return `schreibt ${change.path} nicht mehr`;
    case 'out-missing':
      return `${change.path} fehlt`;
    case 'library':
      return 'die Bibliotheken haben sich geändert';
    case 'upstream':
      return `${change.stage} läuft neu: ${change.because === undefined ? 'nichts geändert' : changeText(change.because)}`;
  }
}
