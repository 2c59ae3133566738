// How many connections the server takes: fewer than the process may have files open, so that the database and the sandbox
// always get theirs. Beyond it the kernel would drop connections without a word to anybody.
// Invariant: connections that are refused are in the log, at most one line every few seconds.
import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Log } from '../platform/log.ts';

/** Runs, the database and course files need this many at most. */
const RESERVED = 128;
const LINE_EVERY_MS = 10_000;

/** @param filesEach of one connection: two where it may be passed on to another node */
export function limitConnectionCount(server: Server, log: Log, filesEach = 1): { listening(): void } {
  let refused = 0;
  let quietUntil = 0;
  const report = () => {
    const now = Date.now();
    if (refused === 0 || now < quietUntil) return;
    log.warn('connections_refused', { refused, limit: server.maxConnections });
    refused = 0;
    quietUntil = now + LINE_EVERY_MS;
    // What is refused meanwhile is said then, also if nothing is refused any more.
    setTimeout(report, LINE_EVERY_MS + 1).unref();
  };
  server.on('drop', () => {
    refused += 1;
    report();
  });
  return {
    /** The files that are open by now stay open. */
    listening() {
      const most = openFilesLimit();
      if (most === null) return;
      const reserved = Math.min(RESERVED, Math.floor(most / 4));
      server.maxConnections = Math.max(8, Math.floor((most - openFiles() - reserved) / filesEach));
      // The server goes on listening; whoever could not be accepted was refused.
      server.on('error', (error: NodeJS.ErrnoException) => log.error('accept_failed', { code: error.code ?? '' }));
    },
  };
}

function openFilesLimit(): number | null {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | 'unlimited' } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : null;
}

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    // Elsewhere than on Linux: about what a start has open.
    return 64;
  }
}
