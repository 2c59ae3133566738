// A scikit-learn that answers line by line, or null where there is none: one long-lived Python, one thread.
// PYTHON names the interpreter to ask first: one with a newer scikit-learn than the system's.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Peer {
  readonly version: string;
  ask(message: object): Promise<unknown>;
  close(): void;
}

/** @param script what it runs; default: the models' bench */
export async function startPeer(script = new URL('peer.py', import.meta.url)): Promise<Peer | null> {
  // A version manager's python3 may hide the system's, which has Debian's python3-sklearn.
  const own = process.env['PYTHON'];
  const python = [...(own === undefined ? [] : [own]), 'python3', '/usr/bin/python3'].find(
    (name) => spawnSync(name, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0,
  );
  if (python === undefined) return null;
  const child = spawn(python, [fileURLToPath(script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await answers.next();
    if (done === true) throw new Error('scikit-learn ended before it answered.');
    return JSON.parse(value);
  };
  const { version } = (await next()) as { version: string };
  return {
    version,
    ask: (message) => {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      return next();
    },
    close: () => {
      child.stdin.end();
    },
  };
}
