// Outside the sandbox: the language and the time zone of a stage are those of the sandbox, whatever the machine is set to.

import process from 'node:process';

const LOCALE = 'en-US';

export function fixLocale(): void {
  process.env['TZ'] = 'UTC';
  const intl = Intl as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(Intl)) {
    const original = intl[name];
    if (typeof original !== 'function' || !Object.hasOwn(original, 'supportedLocalesOf')) continue;
    const fixed: object = new Proxy(original, {
      construct: (target, args, newTarget): object =>
        Reflect.construct(
          target,
          [args[0] ?? LOCALE, ...args.slice(1)],
          newTarget === fixed ? target : newTarget,
        ) as object,
      apply: (target, self, args) => Reflect.apply(target, self, [args[0] ?? LOCALE, ...args.slice(1)]) as unknown,
    });
    intl[name] = fixed;
    (original as { prototype: { constructor: unknown } }).prototype.constructor = fixed;
  }
  const takers: readonly (readonly [object, readonly string[], number])[] = [
    [Number.prototype, ['toLocaleString'], 0],
    [BigInt.prototype, ['toLocaleString'], 0],
    [Array.prototype, ['toLocaleString'], 0],
    [Date.prototype, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'], 0],
    [String.prototype, ['toLocaleLowerCase', 'toLocaleUpperCase'], 0],
    [String.prototype, ['localeCompare'], 1],
  ];
  for (const [prototype, names, at] of takers) for (const name of names) withLocale(prototype, name, at);
}

/** @param at which argument names the language */
function withLocale(prototype: object, name: string, at: number): void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[name]!;
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]) {
      const given = [...args];
      given[at] ??= LOCALE;
      return Reflect.apply(original, this, given) as unknown;
    },
  });
}
