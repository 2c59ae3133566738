// The texts of a file of strings by their place in it, and the values that each is made with: what two languages are
// compared by. A place is the keys, functions and cases that lead to a text, such as `rejections.not_found`.
import { parseSync } from 'oxc-parser';

export interface Sentence {
  /** Literals and templates, the values of a template as `{}`. */
  readonly texts: string[];
  /** Names of the values that are read there. */
  readonly values: Set<string>;
}

// biome-ignore lint/suspicious/noExplicitAny: the tree of a parser, read by the names of its fields
type Any = any;

export function sentencesOf(source: string): ReadonlyMap<string, Sentence> {
  const found = new Map<string, Sentence>();
  const at = (place: readonly string[]): Sentence => {
    const key = place.join('.');
    const sentence = found.get(key) ?? { texts: [], values: new Set() };
    found.set(key, sentence);
    return sentence;
  };
  const visit = (node: Any, place: readonly string[]): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const each of node) visit(each, place);
      return;
    }
    switch (node.type) {
      case 'ImportDeclaration':
        break;
      case 'ExportNamedDeclaration':
        visit(node.declaration, place);
        break;
      case 'VariableDeclarator':
        visit(node.init, [...place, node.id.name]);
        break;
      case 'FunctionDeclaration':
        visit(node.body, [...place, node.id.name]);
        break;
      case 'ArrowFunctionExpression':
        visit(node.body, place);
        break;
      case 'Property':
        visit(node.value, [...place, String(node.key.name ?? node.key.value)]);
        break;
      case 'ArrayExpression':
        for (const [i, each] of node.elements.entries()) visit(each, [...place, String(i)]);
        break;
      case 'SwitchStatement':
        visit(node.cases, place);
        break;
      case 'SwitchCase':
        visit(node.consequent, [...place, String(node.test?.value ?? 'default')]);
        break;
      case 'BinaryExpression':
        // What is compared with is no text of a sentence.
        visit(node.operator === '+' ? [node.left, node.right] : withoutLiterals([node.left, node.right]), place);
        break;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
        visit(node.expression, place);
        break;
      case 'MemberExpression':
        visit(node.object, place);
        if (node.computed) visit(node.property, place);
        else at(place).values.add(node.property.name);
        break;
      case 'Identifier':
        at(place).values.add(node.name);
        break;
      case 'Literal':
        if (typeof node.value === 'string') at(place).texts.push(node.value);
        break;
      case 'TemplateLiteral':
        at(place).texts.push(node.quasis.map(({ value }: Any) => value.cooked).join('{}'));
        visit(node.expressions, place);
        break;
      default:
        if (!String(node.type).startsWith('TS'))
          for (const [key, value] of Object.entries(node)) if (key !== 'parent') visit(value, place);
    }
  };
  visit(parseSync('strings.ts', source).program.body, []);
  return found;
}

const withoutLiterals = (nodes: readonly Any[]): readonly Any[] => nodes.filter(({ type }) => type !== 'Literal');
