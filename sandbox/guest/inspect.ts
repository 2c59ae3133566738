// Values as text for the log, bounded in depth and length, in the manner of Node's console.

const MAX_DEPTH = 4;
const MAX_ITEMS = 50;
const MAX_TEXT = 8_000;

/** One argument of console.log. A hostile getter or proxy may throw: then the text says so. */
export function inspect(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    const text = shown(value, 0, []);
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  } catch {
    return '[a value that cannot be shown]';
  }
}

function shown(value: unknown, depth: number, above: readonly unknown[]): string {
  switch (typeof value) {
    case 'string':
      return `'${value.slice(0, MAX_TEXT)}'`;
    case 'bigint':
      return '[bigint]';
    case 'symbol':
      return value.toString();
    case 'function':
      return `[function ${value.name}]`;
    case 'object':
      return value === null ? 'null' : shownObject(value, depth, above);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function shownObject(value: object, depth: number, above: readonly unknown[]): string {
  if (above.includes(value)) return '[circular]';
  if (value instanceof Error) return shownError(value, depth, above);
  if (isTable(value)) return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (depth >= MAX_DEPTH) return Array.isArray(value) ? '[…]' : '{…}';
  const path = [...above, value];
  const inner = (item: unknown): string => shown(item, depth + 1, path);
  if (Array.isArray(value)) return listed('', value, inner);
  if (ArrayBuffer.isView(value) && 'length' in value) {
    return listed(`${value.constructor.name}(${value.length}) `, value as unknown as ArrayLike<unknown>, inner);
  }
  if (value instanceof Map) {
    const entries = [...value.entries()].slice(0, MAX_ITEMS).map(([k, v]) => `${inner(k)} => ${inner(v)}`);
    return `Map(${value.size}) {${entries.join(', ')}${value.size > MAX_ITEMS ? ', …' : ''}}`;
  }
  if (value instanceof Set) return listed(`Set(${value.size}) `, [...value].slice(0, MAX_ITEMS + 1), inner);
  const keys = Object.keys(value);
  const parts = keys.slice(0, MAX_ITEMS).map((key) => `${key}: ${inner((value as Record<string, unknown>)[key])}`);
  if (keys.length > MAX_ITEMS) parts.push('…');
  const name = value.constructor?.name;
  const prefix = typeof name === 'string' && name !== 'Object' ? `${name} ` : '';
  return parts.length === 0 ? `${prefix}{}` : `${prefix}{ ${parts.join(', ')} }`;
}

// Without the lines inside our own libraries: participants can only open files of its own.
function shownError(error: Error, depth: number, above: readonly unknown[]): string {
  const lines = String(error.stack ?? `${error.name}: ${error.message}`).split('\n');
  const own = lines.filter((line) => !/^\s+at .*(?:guest\.js:|<isolated-vm boundary>|runner:)/.test(line)).join('\n');
  if (error.cause === undefined || depth >= MAX_DEPTH) return own;
  return `${own}\n[cause]: ${shown(error.cause, depth + 1, [...above, error])}`;
}

function listed(prefix: string, items: ArrayLike<unknown>, inner: (item: unknown) => string): string {
  const parts: string[] = [];
  for (let i = 0; i < items.length && i < MAX_ITEMS; i++) parts.push(inner(items[i]));
  if (items.length > MAX_ITEMS) parts.push(`… ${items.length - MAX_ITEMS} more`);
  return `${prefix}[${parts.join(', ')}]`;
}

/** A danfojs frame or series prints itself as a table. */
function isTable(value: object): boolean {
  return '$dataIncolumnFormat' in value || '$isSeries' in value;
}
