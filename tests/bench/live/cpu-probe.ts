// Loaded before the program of a measured server (`node --import`): answers its parent with the processor time and memory
// that it has used so far, and samples where the time goes.
import { type Profiler, Session } from 'node:inspector/promises';
import { isMainThread } from 'node:worker_threads';
import type { Question, Reading } from './meter.ts';
import { partsOf } from './profile-parts.ts';

const SAMPLE_US = 250;

if (isMainThread && process.send) {
  let session: Session | null = null;
  const cpu = ({ user, system }: { user: number; system: number }) => (user + system) / 1000;
  const answers: Record<Question, () => Promise<Reading> | Reading> = {
    cpu: () => ({ totalMs: cpu(process.cpuUsage()), mainMs: cpu(process.threadCpuUsage()) }),
    memory: () => {
      // What the first collection finds dead it finalizes, and the second one frees.
      for (let i = 0; i < 3; i++) globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      return { bytes: heapUsed + external };
    },
    sample: async () => {
      session = new Session();
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
      await session.post('Profiler.start');
      return {};
    },
    parts: async () => {
      if (!session) throw new Error('no samples are being taken');
      const { profile } = (await session.post('Profiler.stop')) as { profile: Profiler.Profile };
      session.disconnect();
      return { parts: partsOf(profile) };
    },
  };
  process.on('message', async (message: { readonly probe?: Question; readonly n?: number }) => {
    if (message.probe) process.send?.({ n: message.n, ...(await answers[message.probe]()) });
  });
}
