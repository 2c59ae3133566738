// What the checks of a patch found, in the words of the linter's rules.
import { many } from '../many.ts';

/** By the linter's name of the rule. */
const rules: Readonly<Record<string, string>> = {
  format: 'Der Formatter schreibt das anders.',
  'lint/style/useConst': 'Der Wert ändert sich nie: Deklarieren Sie ihn mit const.',
  'lint/style/useTemplate': 'Ein Template liest sich besser als mit + verkettete Texte.',
  'lint/style/useImportType': 'Nur ein Typ wird importiert: Schreiben Sie import type.',
  'lint/suspicious/noDoubleEquals': '== wandelt vor dem Vergleich Typen um; nehmen Sie ===.',
  'lint/suspicious/noExplicitAny': 'any schaltet jede Prüfung dieses Werts ab; geben Sie seinen Typ an.',
  'lint/suspicious/noVar': 'var gilt über seinen Block hinaus; nehmen Sie const oder let.',
  'lint/suspicious/noDebugger': 'debugger hält hier nichts an; entfernen Sie es.',
  'lint/suspicious/noEmptyBlockStatements': 'Dieser Block tut nichts; ein Fehler würde darin verschwinden.',
  'lint/suspicious/noAssignInExpressions': 'Eine Zuweisung in einem Ausdruck wird leicht übersehen.',
  'lint/suspicious/noFallthroughSwitchClause':
    'Dieser Fall läuft in den nächsten weiter; beenden Sie ihn mit break oder return.',
  'lint/suspicious/noGlobalIsNan': 'isNaN wandelt zuerst in eine Zahl um; nehmen Sie Number.isNaN.',
  'lint/suspicious/noSelfCompare': 'Beide Seiten sind gleich.',
  'lint/suspicious/noSparseArray': 'In diesem Array ist eine Lücke: ein Komma zu viel?',
  'lint/complexity/noUselessTernary': 'Diese Bedingung ist schon der Wert.',
  'lint/complexity/useOptionalChain': 'Mit ?. kürzer und sicherer.',
  'lint/correctness/noConstantCondition': 'Diese Bedingung ist immer dieselbe.',
  'lint/correctness/noSelfAssign': 'Hier wird ein Wert sich selbst zugewiesen.',
  'lint/correctness/noUnreachable': 'Dieser Code wird nie erreicht.',
  'lint/correctness/noUnusedImports': 'Dieser Import wird nicht benutzt.',
  'lint/correctness/noUnusedVariables': 'Deklariert, aber nie benutzt.',
  'lint/correctness/useIsNan': 'Nichts ist gleich NaN; nehmen Sie Number.isNaN.',
};

export const checkDetails = {
  checkDetails: {
    full: { types: 'Typen', style: 'Format und Lint', tests: 'Tests', leakage: 'Leakage', preview: 'Vorschau' },
    why: {
      time: 'Die Prüfung dauerte zu lange',
      memory: 'Die Prüfung brauchte zu viel Speicher',
      ended: 'konnte nicht geprüft werden; ein weiterer Versuch folgt',
      missing: 'kann auf diesem Server nicht geprüft werden',
    },
    more: (n: number) => `und ${many(n, 'weiteres Problem', 'weitere Probleme')}`,
    known: (n: number) => `${many(n, 'weiteres Problem hat', 'weitere Probleme hat')} auch der Code ohne diesen Patch.`,
    fix: 'Automatisch korrigieren',
    required: 'Vor dem Anwenden eines Patches verlangt',
    requiredHint: 'Die anderen werden gezeigt und halten niemanden davon ab, einen Patch anzuwenden.',
    rules,
  },
};
