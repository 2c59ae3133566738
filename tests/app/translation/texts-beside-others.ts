// Texts in JSX beside other children. The translation of a browser replaces text nodes by elements; React keeps
// the old nodes, and then updates what nobody sees, or fails to put something beside it. A text that is the only child of
// its element is written into the element, and so survives.
import { parseSync } from 'oxc-parser';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
// biome-ignore lint/suspicious/noExplicitAny: the tree of a parser, read by the names of its fields
type Any = any;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly text: string;
}

/** Their children are put into an element as they are. */
const PASSING = new Set(['Button', 'ButtonLink', 'Hint', 'Empty']);
/** Elements that hold text only. */
const TEXT_ONLY = new Set(['option', 'title', 'textarea', 'text']);

export function textsBesideOthers(source: string): Found[] {
  const found: Found[] = [];
  const visit = (node: Any): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const each of node) visit(each);
      return;
    }
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') look(node);
    for (const [key, value] of Object.entries(node)) if (key !== 'parent') visit(value);
  };
  const look = (node: Any): void => {
    const name: string = node.openingElement?.name?.name ?? '';
    const host = node.type === 'JSXFragment' || /^[a-z]/.test(name) || PASSING.has(name);
    if (!host || TEXT_ONLY.has(name) || isUntranslated(node)) return;
    const children: Node[] = node.children.filter((child: Any) => !isBlank(child));
    if (children.length < 2 && !(node.type === 'JSXFragment' && children.length > 0)) return;
    for (const child of children) if (isText(child)) found.push(place(child));
  };
  /** The browser leaves its texts alone. */
  const isUntranslated = (node: Any): boolean =>
    (node.openingElement?.attributes ?? []).some(
      (attribute: Any) => attribute.name?.name === 'translate' && attribute.value?.value === 'no',
    );
  const isBlank = (child: Any): boolean =>
    (child.type === 'JSXText' && child.value.trim() === '') ||
    (child.type === 'JSXExpressionContainer' &&
      (child.expression.type === 'JSXEmptyExpression' ||
        (child.expression.type === 'Literal' && String(child.expression.value).trim() === '')));
  const isText = (child: Any): boolean => {
    if (child.type === 'JSXText') return true;
    if (child.type !== 'JSXExpressionContainer') return false;
    const text = source.slice(child.expression.start, child.expression.end);
    return !isElement(child.expression) && !/(^|\.)children$/.test(text);
  };
  /** It makes elements or nothing: what is drawn by other code is looked at there. */
  const isElement = (expression: Any): boolean => {
    switch (expression.type) {
      case 'JSXElement':
      case 'JSXFragment':
        return true;
      case 'ConditionalExpression':
        return isElement(expression.consequent) && isElement(expression.alternate);
      case 'LogicalExpression':
        return isElement(expression.right);
      case 'Literal':
        return expression.value === null;
      case 'CallExpression':
        return ['map', 'flatMap'].includes(expression.callee.property?.name) || isRender(expression.callee.name);
      case 'Identifier':
        return expression.name === 'undefined' || isRender(expression.name);
      case 'MemberExpression':
        return isRender(expression.property?.name);
      case 'ParenthesizedExpression':
        return isElement(expression.expression);
      default:
        return false;
    }
  };
  /** By its name a piece of the page, not a text. */
  const isRender = (name: string | undefined): boolean =>
    name !== undefined && /^(draw|render)|^(actions|aside|front|fallback|mark|icon|caption|children)$/.test(name);
  const place = ({ start, end }: Node): Found => ({
    start,
    end,
    line: source.slice(0, start).split('\n').length,
    text: source.slice(start, end),
  });
  visit(parseSync('page.tsx', source).program);
  return found;
}
