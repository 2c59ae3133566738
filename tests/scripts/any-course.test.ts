// Nothing outside a course knows what it is about: every name of a table, a target or its unit comes from the course's folder.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CODE = ['app', 'pipeline-core', 'sandbox', 'server', 'session-core'];
const WORDS = /\b[sS]tudents?\b(?!'s t\b)|studentData|STUDENT|\b[gG]rades?\b|\bG[123]\b|cv\.rmse/;
/**
 * Places that are left, each with its reason: examples in what the libraries answer, the license of the default course's
 * table, and measures of pass and fail.
 */
const LEFT: readonly RegExp[] = [
  /^sandbox\/guest\/(?:danfojs|types)\//,
  /^sandbox\/build\/standalone\.ts$/,
  /^pipeline-core\/(?:core|metrics|model-selection)\//,
];

const files = execFileSync('git', ['ls-files', '-z', '--', ...CODE], { encoding: 'utf8' })
  .split('\0')
  .filter((path) => /\.(?:ts|tsx|css)$/.test(path));

describe('code outside courses/', () => {
  it('is there to be read', () => expect(files.length).toBeGreaterThan(300));

  it('names nothing of one course', () => {
    const found = files
      .filter((path) => !LEFT.some((place) => place.test(path)))
      .flatMap((path) =>
        readFileSync(path, 'utf8')
          .split('\n')
          .flatMap((line, i) => (WORDS.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
      );
    expect(found).toEqual([]);
  });
});
