// Acts at a steady pace, whatever each takes, and what they cost above doing nothing.
import type { Cpu, Meter } from './meter.ts';

export const rest = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** An act so much later than its turn was not at this pace. */
const LATE_MS = 250;

/**
 * `act` is called `times` times, `perSecond`; resolves when all of them are done and what they caused has gone out. Says so
 * where this process could not keep the pace: acts that come together share what is done once for all of them.
 */
export async function atPace(times: number, perSecond: number, act: (i: number) => unknown): Promise<void> {
  const began = performance.now();
  const acts: unknown[] = [];
  let late = 0;
  for (let i = 0; i < times; i++) {
    const wait = began + (i * 1000) / perSecond - performance.now();
    if (wait > 0) await rest(wait);
    if (wait < -LATE_MS) late += 1;
    acts.push(act(i));
  }
  if (late > times / 20) console.log(`(${late} of ${times} acts were late: this machine was busy)`);
  await Promise.all(acts);
  await rest(250);
}

/** Processor milliseconds a second of somebody who only waits: the less busy half, since something may just have ended. */
export async function idleOf(meter: Meter, ms: number): Promise<Cpu> {
  const halves = [await usedIn(meter, ms / 2), await usedIn(meter, ms / 2)];
  return halves.sort((a, b) => a.totalMs - b.totalMs)[0]!;
}

async function usedIn(meter: Meter, ms: number): Promise<Cpu> {
  const [before, began] = [await meter.cpu(), performance.now()];
  await rest(ms);
  const after = await meter.cpu();
  const seconds = (performance.now() - began) / 1000;
  return {
    totalMs: (after.totalMs - before.totalMs) / seconds,
    mainMs: (after.mainMs - before.mainMs) / seconds,
  };
}

/** Processor milliseconds an act, without what `idle` would have taken meanwhile. */
export const costOf = async (meter: Meter, idle: Cpu, times: number, work: () => Promise<unknown>): Promise<Cpu> =>
  (await costsOf([{ meter, idle }], times, work))[0]!;

/** The same of several servers that work at it together. */
export async function costsOf(
  servers: readonly { readonly meter: Meter; readonly idle: Cpu }[],
  times: number,
  work: () => Promise<unknown>,
): Promise<Cpu[]> {
  const readings = () => Promise.all(servers.map(({ meter }) => meter.cpu()));
  const [before, began] = [await readings(), performance.now()];
  await work();
  const after = await readings();
  const seconds = (performance.now() - began) / 1000;
  const each = (now: number, then: number, rate: number) => Math.max(0, now - then - rate * seconds) / times;
  return servers.map(({ idle }, i) => ({
    totalMs: each(after[i]!.totalMs, before[i]!.totalMs, idle.totalMs),
    mainMs: each(after[i]!.mainMs, before[i]!.mainMs, idle.mainMs),
  }));
}

export const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)] ?? Number.NaN;
