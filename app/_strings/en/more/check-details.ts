// What the checks of a patch found, in the words of the linter's rules.
import { many } from '../many.ts';

/** By the linter's name of the rule. */
const rules: Readonly<Record<string, string>> = {
  format: 'The formatter writes this differently.',
  'lint/style/useConst': 'It never changes: declare it with const.',
  'lint/style/useTemplate': 'A template reads better than strings added with +.',
  'lint/style/useImportType': 'Only a type is imported: write import type.',
  'lint/suspicious/noDoubleEquals': '== converts types before it compares; use ===.',
  'lint/suspicious/noExplicitAny': 'any turns off every check of this value; say what it is.',
  'lint/suspicious/noVar': 'var is visible outside its block; use const or let.',
  'lint/suspicious/noDebugger': 'debugger stops nothing here; remove it.',
  'lint/suspicious/noEmptyBlockStatements': 'This block does nothing; an error would disappear in it.',
  'lint/suspicious/noAssignInExpressions': 'An assignment inside an expression is easily overlooked.',
  'lint/suspicious/noFallthroughSwitchClause': 'This case goes on into the next one; end it with break or return.',
  'lint/suspicious/noGlobalIsNan': 'isNaN converts to a number first; use Number.isNaN.',
  'lint/suspicious/noSelfCompare': 'Both sides are the same.',
  'lint/suspicious/noSparseArray': 'There is a gap in this array: one comma too many?',
  'lint/complexity/noUselessTernary': 'This condition is the value itself.',
  'lint/complexity/useOptionalChain': 'Shorter and safer with ?.',
  'lint/correctness/noConstantCondition': 'This condition is always the same.',
  'lint/correctness/noSelfAssign': 'This assigns a value to itself.',
  'lint/correctness/noUnreachable': 'This code is never reached.',
  'lint/correctness/noUnusedImports': 'This import is not used.',
  'lint/correctness/noUnusedVariables': 'This is declared and never used.',
  'lint/correctness/useIsNan': 'Nothing equals NaN; use Number.isNaN.',
};

export const checkDetails = {
  checkDetails: {
    full: { types: 'Types', style: 'Format and lint', tests: 'Tests', leakage: 'Leakage', preview: 'Preview' },
    why: {
      time: 'took too long to check',
      memory: 'took too much memory to check',
      ended: 'could not be checked; another try follows',
      missing: 'cannot be checked on this server',
    },
    more: (n: number) => `and ${many(n, 'more problem')}`,
    known: (n: number) =>
      `${many(n, 'further problem is', 'further problems are')} in the code without this patch, too.`,
    fix: 'Fix automatically',
    required: 'Required before a patch is applied',
    requiredHint: 'The others are shown and keep nobody from applying a patch.',
    rules,
  },
};
