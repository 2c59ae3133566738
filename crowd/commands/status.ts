// `crowd status`: the folder beside the session, and one's own suggestions there.
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { readBase } from '../folder/base.ts';
import { findRoot, membershipOf } from '../folder/membership.ts';
import { readLocal } from '../folder/workspace-files.ts';
import { shown } from '../program/output.ts';
import { connect, newTab } from '../server/live.ts';
import { isOver, plain, short } from '../server/preview-lines.ts';
import { changeLine, changesOf, noteLeftOut } from './changes.ts';
import type { Command } from './context.ts';

export const status: Command = async ({ output, folder }) => {
  const root = findRoot(folder);
  const base = readBase(root);
  const { files, leftOut } = readLocal(root, base);
  const changes = changesOf(base.files, files);
  const live = await connect(membershipOf(root), newTab());
  try {
    const [view, you] = [live.view(), live.you()];
    const driver = view.driver === null ? null : view.participants[view.driver.participant]?.displayName;
    const own = [
      ...Object.values(view.suggestions).filter(({ author }) => author === you.participant),
      ...Object.values(you.own),
    ];
    const behind = view.revision - base.revision;
    output.line(`"${shown(view.title)}"${view.status === 'ended' ? ' (ended)' : ''}, as ${shown(you.displayName)}`);
    output.line(
      you.drives ? 'You drive.' : driver === null ? 'Nobody drives.' : `${shown(driver ?? 'Somebody')} drives.`,
    );
    if (you.offer !== undefined) output.line('Driving is offered to you: crowd drive');
    output.line(
      behind > 0
        ? `Revision ${base.revision}; the session is at ${view.revision}: crowd pull`
        : `Revision ${base.revision}, the newest.`,
    );
    output.line(changes.length === 0 ? 'Nothing changed here.' : 'Changed here:');
    for (const change of changes) output.line(changeLine(change));
    noteLeftOut(leftOut, output);
    if (own.length > 0) output.line('Your suggestions:');
    for (const card of own)
      output.line(`  ${card.status.padEnd(9)} ${card.votes} votes  ${shown(card.text)}${scoreOf(card)}`);
    output.value({
      session: { id: view.id, title: view.title, status: view.status, revision: view.revision },
      you: {
        participant: you.participant,
        displayName: you.displayName,
        drives: you.drives,
        offered: you.offer !== undefined,
      },
      driver: view.driver?.participant ?? null,
      revision: base.revision,
      changes,
      leftOut,
      suggestions: own.map((card) => ({
        id: card.id,
        text: card.text,
        status: card.status,
        votes: card.votes,
        patch: card.patch?.state,
        preview: card.preview && plain(card.preview),
      })),
    });
    return 0;
  } finally {
    live.close();
  }
};

function scoreOf({ preview }: SuggestionView): string {
  if (preview === undefined) return '';
  if (!isOver(preview)) return ': the preview runs';
  if (preview.metric === undefined) return `: the preview ${preview.status}`;
  return `: ${short(preview.metric)}${preview.verdict === undefined ? '' : ` (${preview.verdict})`}`;
}
