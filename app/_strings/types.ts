// What every language must have: the keys of the English strings, and functions of the same arguments.
import type { Language } from '#session-core/model/languages.ts';
import type { en } from './en/index.ts';

/** English literals become any string; tuples keep their length. */
export type Translated<T> = T extends string
  ? string
  : T extends (...args: infer Arguments) => infer Result
    ? (...args: Arguments) => Translated<Result>
    : { readonly [K in keyof T]: Translated<T[K]> };

export type Strings = Omit<Translated<typeof en>, 'lang'> & { readonly lang: Language };
