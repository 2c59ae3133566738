// A phone in Chromium: slow network, slow processor, and what its main thread did, read from Chromium's own trace.
// Invariant: work is counted in the thread's own processor time, not in time on the clock, so that a busy machine does not
// make a page look slow. The slowed-down processor is part of it: it spins on the same thread.
import type { Browser, CDPSession, Page } from 'playwright-core';

/** 400 kbit/s each way. */
const BYTES_PER_SECOND = 50_000;
const LATENCY_MS = 400;
const SLOWDOWN = 4;

export async function slowDown(page: Page, what: { readonly network: boolean }): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  if (what.network)
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LATENCY_MS,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    });
  return session;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly isMainFrame?: boolean } };
}

export interface MainThread {
  /** Milliseconds of processor time of each task, in order, with its start on the trace's clock. */
  readonly tasks: readonly { readonly at: number; readonly ms: number }[];
  /** When the first content was painted, on the same clock; null: not within the trace. */
  readonly firstPaintAt: number | null;
}

/** What the main thread of `page` does during `during`. */
export async function traceOf(browser: Browser, page: Page, during: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, { categories: ['toplevel', 'loading', 'devtools.timeline', '__metadata'] });
  let trace: Buffer;
  try {
    await during();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const times = mains.map(({ pid, tid }) =>
    traceEvents.filter((event) => event.pid === pid && event.tid === tid && isTask(event)),
  );
  // A browser also keeps a spare renderer, which does next to nothing.
  const busiest = times.reduce<readonly TraceEvent[]>((most, each) => (sum(each) > sum(most) ? each : most), []);
  const pid = busiest[0]?.pid;
  const paint = traceEvents.find(({ name, pid: of }) => name === 'firstContentfulPaint' && of === pid);
  return {
    tasks: busiest.map(({ ts, dur, tdur }) => ({ at: ts / 1000, ms: (tdur ?? dur ?? 0) / 1000 })),
    firstPaintAt: paint ? paint.ts / 1000 : null,
  };
}

const isTask = ({ name, ph }: TraceEvent): boolean =>
  ph === 'X' && (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask');

const sum = (events: readonly TraceEvent[]): number =>
  events.reduce((total, { tdur, dur }) => total + (tdur ?? dur ?? 0), 0);

/** Total blocking time: what tasks after the first paint take beyond 50 ms each. */
export function blockingMs({ tasks, firstPaintAt }: MainThread): number {
  const after = tasks.filter(({ at }) => at >= (firstPaintAt ?? 0));
  return Math.round(after.reduce((total, { ms }) => total + Math.max(0, ms - 50), 0));
}

export const busyMs = ({ tasks }: MainThread): number => tasks.reduce((total, { ms }) => total + ms, 0);
export const longestMs = ({ tasks }: MainThread): number => Math.round(Math.max(0, ...tasks.map(({ ms }) => ms)));
export const longTasks = ({ tasks }: MainThread): number => tasks.filter(({ ms }) => ms > 50).length;
