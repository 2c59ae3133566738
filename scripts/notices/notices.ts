// The text of THIRD_PARTY_NOTICES.txt: what of others is passed on with the pages and the libraries, and what npm
// installs beside it, each with its licence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { childProgram, GUEST, ROOT } from '#sandbox/build/build-options.ts';
import { bundleCommandLine, bundleLibraries } from '#sandbox/build/standalone.ts';
import { bundledPackages, readThirdParty, renderTexts, type ThirdParty, titleOf } from '#sandbox/build/third-party.ts';
import { packagesOfPages } from './pages.ts';

export const NOTICES = 'THIRD_PARTY_NOTICES.txt';

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly optional?: true;
  readonly link?: true;
}

export async function writeNotices(): Promise<string> {
  const [pages, guest, child, libraries, commandLine] = await Promise.all([
    packagesOfPages(),
    packagesOf(GUEST),
    packagesOf(childProgram(() => {})),
    bundleLibraries(),
    bundleCommandLine(),
  ]);
  const exported = [...libraries, commandLine].flatMap(({ packages }) => packages);
  const { everywhere, somewhere } = installedPackages();
  const sections = [
    section('What the pages that browsers load are bundled from', pages),
    section("Bundled into the sandbox's libraries and its child program", [...guest, ...child]),
    section(
      'Bundled into the libraries and the command line of an exported repository, which carries its own copy of their licences',
      exported,
    ),
    section('Installed by npm when the server is set up', everywhere),
    section('Installed by npm on some platforms; their archives bring their licences', somewhere),
  ];
  const data = `Data

pipeline-core holds figures that were fitted to "Student Performance" by Paulo Cortez (2014), UCI Machine Learning
Repository, https://doi.org/10.24432/C5TG7T, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
Synthetic tables are drawn from them; no row of the table itself is part of this repository.
`;
  return `Third-party notices

Crowd Programming itself is under the MIT licence (LICENSE). It contains, builds and installs the work of others, which
is listed here with its licences. Written by \`npm run notices\`; a test compares it with what is really used.

${sections.join('\n')}
${data}
${renderTexts([...pages, ...guest, ...child, ...exported, ...everywhere])}`;
}

async function packagesOf(options: BuildOptions): Promise<ThirdParty[]> {
  const { metafile } = await build({ ...options, outdir: 'none', write: false, metafile: true });
  return bundledPackages(metafile);
}

/** By the lock, so that the list is the same on every platform. */
function installedPackages(): { everywhere: ThirdParty[]; somewhere: ThirdParty[] } {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const runtime = Object.entries(packages).filter(
    ([folder, { dev, devOptional, link }]) => folder.startsWith('node_modules/') && !dev && !devOptional && !link,
  );
  return {
    everywhere: runtime.flatMap(([folder, { optional }]) => (optional ? [] : [readThirdParty(folder)])),
    somewhere: runtime.flatMap(([folder, { optional, version, license = 'see its archive' }]) =>
      optional ? [{ name: folder.replace(/^.*node_modules\//, ''), version, license, texts: [] }] : [],
    ),
  };
}

function section(title: string, packages: readonly ThirdParty[]): string {
  const lines = [...new Set(packages.map(titleOf))].sort();
  return `${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
}
