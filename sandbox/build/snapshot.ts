// A V8 snapshot of the guest libraries: an isolate starts from it in a few milliseconds.
// Invariant: made at build time from our own bundle only; no Intl object may live in it (it would abort the process).
import ivm from 'isolated-vm';

export interface GuestSnapshot {
  readonly snapshot: Uint8Array;
  /** Names exported by each guest library. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
  /** Steps of the rehearsal that no longer fit the libraries; '' when all do. */
  readonly missed: string;
}

// Run in a realm of its own that is thrown away: only the bytecode of what it called stays.
const WARM_UP = `var missed = __runner.rehearse();
__runner.open(() => {}, { stage: 'warm', seed: 1, files: [], writable: [], known: [], paramsJson: '{}', undeclared: [], logLines: 1, logBytes: 1, outBytes: 1 });
missed`;

/** @param bundle the guest as one classic script that sets `globalThis.__runner` */
export function takeSnapshot(bundle: string): GuestSnapshot {
  const taken = ivm.Isolate.createSnapshot([{ code: bundle, filename: 'guest.js' }], WARM_UP);
  const isolate = new ivm.Isolate({ snapshot: taken });
  const context = isolate.createContextSync();
  const listed = context.evalSync(
    'JSON.stringify(Object.fromEntries(Object.entries(__runner.libraries).map(([name, library]) => [name, Object.keys(library)])))',
    { copy: true },
  ) as string;
  const missed = String(isolate.createContextSync().evalSync(WARM_UP));
  isolate.dispose();
  return {
    snapshot: new Uint8Array(taken.copy() as ArrayBuffer),
    exports: JSON.parse(listed) as Record<string, string[]>,
    missed,
  };
}
