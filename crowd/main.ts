#!/usr/bin/env node
// `crowd`, the command line: take part in a session from one's own editor. One file when it is bundled; Node 20 and newer.
import { clone } from './commands/clone.ts';
import type { Command } from './commands/context.ts';
import { diff } from './commands/diff.ts';
import { drive } from './commands/drive.ts';
import { pull } from './commands/pull.ts';
import { run } from './commands/run.ts';
import { status } from './commands/status.ts';
import { preview, suggest } from './commands/suggest.ts';
import { readArguments } from './program/arguments.ts';
import { type CommandName, helpOf } from './program/command-table.ts';
import { Failure } from './program/failure.ts';
import { createOutput, report } from './program/output.ts';
import { VERSION } from './program/version.ts';

const RUN: Readonly<Record<CommandName, Command>> = { clone, status, run, diff, preview, suggest, pull, drive };

const OLDEST_NODE = 20;

async function main(argv: readonly string[]): Promise<number> {
  const output = createOutput(argv.includes('--json'));
  // What a server sends may break a library that waits for it: that is an error like any other.
  process.on('uncaughtException', (error) => process.exit(report(error, output)));
  // `crowd diff | head` has read enough.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));
  try {
    if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
      throw new Failure(
        'old_node',
        `crowd needs Node ${OLDEST_NODE} or newer, and this is ${process.version}.`,
        'Get a newer one from https://nodejs.org.',
      );
    const { command, words, options } = readArguments(argv);
    if (command !== null) return await RUN[command]({ words, options, output, folder: process.cwd() });
    process.stdout.write(`${options.version === true ? VERSION : helpOf(words[0] as CommandName | undefined)}\n`);
    return 0;
  } catch (error) {
    return report(error, output);
  }
}

// Not `process.exit`: what was printed may still be on its way through a pipe.
process.exitCode = await main(process.argv.slice(2));
