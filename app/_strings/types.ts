// What every language must have: the keys of the English strings, and functions of the same arguments.
import type { Language } from '#session-core/model/languages.ts';
import type { first } from './en/first.ts';
import type { more } from './en/more/index.ts';
import type { soon } from './en/soon.ts';

/** English literals become any string; tuples keep their length. */
export type Translated<T> = T extends string
  ? string
  : T extends (...args: infer Arguments) => infer Result
    ? (...args: Arguments) => Translated<Result>
    : { readonly [K in keyof T]: Translated<T[K]> };

export type FirstStrings = Omit<Translated<typeof first>, 'lang'> & { readonly lang: Language };
export type MoreStrings = Translated<typeof more>;
export type SoonStrings = Translated<typeof soon>;
export type Strings = FirstStrings & SoonStrings & MoreStrings;
