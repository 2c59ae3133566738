// The declarations of the three guest libraries: two written by hand, pipeline-core's by the compiler.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));
const HAND_WRITTEN = join(import.meta.dirname, '../guest/types');

/** Path below node_modules -> text: 'workshop/index.d.ts', 'pipeline-core/index.d.ts' ... */
export function declarations(): Record<string, string> {
  return {
    'danfojs/index.d.ts': readFileSync(join(HAND_WRITTEN, 'danfojs.d.ts'), 'utf8'),
    'workshop/index.d.ts': readFileSync(join(HAND_WRITTEN, 'workshop.d.ts'), 'utf8'),
    'workshop/globals.d.ts': readFileSync(join(HAND_WRITTEN, 'globals.d.ts'), 'utf8'),
    ...pipelineCore(),
  };
}

function pipelineCore(): Record<string, string> {
  const out = mkdtempSync(join(tmpdir(), 'declarations-'));
  try {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--noCheck', '--outDir', out];
    execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'pipeline-core'), ...flags], { stdio: 'pipe' });
    const texts: Record<string, string> = {};
    const visit = (path: string): void => {
      const key = `pipeline-core/${path.replaceAll('\\', '/')}`;
      if (Object.hasOwn(texts, key)) return;
      // The editor's compiler finds './table', whatever its settings say about endings.
      const text = readFileSync(join(out, path), 'utf8').replaceAll(
        /((?:from|import\()\s*['"]\.[^'"]*)\.ts(['"])/g,
        '$1$2',
      );
      texts[key] = text;
      for (const [, to] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]*)['"]/g)) {
        visit(join(dirname(path), `${to}.d.ts`));
      }
    };
    if (!readdirSync(out).includes('index.d.ts'))
      throw new Error('The compiler wrote no declarations of pipeline-core');
    visit('index.d.ts');
    return texts;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
