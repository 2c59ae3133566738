// Why a stage ran or did not, in French.
import type { StageChange, StageReason } from '#pipeline-core/core/report.ts';

export function stageReason(reason: StageReason): string {
  switch (reason.code) {
    case 'changes':
      return changesText(reason);
    case 'frozen':
      return `frozen : conserve ses outs${reason.changes.length > 0 ? `, bien que\u00a0: ${changesText(reason)}` : ''}`;
    case 'frozen-runs':
      return `frozen, mais ${changesText(reason)}`;
    case 'inputs-cached':
      return 'déjà exécutée avec ces entrées';
    case 'outs-gone':
      return 'les copies de ses outs n’existent plus';
    case 'run-cancelled':
      return 'le run a été annulé';
    case 'run-stopped':
      return 'le run a été arrêté';
    case 'after-failure':
      return `${reason.stage} n’a pas réussi`;
  }
}

function changesText({ changes, more = 0 }: Extract<StageReason, { readonly changes: unknown }>): string {
  if (changes.length === 0) return 'rien n’a changé';
  const shown = changes.map(changeText).join(' ; ');
  return more > 0 ? `${shown} ; et ${more} autres` : shown;
}

function changeText(change: StageChange): string {
  switch (change.type) {
    case 'new':
      return 'jamais exécutée';
    case 'forced':
      return 'forcée';
    case 'cmd':
      return `cmd ${change.before} → ${change.after}`;
    case 'param':
      if (change.before === undefined) return `params.yaml : ${change.key} est nouveau (${change.after})`;
      if (change.after === undefined) return `params.yaml : ${change.key} n’est plus lu`;
      return `params.yaml : ${change.key} ${change.before} → ${change.after}`;
    case 'file':
      return `${change.path} modifié${change.by === undefined ? '' : ` (out de ${change.by})`}`;
    case 'dep-added':
      return `${change.path} ajouté à deps`;
    case 'dep-removed':
      return `${change.path} retiré de deps`;
    case 'out-added':
      return `écrit désormais ${change.path}`;
    case 'out-removed':
      return `n’écrit plus ${change.path}`;
    case 'out-missing':
      return `${change.path} manque`;
    case 'library':
      return 'les bibliothèques ont changé';
    case 'upstream':
      return `${change.stage} s’exécute de nouveau : ${change.because === undefined ? 'rien n’a changé' : changeText(change.because)}`;
  }
}
