// Loads Monaco once, with the languages of the workspace, our two themes and the guest libraries' declarations.
// Invariant: nothing is fetched before an editor is shown; no request goes to another origin.
import type * as M from 'monaco-editor/editor';
import { ask } from '#app/_session/http.ts';
import { t } from '#app/_strings/strings.ts';
import { guestTypesRoute } from '#session-core/protocol/http-api/work-routes.ts';
import { pasteLongInput } from './long-input.ts';

export type Monaco = typeof M;

let loading: Promise<Monaco> | null = null;

export function loadMonaco(): Promise<Monaco> {
  // A connection that is lost meanwhile must not decide for the whole life of the page.
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

// The pages are made on the server, too, which shows no editor: behind this test its build leaves Monaco out.
const parts = () =>
  typeof window === 'undefined'
    ? notHere()
    : Promise.all([
        import('monaco-editor/editor'),
        import('monaco-editor/languages/features/typescript/register'),
        import('monaco-editor/languages/definitions/typescript/register'),
        import('monaco-editor/languages/definitions/yaml/register'),
        import('monaco-editor/languages/definitions/markdown/register'),
        import('monaco-editor/features/register.all'),
      ]);

/** The language service, without waiting for the editor. */
export const loadTypeScript = () =>
  typeof window === 'undefined' ? notHere() : import('monaco-editor/languages/features/typescript/register');

function notHere(): never {
  throw new Error('Monaco is for browsers');
}

async function load(): Promise<Monaco> {
  (self as unknown as { MonacoEnvironment: unknown }).MonacoEnvironment = {
    getWorker: (_: string, label: string) =>
      label === 'typescript' || label === 'javascript'
        ? new Worker(new URL('./typescript-worker.ts', import.meta.url), { type: 'module', name: label })
        : new Worker(new URL('./editor-worker.ts', import.meta.url), { type: 'module', name: label }),
  };
  const [monaco, typescript] = await parts();
  typescript.typescriptDefaults.setCompilerOptions({
    target: typescript.ScriptTarget.ESNext,
    module: typescript.ModuleKind.ESNext,
    // 2 = node10, the only resolution of this worker that follows relative imports with their `.ts`.
    moduleResolution: typescript.ModuleResolutionKind.NodeJs,
    allowNonTsExtensions: true,
    allowImportingTsExtensions: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    lib: ['es2023'],
    types: [],
  } as Parameters<typeof typescript.typescriptDefaults.setCompilerOptions>[0]);
  typescript.typescriptDefaults.setEagerModelSync(true);
  typescript.typescriptDefaults.setModeConfiguration({
    completionItems: true,
    hovers: true,
    diagnostics: true,
    signatureHelp: true,
    definitions: true,
    references: true,
    rename: true,
    documentRangeFormattingEdits: true,
    onTypeFormattingEdits: true,
    documentHighlights: true,
    documentSymbols: false,
    codeActions: true,
    inlayHints: false,
  });
  pasteLongInput(monaco);
  // The colors of globals.css, which Monaco cannot read.
  monaco.editor.defineTheme('crowd-light', {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'keyword', foreground: '0b5159' },
      { token: 'string', foreground: '8a4600' },
      { token: 'number', foreground: '7a1fa2' },
      { token: 'comment', foreground: '52696d' },
      { token: 'type', foreground: '174aa8' },
    ],
    colors: {
      'editor.background': '#fbfdfc',
      'editor.foreground': '#08252a',
      'editor.lineHighlightBackground': '#eaf1ef',
    },
  });
  monaco.editor.defineTheme('crowd-dark', {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'keyword', foreground: '7fdcd3' },
      { token: 'string', foreground: 'ffc98a' },
      { token: 'number', foreground: 'd9b3ff' },
      { token: 'comment', foreground: '93adad' },
      { token: 'type', foreground: 'a9c6ff' },
    ],
    colors: {
      'editor.background': '#041215',
      'editor.foreground': '#f0f7f4',
      'editor.lineHighlightBackground': '#0b2227',
    },
  });
  return monaco;
}

/** What would not be seen is shown, in comments and strings too; the server makes lines of other line ends, so nobody is asked. */
export const SHOW_HIDDEN = {
  renderControlCharacters: true,
  unicodeHighlight: {
    ambiguousCharacters: false,
    invisibleCharacters: true,
    includeComments: true,
    includeStrings: true,
  },
  unusualLineTerminators: 'off',
} as const;

let folders = 0;

/**
 * The name of a folder that no model had before. The TypeScript worker tells texts apart by address and version, and every
 * new model begins at version 1: a second text at an address of before would be taken for the first.
 */
export function freshFolder(name: string): string {
  folders++;
  return `${name}-${folders}`;
}

export function languageOf(path: string): 'typescript' | 'yaml' | 'markdown' | 'plaintext' {
  if (path.endsWith('.ts')) return 'typescript';
  if (path.endsWith('.yaml') || path.endsWith('.yml')) return 'yaml';
  return path.endsWith('.md') ? 'markdown' : 'plaintext';
}

let types: { readonly sessionId: string; readonly loaded: Promise<boolean> } | null = null;

/**
 * Gives the TypeScript worker the declarations of `danfojs`, `pipeline-core` and `workshop`, once a page. false where they
 * could not be loaded; the next call tries again.
 */
export function loadGuestTypes(sessionId: string): Promise<boolean> {
  if (types?.sessionId === sessionId) return types.loaded;
  const loaded = fetchGuestTypes(sessionId).catch((error: unknown) => {
    console.warn('no declarations for the editor', error);
    types = null;
    return false;
  });
  types = { sessionId, loaded };
  return loaded;
}

async function fetchGuestTypes(sessionId: string): Promise<boolean> {
  const { typescriptDefaults } = await loadTypeScript();
  const answer = await ask(guestTypesRoute, { params: { id: sessionId } });
  if (!answer.ok) throw new Error(answer.error.message);
  // The worker looks for packages in node_modules, as Node does.
  for (const [path, text] of Object.entries(answer.value.files))
    typescriptDefaults.addExtraLib(text, `file:///node_modules/${path}`);
  return true;
}

export function themeNow(): 'crowd-light' | 'crowd-dark' {
  const chosen = document.querySelector<HTMLElement>('[data-theme]')?.dataset['theme'];
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  return dark ? 'crowd-dark' : 'crowd-light';
}

// While one of these is open, Escape closes it.
const ESCAPE_IS_FREE = [
  'suggestWidgetVisible',
  'parameterHintsVisible',
  'findWidgetVisible',
  'renameInputVisible',
  'markersNavigationVisible',
  'inSnippetMode',
  'editorHasSelection',
  'editorHasMultipleSelections',
]
  .map((context) => `!${context}`)
  .join(' && ');

/** Tab inserts a tab in an editor, so Escape is the way out by keyboard: it moves the focus to `next`. */
export function leaveByEscape(editor: M.editor.IStandaloneCodeEditor, next: () => HTMLElement | null): void {
  editor.addAction({
    id: 'crowd.leave',
    label: t.keys.leave,
    keybindings: [9 satisfies M.KeyCode.Escape],
    precondition: ESCAPE_IS_FREE,
    run: () => next()?.focus(),
  });
}
