// What the schemas of the protocol share: reading a message, and the type of what was read.
import * as v from 'valibot';

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** What a schema lets through; nobody changes what came over the wire. */
export type Wire<S extends v.GenericSchema> = DeepReadonly<v.InferOutput<S>>;

/** null: it does not fit the schema. Fields that the schema does not know are left out: the server may be newer. */
export function parseWire<S extends v.GenericSchema>(schema: S, message: unknown): Wire<S> | null {
  const parsed = v.safeParse(schema, message, { abortEarly: true });
  return parsed.success ? (parsed.output as Wire<S>) : null;
}
