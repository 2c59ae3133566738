// Who waits for the thread that reads tables: those who bring one up to a limit, sessions without one and first.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packedCourse } from '#sandbox/new-course/packed-course.ts';
import { createTableJobs, TablesBusy } from '#sandbox/new-course/table-jobs.ts';

it('opens sessions while more tables wait than may, before those', async () => {
  const home = mkdtempSync(join(tmpdir(), 'table-jobs-'));
  const file = join(home, 'a.csv');
  writeFileSync(file, `a,b\n${'1,2\n'.repeat(60)}`);
  const jobs = createTableJobs();
  const ended: string[] = [];
  const asked = (what: string, job: Promise<unknown>) => job.then(() => void ended.push(what));
  const uploads = Array.from({ length: 21 }, () => asked('upload', jobs.run('overview', { file })));
  await expect(jobs.run('overview', { file })).rejects.toBeInstanceOf(TablesBusy);
  const packed = packedCourse({ 'course.yaml': 'title: A\n', 'data/a.csv': 'a\n1\n' });
  const folder = join(home, 'courses', 'one');
  await asked('session', jobs.run('unpack', { packed, folder }));
  expect(ended).toEqual(['upload', 'session']);
  expect(await jobs.run('pack', { folder })).toEqual(new Uint8Array(packed));
  await Promise.all(uploads);
  await jobs.close();
  await expect(jobs.run('pack', { folder })).rejects.toBeInstanceOf(TablesBusy);
  rmSync(home, { recursive: true, force: true });
});
