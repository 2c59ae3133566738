// The licences of what we pass on: complete, as the packages state them, and not out of date.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '#sandbox/build/build-options.ts';
import { packageFolders, readThirdParty, renderTexts } from '#sandbox/build/third-party.ts';
import { NOTICES, writeNotices } from '#scripts/notices/notices.ts';

it('the notices are those of what is bundled and installed now', { timeout: 600_000 }, async () => {
  const text = await writeNotices();
  for (const one of ['danfojs', 'monaco-editor', 'next/dist/compiled/react-dom', 'core-js', 'isolated-vm'])
    expect(text).toMatch(new RegExp(`^- ${one} .*\\(.+\\)$`, 'm'));
  expect(text).not.toMatch(/^- (vitest|fast-check|playwright-core) /m);
  const upToDate = text === readFileSync(join(ROOT, NOTICES), 'utf8');
  expect(upToDate, `${NOTICES} is out of date; renew it with: npm run notices`).toBe(true);
});

it('a package is found in the paths of its files, a copy inside another one too', () => {
  const files = [
    'app/page.tsx',
    'node_modules/yjs/dist/yjs.mjs',
    'node_modules/yjs/src/index.js',
    'node_modules/@lezer/lr/dist/index.js',
    'node_modules/a/node_modules/b/index.js',
    'node_modules\\c\\index.js',
    'node_modules/next/dist/compiled/react/index.js',
    'node_modules/next/dist/client/index.js',
  ];
  expect(packageFolders(files)).toEqual([
    'node_modules/@lezer/lr',
    'node_modules/a/node_modules/b',
    'node_modules/c',
    'node_modules/next',
    'node_modules/next/dist/compiled/react',
    'node_modules/yjs',
  ]);
});

it('a package without a licence text is refused; with one, the text is printed once below all that bring it', () => {
  const home = mkdtempSync(join(tmpdir(), 'notices-'));
  const folder = (name: string) => relative(ROOT, join(home, 'node_modules', name));
  const make = (name: string, files: Record<string, string>) => {
    mkdirSync(join(home, 'node_modules', name), { recursive: true });
    const about = { 'package.json': JSON.stringify({ version: '1.2.3', license: '(MIT OR Apache-2.0)' }) };
    for (const [file, text] of Object.entries({ ...about, ...files }))
      writeFileSync(join(home, 'node_modules', name, file), text);
  };
  try {
    make('bare', { 'README.md': 'MIT' });
    make('one', { 'LICENSE.md': 'The text\r\nof it \n' });
    make('two', { LICENCE: '\nThe text\nof it', 'NOTICE.txt': 'More' });
    expect(() => readThirdParty(folder('bare'))).toThrow(/bare brings no licence text/);
    const both = [readThirdParty(folder('one')), readThirdParty(folder('two'))];
    expect(both[0]).toEqual({
      name: 'one',
      version: '1.2.3',
      license: 'MIT OR Apache-2.0',
      texts: ['The text\nof it'],
    });
    const text = renderTexts(both);
    expect(text.match(/The text/g)).toHaveLength(1);
    expect(text).toMatch(/one 1\.2\.3 .+\ntwo 1\.2\.3 .+\n=+\n\nThe text/);
    expect(text).toMatch(/=\ntwo 1\.2\.3 .+\n=+\n\nMore/);
  } finally {
    rmSync(home, { recursive: true });
  }
});
