// The rules that code of a workspace is checked by: those of the compiler, the formatter and the linter. One set for the
// patches of a session and for the repository that is made of it.
// Invariant: every course's base and checkpoints keep them; a rule is here because it catches a mistake that a newcomer makes.

/**
 * What the driver's editor shows, and what would fail when the types are stripped: enums, and types that are imported as
 * values.
 */
export const COMPILER_OPTIONS = {
  target: 'es2024',
  lib: ['es2024'],
  module: 'esnext',
  moduleResolution: 'bundler',
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
} as const;

/** biome.json. No preset: what is checked is what is written here. */
export const BIOME_CONFIG = {
  root: true,
  files: { includes: ['**/*.ts'] },
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
  json: { formatter: { enabled: false } },
  javascript: { formatter: { quoteStyle: 'single' } },
  assist: { enabled: false },
  linter: {
    rules: {
      preset: 'none',
      complexity: { noUselessTernary: 'error', useOptionalChain: 'error' },
      correctness: {
        noConstantCondition: 'error',
        noSelfAssign: 'error',
        noUnreachable: 'error',
        noUnusedImports: 'error',
        noUnusedVariables: 'error',
        useIsNan: 'error',
      },
      style: { useConst: 'error', useImportType: 'error', useTemplate: 'error' },
      suspicious: {
        noAssignInExpressions: 'error',
        noDebugger: 'error',
        noDoubleEquals: 'error',
        noEmptyBlockStatements: 'error',
        noExplicitAny: 'error',
        noFallthroughSwitchClause: 'error',
        noGlobalIsNan: 'error',
        noSelfCompare: 'error',
        noSparseArray: 'error',
        noVar: 'error',
      },
    },
  },
} as const;
