// The driver role for this program: taken, waited for, or refused with what to do; and whether it is still held.
import { Failure } from '../program/failure.ts';
import { shown } from '../program/output.ts';
import type { Live } from '../server/live.ts';

const DAY_MS = 24 * 3_600_000;

/** Resolves when this tab drives. */
export async function becomeDriver(
  live: Live,
  tab: string,
  wanted: { readonly take: boolean; readonly wait: boolean; readonly note: (text: string) => void },
): Promise<void> {
  const you = live.you();
  if (isOver(live)) throw over();
  if (you.drives) {
    if (you.driverTab !== tab) await live.command({ type: 'driver.move' });
  } else if (you.offer !== undefined) await live.command({ type: 'driver.accept' });
  else if (wanted.take) await live.command({ type: 'driver.take' });
  else if (wanted.wait) {
    await live.command({ type: 'hand.raise' });
    wanted.note('Your hand is up. Waiting until driving is offered to you (Ctrl-C ends it) ...');
    await live.until(() => (live.you().offer === undefined && !isOver(live) ? undefined : true), DAY_MS);
    if (isOver(live)) throw over();
    await live.command({ type: 'driver.accept' });
  } else {
    const { driver, participants } = live.view();
    const name = driver === null ? 'Nobody' : shown(participants[driver.participant]?.displayName ?? 'Somebody');
    throw new Failure(
      'not_driving',
      `${name} drives, and driving is not offered to you.`,
      'Raise your hand and begin as soon as it is: crowd drive --wait',
    );
  }
  const drives = await live.until(() => (isDriving(live, tab) ? true : undefined), 15_000);
  if (drives === null) throw new Failure('not_driving', 'The server did not make you the driver.', 'Try again.');
}

const isOver = (live: Live): boolean => live.view().status === 'ended';
const over = (): Failure => new Failure('session_ended', 'The session has ended.', 'Its code can still be pulled.');

export function isDriving(live: Live, tab: string): boolean {
  const { drives, driverTab } = live.you();
  return drives && driverTab === tab;
}

/** Driving, or the hand that was raised for it. Where the server cannot be asked, it notices itself that nobody is there. */
export async function giveBack(
  live: Live,
  tab: string,
  { note, hand }: { readonly note: (text: string) => void; readonly hand: boolean },
): Promise<void> {
  if (live.closed() !== null || !live.connected()) return;
  const drives = isDriving(live, tab);
  if (!drives && !(hand && live.view().hands.includes(live.you().participant))) return;
  try {
    await live.command({ type: drives ? 'driver.release' : 'hand.lower' });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    note(`Driving was not given back: ${error.message}`);
  }
}

/** Why it ended, in a sentence. */
export function endOfDriving(live: Live): string {
  const { view, you } = { view: live.view(), you: live.you() };
  if (view.status === 'ended') return 'The session has ended.';
  if (you.drives) return 'You drive in another window now.';
  const name = view.driver && view.participants[view.driver.participant]?.displayName;
  return name ? `${shown(name)} drives now.` : 'You do not drive any more.';
}
