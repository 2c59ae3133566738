// Which names a file of the workspace may have: the one rule for the shared document, patches, dvc.yaml, courses and the
// exported repository.
// Invariant: files whose names pass together can be cloned and checked out by git on Linux, Windows and macOS as they are,
// and none of them is started, or changes how a program starts, because somebody installs, opens or enters the repository.

export interface FileNameFault {
  readonly why:
    | 'length'
    | 'characters'
    | 'part'
    | 'device'
    | 'reserved'
    | 'executable'
    /** Two names that are one on a disk that does not tell upper from lower case. */
    | 'same_name'
    /** The name of a file is that of a folder. */
    | 'folder';
  /** The path, or the part of it, that is wrong. */
  readonly part: string;
  /** `same_name`, `folder`: the other file. */
  readonly other?: string;
}

export const LONGEST_FILE_NAME = 60;
// ASCII alone: no two spellings of one letter, nothing invisible, no `git~1` and no `a:b`.
const CHARACTERS = /^[A-Za-z0-9_./-]+$/;
// Neither hidden (.git, .npmrc, .vscode, .envrc) nor an option (-rf), and no dot at the end, which Windows drops.
const PART = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;
// Windows starts these when their name is typed without the ending, `npm` too, and it looks in the current folder first.
const EXECUTABLE =
  /\.(?:com|exe|bat|cmd|vb|vbs|vbe|jse|wsf|wsh|ws|msc|msi|msp|mst|ps1|psm1|psd1|scr|pif|cpl|lnk|url|hta|reg|inf|scf|jar|dll|sh|command|desktop|app|code-workspace|sln|[a-z]+proj)$/;
// eslint.config.ts, vitest.config.mts, jest.config.json ...: extensions of editors run them when a folder is opened.
const CONFIGURES = /(?:\.config|^\w+\.workspace|^gulpfile|^gruntfile)\.(?:[cm]?[jt]s|json|ya?ml|toml)$/;
const STARTS_SERVICES = /^(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$|^(?:taskfile|lefthook)(?:\.\w+)?\.ya?ml$/;
const SCRIPT_AT_TOP = /^[^/]+\.(?:js|cjs|mjs)$/;

/** Written by the export, by npm or by the session itself. */
const OWN = [
  'data/raw',
  'libraries',
  'references',
  'notebooks',
  'reports/report.html',
  'reports/figures',
  'tests/repository.test.mjs',
  'third_party_notices.txt',
  'dockerfile',
  'dvc.lock',
] as const;

/** Parts that programs look for by name, in any folder. */
const LOOKED_FOR: ReadonlySet<string> = new Set([
  // Node reads the one, npm and editors the other, in the folder of a file and in those above it.
  'package.json',
  'node_modules',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'bun.lock',
  'bun.lockb',
  'bunfig.toml',
  'deno.json',
  'deno.jsonc',
  'deno.lock',
  'lerna.json',
  // npm compiles a package that has one.
  'binding.gyp',
  'tsconfig.json',
  'jsconfig.json',
  'makefile',
  'gnumakefile',
  'justfile',
  'mise.toml',
  'gemfile',
  'rakefile',
  'procfile',
  'vagrantfile',
  'jenkinsfile',
  'containerfile',
  'turbo.json',
  'nx.json',
  'composer.json',
  // Editors ask these languages about a folder that has one, and some run what it says.
  'setup.py',
  'conftest.py',
  'noxfile.py',
  'sitecustomize.py',
  'usercustomize.py',
  'pyproject.toml',
  'cargo.toml',
  'build.rs',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'settings.gradle',
  'cmakelists.txt',
  'package.swift',
  'mix.exs',
  'flake.nix',
  'shell.nix',
  'default.nix',
  // git takes a folder with a HEAD for a repository, and obeys its `config`.
  'head',
  'hooks',
  // Assistants that write code do what these say as soon as somebody opens the folder with one.
  'agent.md',
  'agents.md',
  'claude.md',
  'claude.local.md',
  'copilot-instructions.md',
  'gemini.md',
  'rush.json',
  'replit.nix',
  'desktop.ini',
  'thumbs.db',
  'autorun.inf',
]);

// Words that JavaScript's plain objects already have.
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** What is wrong with one name, whatever other files there are; null: nothing. */
export function fileNameFault(path: string): FileNameFault | null {
  if (path.length === 0 || path.length > LONGEST_FILE_NAME)
    return { why: 'length', part: path.slice(0, LONGEST_FILE_NAME) };
  if (!CHARACTERS.test(path)) return { why: 'characters', part: path };
  const lower = path.toLowerCase();
  const own = OWN.find((name) => isWithin(lower, name) || isWithin(name, lower));
  if (own !== undefined || INHERITED.has(path)) return { why: 'reserved', part: path };
  for (const part of path.split('/')) {
    const small = part.toLowerCase();
    if (!PART.test(part)) return { why: 'part', part };
    if (DEVICE.test(small)) return { why: 'device', part };
    if (LOOKED_FOR.has(small) || small.endsWith('.dvc') || INHERITED.has(part)) return { why: 'reserved', part };
    if (CONFIGURES.test(small) || STARTS_SERVICES.test(small)) return { why: 'reserved', part };
    if (EXECUTABLE.test(small)) return { why: 'executable', part };
  }
  if (SCRIPT_AT_TOP.test(lower)) return { why: 'executable', part: path };
  // Only the one at the top is the session's; DVC runs the commands of any other as well.
  if (lower.endsWith('/dvc.yaml') || (lower === 'dvc.yaml' && path !== lower)) return { why: 'reserved', part: path };
  return null;
}

const TABLE = /^data\/raw\/[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9_])?\.csv$/;

/** A name that the session's own table may have; no file of a workspace has one. */
export const isWithinDataFolder = (path: string): boolean => TABLE.test(path);

export const isFileName = (path: string): boolean => fileNameFault(path) === null;

/**
 * The first name among `paths` that is wrong by itself or beside the others.
 * @param known names that were there before: what is wrong with them alone is no fault of this change
 */
export function fileNamesFault(paths: readonly string[], known: readonly string[] = []): FileNameFault | null {
  const before = new Set(known);
  for (const path of paths) {
    const fault = before.has(path) ? null : fileNameFault(path);
    if (fault !== null) return fault;
  }
  /** Lower-case name of a file, or of a folder in the spelling of its first file -> that file and the spelling. */
  const files = new Map<string, string>();
  for (const path of paths) {
    const lower = path.toLowerCase();
    const other = files.get(lower);
    if (other !== undefined && !(before.has(path) && before.has(other))) {
      return { why: 'same_name', part: path, other };
    }
    files.set(lower, path);
  }
  const folders = new Map<string, { readonly spelling: string; readonly file: string }>();
  for (const path of paths) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      const spelling = path.slice(0, at);
      const lower = spelling.toLowerCase();
      const file = files.get(lower);
      if (file !== undefined && !(before.has(path) && before.has(file))) {
        return { why: 'folder', part: file, other: path };
      }
      const first = folders.get(lower);
      if (first === undefined) folders.set(lower, { spelling, file: path });
      else if (first.spelling !== spelling && !(before.has(path) && before.has(first.file))) {
        return { why: 'same_name', part: path, other: first.file };
      }
    }
  }
  return null;
}

/** What is wrong and what to do, as the end of a sentence. */
export function fileNameReason({ why, part, other }: FileNameFault): string {
  const name = `"${part}"`;
  switch (why) {
    case 'length':
      return `the name of a file has 1 to ${LONGEST_FILE_NAME} characters`;
    case 'characters':
      return `${JSON.stringify(part)} is not a name for a file: use letters from A to Z, digits, ".", "_", "-" and "/" for folders`;
    case 'part':
      if (part === '') return '"/" at the beginning or the end, or twice in a row, is not a name for a file';
      return `${name} is not a name for a file or folder: begin it with a letter or digit and do not end it with a dot`;
    case 'device':
      return `Windows cannot have a file called ${name}: choose another name`;
    case 'reserved':
      return `${name} is reserved in the exported repository: choose another name`;
    case 'executable':
      return `${name} could be started as a program: choose another ending`;
    case 'same_name':
      return `${name} and "${other}" differ only in upper and lower case: choose another name`;
    case 'folder':
      return `${name} cannot be a file and the folder of "${other}": choose another name`;
  }
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
