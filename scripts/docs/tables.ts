// The tables of the README's "For tools", made from the contract: one row per route, one per close code.
import { isFinalClose } from '#session-core/protocol/close-codes.ts';
import { errorsOf, type Route } from '#session-core/protocol/http-api/route.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';
import { CLOSE_CODES } from '#session-core/protocol/messages-for-programs.ts';

/** What is read of a valibot schema: plain data on every one. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly wrapped?: Schema;
  readonly options?: readonly unknown[];
}

const MARK = /(<!-- made by npm run docs: (\w+) -->\n)[\s\S]*?(\n<!-- end -->)/g;
const TABLES: Readonly<Record<string, () => string>> = { routes: routeTable, closeCodes: closeCodeTable };

/** The text with every marked table made anew. Throws where a mark names no table. */
export function withTables(text: string): string {
  return text.replace(MARK, (_, begin: string, name: string, end: string) => {
    const table = TABLES[name];
    if (!table) throw new Error(`README: there is no table "${name}". There are ${Object.keys(TABLES).join(', ')}.`);
    return `${begin}\n${table()}\n${end}`;
  });
}

function routeTable(): string {
  const rows = Object.values<Route>(ROUTES).map((route) => {
    const query = route.query ? `?${Object.keys((route.query as unknown as Schema).entries ?? {}).join('&')}` : '';
    const choices = Object.entries(route.choices ?? {}).map(([name, values]) => ` \`:${name}\`: ${values.join(', ')}.`);
    return [
      `\`${route.method} ${route.path}${query}\``,
      route.who,
      `${route.summary}.${choices.join('')}`,
      route.body ? code(shapeOf(route.body as unknown as Schema)) : '',
      answerOf(route),
      errorsOf(route).map(code).join(' '),
    ];
  });
  return table(['route', 'who may', 'what it does', 'request', 'answer', 'errors of its own'], rows);
}

function answerOf({ answer }: Route): string {
  if ('types' in answer) return answer.types.map((type) => code(type.replace(/;.*/, ''))).join(' or ');
  if (!('json' in answer)) return '204';
  const shape = code(shapeOf(answer.json as unknown as Schema));
  return `${answer.status === 201 ? '201 ' : ''}${shape}${answer.cookie ? ' and a cookie' : ''}`;
}

/** Names and nesting alone; the OpenAPI document has the types. */
function shapeOf(schema: Schema, depth = 0): string {
  if (schema.wrapped) return shapeOf(schema.wrapped, depth);
  if (schema.item) return `[${shapeOf(schema.item, depth)}]`;
  if (!schema.entries) return '...';
  // Two levels are what a row can hold.
  if (depth > 1) return '{...}';
  const parts = Object.entries(schema.entries).map(([name, entry]) => {
    const inner = innermost(entry);
    const nested = inner.entries || inner.item?.entries ? `: ${shapeOf(inner, depth + 1)}` : '';
    return `${name}${entry.type === 'optional' ? '?' : ''}${nested}`;
  });
  return `{${parts.join(', ')}}`;
}

const innermost = (schema: Schema): Schema => (schema.wrapped ? innermost(schema.wrapped) : schema);

function closeCodeTable(): string {
  const rows = [...CLOSE_CODES]
    .sort((a, b) => a.code - b.code)
    .map(({ code: number, reason }) => [String(number), isFinalClose(number) ? 'final' : 'come back', reason]);
  return table(['code', 'then', 'reason'], rows);
}

const code = (text: string): string => `\`${text}\``;

/** As the formatter lays tables out: every column as wide as its widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((name, i) => Math.max(3, name.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...cells.map(line)].join('\n');
}
