// The declarations of the three guest libraries: two written by hand, pipeline-core's by the compiler.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));
const HAND_WRITTEN = join(import.meta.dirname, '../guest/types');

/** Path below node_modules -> file below guest/types. */
const FILES: Readonly<Record<string, string>> = {
  'danfojs/index.d.ts': 'danfojs.d.ts',
  'danfojs/frame.d.ts': 'danfojs/frame.d.ts',
  'danfojs/series.d.ts': 'danfojs/series.d.ts',
  'danfojs/options.d.ts': 'danfojs/options.d.ts',
  'workshop/index.d.ts': 'workshop.d.ts',
  'workshop/globals.d.ts': 'globals.d.ts',
};

/** The declarations written by hand, as paths in the repository. */
export const handWrittenTypes = Object.values(FILES).map((file) => `sandbox/guest/types/${file}`);

/** Path below node_modules -> text: 'workshop/index.d.ts', 'pipeline-core/index.d.ts' ... */
export function declarations(): Record<string, string> {
  return {
    ...Object.fromEntries(
      Object.entries(FILES).map(([path, file]) => [path, asPublished(readFileSync(join(HAND_WRITTEN, file), 'utf8'))]),
    ),
    ...pipelineCore(),
  };
}

/** Library -> the names of its types. */
export function typeNames(texts: Readonly<Record<string, string>>): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const [path, text] of Object.entries(texts)) {
    const own = [...text.matchAll(/^export (?:declare )?(?:interface|type) ([A-Za-z]\w*)/gm)].map((found) => found[1]!);
    const library = path.split('/')[0]!;
    names[library] = [...(names[library] ?? []), ...own];
  }
  return names;
}

/** A package has its index and its parts in one folder; the editor's compiler finds './frame' without an extension. */
function asPublished(text: string): string {
  return text.replaceAll(/(from ')\.\/(?:danfojs\/)?([a-z]+)\.d\.ts'/g, "$1./$2'");
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
