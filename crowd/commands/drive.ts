// `crowd drive`: while one drives, the folder and the live text are the same.
// Invariants: once the role has moved nothing is sent; what was not sent by then stays in the files, as changes of one's own.
// One process drives from a folder.
import type { Files } from '#session-core/text/patch.ts';
import { clearReplaced, createDisk } from '../drive/disk.ts';
import { becomeDriver, endOfDriving, giveBack, isDriving } from '../drive/driving.ts';
import { joinTexts } from '../drive/join-texts.ts';
import type { Disk } from '../drive/scan.ts';
import { openSharedText, type SharedText } from '../drive/shared-text.ts';
import { createSync, type Sync, type SyncEvents } from '../drive/sync.ts';
import { textsOf } from '../drive/text-edits.ts';
import { readBase } from '../folder/base.ts';
import { lockForDriving } from '../folder/driving-lock.ts';
import { findRoot, type Member, membershipOf } from '../folder/membership.ts';
import { readLocal } from '../folder/workspace-files.ts';
import { Failure } from '../program/failure.ts';
import { type Output, shown } from '../program/output.ts';
import { connect, type Live, newTab } from '../server/live.ts';
import { unfinishedIn } from '../text/merge-with-markers.ts';
import { changeLine, changesOf } from './changes.ts';
import type { Command, Context } from './context.ts';
import { pullInto } from './pull.ts';

const STEP_MS = 100;
const READY_MS = 15_000;
/** What was typed before Ctrl-C is sent; a connection that is down is not waited for longer. */
const FLUSH_MS = 5_000;
/** The server makes no two revisions within a second. */
const REVISION_MS = 1_100;
const AGAIN_MS = 1_000;

interface Drive {
  readonly root: string;
  readonly member: Member;
  readonly output: Output;
  readonly live: Live;
  readonly tab: string;
  readonly wantsEnd: () => boolean;
}

export const drive: Command = async (context) => {
  const root = findRoot(context.folder);
  const unlock = lockForDriving(root);
  try {
    return await driveFrom(root, context);
  } finally {
    unlock();
  }
};

async function driveFrom(root: string, { options, output }: Context): Promise<number> {
  const member = membershipOf(root);
  await bringUpToDate(root, member, output, options['with-changes'] === true);
  const tab = newTab();
  const live = await connect(member, tab);
  let interrupted = false;
  let since = 0;
  let onInterrupt = () => {};
  const interrupt = () => {
    // npm passes on what the terminal has sent already: only a later one means at once.
    if (interrupted && performance.now() - since > AGAIN_MS) process.exit(130);
    if (!interrupted) since = performance.now();
    interrupted = true;
    onInterrupt();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  const note = (text: string) => output.note(text);
  try {
    const stopped = new Promise<void>((resolve) => {
      onInterrupt = resolve;
    });
    await Promise.race([
      becomeDriver(live, tab, { take: options.take === true, wait: options.wait === true, note }),
      stopped,
    ]);
    if (interrupted) {
      await giveBack(live, tab, { note, hand: options.wait === true });
      output.line('You do not wait any more.');
      output.value({
        event: 'ended',
        why: 'interrupted',
        reason: 'You do not wait any more.',
        changes: [],
        conflicts: [],
      });
      return 0;
    }
    output.line(
      `You drive "${shown(live.view().title)}". What you save in ${root} is the code of the session. Ctrl-C gives driving back.`,
    );
    const wantsEnd = () => interrupted;
    let end: End = { why: 'reloaded', agreed: null };
    while (end.why === 'reloaded') end = await follow({ root, member, output, live, tab, wantsEnd }, end.agreed);
    if (interrupted) await giveBack(live, tab, { note, hand: false });
    return await finish({ root, member, output, live, tab, wantsEnd }, end);
  } catch (error) {
    await giveBack(live, tab, { note, hand: options.wait === true });
    throw error;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
    clearReplaced(root);
    live.close();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Before driving: the newest code, and no changes that somebody forgot about. */
async function bringUpToDate(root: string, member: Member, output: Output, withChanges: boolean): Promise<void> {
  const { conflicts } = await pullInto(root, member, output);
  if (conflicts.length > 0)
    throw new Failure(
      'conflict_open',
      `Your changes conflict with the session in ${conflicts.join(', ')}.`,
      'Choose what is right, remove the markers, and drive then.',
    );
  const base = readBase(root);
  const changes = changesOf(base.files, readLocal(root, base).files);
  if (changes.length === 0 || withChanges) return;
  for (const change of changes) output.note(changeLine(change));
  throw new Failure(
    'unsent_changes',
    'You have changes here that would become the code of the session at once.',
    'If you want that: crowd drive --with-changes. Else suggest them first, or take them back.',
  );
}

interface End {
  readonly why: 'reloaded' | 'interrupted' | 'moved' | 'refused';
  /** The texts that the folder and the session had in common last. */
  readonly agreed: Files | null;
  readonly reason?: string;
}

/** Until the role moves, the connection ends, or Ctrl-C. */
async function follow(drive: Drive, before: Files | null): Promise<End> {
  const { root, member, output, live, tab, wantsEnd } = drive;
  const base = readBase(root);
  const shared = openSharedText(member, tab);
  try {
    const limit = performance.now() + READY_MS;
    while (!shared.isReady() && shared.end() === null && !wantsEnd() && performance.now() < limit) await pause(20);
    if (!shared.isReady() && wantsEnd()) return { why: 'interrupted', agreed: before };
    if (shared.end() === null && !shared.isReady())
      throw new Failure('unanswered', 'The text of the session did not arrive.', 'Try again.');
    if (shared.end() !== null) return endOf(shared, before);
    const disk = createDisk(root, base, ({ path, why }) => {
      output.note(`Not sent: ${shown(path)}: ${shown(why)}`);
      output.value({ event: 'left-out', path, why });
    });
    await settle(disk, before ?? base.files);
    const origins = joinTexts(root, { agreed: before ?? base.files, theirs: textsOf(shared.doc) }, disk);
    const sync = createSync(shared.doc, disk, eventsFor(output), origins);
    output.value({ event: 'driving', folder: root });
    return await stepUntilEnd({ shared, sync, live, tab, wantsEnd });
  } finally {
    shared.close();
  }
}

async function stepUntilEnd(
  drive: { shared: SharedText; sync: Sync } & Pick<Drive, 'live' | 'tab' | 'wantsEnd'>,
): Promise<End> {
  const { shared, sync, live, tab, wantsEnd } = drive;
  let agreed = sync.common();
  let deadline: number | null = null;
  for (;;) {
    const end = shared.end();
    if (end !== null) return endOf(shared, agreed);
    if (live.closed() !== null) return { why: 'moved', agreed, reason: live.closed()!.message };
    if (live.connected() && !isDriving(live, tab)) return { why: 'moved', agreed };
    const same = sync.step(performance.now());
    const stored = shared.hasStored(sync.clients);
    if (stored) agreed = sync.common();
    if (wantsEnd()) {
      deadline ??= performance.now() + FLUSH_MS;
      if ((same && stored) || performance.now() > deadline) return { why: 'interrupted', agreed };
    }
    await pause(STEP_MS);
  }
}

function endOf(shared: SharedText, agreed: Files | null): End {
  const end = shared.end();
  if (end === null || end.kind === 'role') return { why: 'moved', agreed };
  if (end.kind === 'reloaded') return { why: 'reloaded', agreed };
  return { why: end.kind === 'refused' ? 'refused' : 'moved', agreed, reason: end.reason };
}

/** Until nobody is writing a file, or somebody does without end. */
async function settle(disk: Disk, known: Files): Promise<void> {
  for (let tries = 0; tries < 50 && disk.scan(performance.now(), known).busy; tries++) await pause(STEP_MS);
}

function eventsFor(output: Output): SyncEvents {
  const time = () => new Date().toLocaleTimeString('en-GB');
  const say = (event: 'sent' | 'received') => (files: readonly string[]) => {
    output.note(`${time()} ${event} ${files.map(shown).join(', ')}`);
    output.value({ event, files });
  };
  return {
    sent: say('sent'),
    received: say('received'),
    refused: (why) => {
      output.note(`${time()} nothing is sent: ${shown(why)}`);
      output.value({ event: 'not-sent', why });
    },
  };
}

/** The folder as after a pull: what was not sent is a change of one's own. */
async function finish({ root, member, output, live, wantsEnd }: Drive, end: End): Promise<number> {
  const sentence = end.reason ?? (wantsEnd() ? 'You gave driving back.' : endOfDriving(live));
  output.line(sentence);
  let conflicts: readonly string[] = [];
  let common = end.agreed;
  try {
    const base = readBase(root);
    await settle(
      createDisk(root, base, () => {}),
      end.agreed ?? base.files,
    );
    await pause(REVISION_MS);
    ({ conflicts } = await pullInto(root, member, output, end.agreed ?? undefined));
    common = null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.note(`Your files are as you left them, not pulled: ${error.message}`);
  }
  const base = readBase(root);
  const session = common ?? base.files;
  const { files } = readLocal(root, { ...base, files: session });
  const changes = changesOf(session, files);
  if (changes.length > 0) output.line('Not in the session, but kept here (crowd diff, crowd suggest):');
  for (const change of changes) output.line(changeLine(change));
  const open = unfinishedIn(files, session);
  output.value({ event: 'ended', why: end.why, reason: sentence, changes, conflicts: open });
  return end.why === 'refused' || conflicts.length > 0 || open.length > 0 ? 2 : 0;
}
