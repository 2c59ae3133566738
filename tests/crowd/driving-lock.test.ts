// One process drives from a folder, and one that was killed is in nobody's way.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demandNoDriving, lockForDriving } from '#crowd/folder/driving-lock.ts';

let root: string;
let place: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crowd-lock-'));
  mkdirSync(join(root, '.crowd'));
  place = join(root, '.crowd/driving');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('refuses where another process drives, until that has ended', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const ended = new Promise((resolve) => other.once('close', resolve));
  writeFileSync(place, String(other.pid));
  const refusal = expect.objectContaining({ code: 'in_use', message: expect.stringContaining(String(other.pid)) });
  expect(() => demandNoDriving(root)).toThrow(refusal);
  expect(() => lockForDriving(root)).toThrow(refusal);
  expect(existsSync(place)).toBe(true);
  other.kill('SIGKILL');
  await ended;
  const unlock = lockForDriving(root);
  expect(existsSync(place)).toBe(true);
  unlock();
  expect(existsSync(place)).toBe(false);
});

it.each(['', 'no number', String(process.pid)])('takes %j for what a killed process left', (text) => {
  writeFileSync(place, text);
  lockForDriving(root)();
  expect(existsSync(place)).toBe(false);
});
