// The form of a route of the HTTP API: one value from which server, client, OpenAPI document and README are made.
// Invariant: plain data and schemas, nothing that runs, so that a bundle holds only the routes it uses.
import type * as v from 'valibot';
import type { Wire } from '../wire.ts';
import type { ErrorCode } from './errors.ts';

/** `creator`: who may create sessions: in a browser on the server's machine, or with its CREATE_TOKEN. */
export type Who = 'anyone' | 'joined' | 'facilitator' | 'creator';

/** Above it the answer is `rate_limited` with the seconds to wait. `address`: per address and session. */
export interface Limit {
  readonly per: 'address' | 'participant';
  /** How many at once after a pause. */
  readonly burst: number;
  readonly perSecond: number;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:name` stands for one segment. */
  readonly path: string;
  readonly who: Who;
  /** One line. */
  readonly summary: string;
  /** Where a segment may be one of these only. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  readonly query?: v.GenericSchema;
  readonly body?: v.GenericSchema;
  /** In place of a body: a file as it is, of at most so many bytes. */
  readonly upload?: { readonly bytes: number };
  readonly answer: RouteAnswer;
  /** Beside those that follow from the rest of the route: `errorsOf` says all. */
  readonly errors?: readonly ErrorCode[];
  /** The answer has an ETag; a browser keeps it and is answered 304 where it is still the same. */
  readonly etag?: true;
  readonly limit?: Limit;
}
type RouteAnswer =
  | { readonly status: 200 | 201; readonly json: v.GenericSchema; readonly cookie?: true }
  | { readonly status: 200; readonly types: readonly string[] }
  | { readonly status: 204 };

/** A route whose schemas load with the first request to it. */
export interface LateRoute<R extends Route> {
  readonly path: R['path'];
  readonly load: () => Promise<R>;
}

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
export type Params<R extends Route> = { readonly [Name in ParamNames<R['path']>]: string };

/** What the client gets: the answer as its schema reads it; null where there is none. */
export type AnswerOf<R extends Route> = R['answer'] extends { readonly json: infer S extends v.GenericSchema }
  ? Wire<S>
  : null;
type BodyOf<R extends Route> = R extends { readonly body: infer S extends v.GenericSchema }
  ? { readonly body: v.InferInput<S> }
  : object;
type QueryOf<R extends Route> = R extends { readonly query: infer S extends v.GenericSchema }
  ? { readonly query?: v.InferInput<S> }
  : object;
type ParamsOf<R extends Route> = ParamNames<R['path']> extends never ? object : { readonly params: Params<R> };

/** What a request to this route is made of. */
export type RequestOf<R extends Route> = ParamsOf<R> & QueryOf<R> & BodyOf<R>;

export const paramNames = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** Path and query of a request. */
export function addressOf<R extends Route>({ path }: Pick<R, 'path'>, request: RequestOf<R>): string {
  const { params, query: wanted }: Parts = request;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const query = Object.entries(wanted ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  );
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

/** Every code that a route may answer beside COMMON_ERRORS. */
export function errorsOf(route: Route): ErrorCode[] {
  return [
    ...(route.who === 'joined' || route.who === 'facilitator' ? (['not_joined'] as const) : []),
    ...(route.who === 'facilitator' ? (['not_allowed'] as const) : []),
    ...(route.who === 'creator' ? (['not_local'] as const) : []),
    ...(paramNames(route.path).length > 0 ? (['not_found'] as const) : []),
    ...(route.choices ? (['route_not_found'] as const) : []),
    ...(route.body ? (['not_json', 'too_large'] as const) : []),
    ...(route.upload ? (['too_large'] as const) : []),
    ...(route.limit ? (['rate_limited'] as const) : []),
    ...(route.errors ?? []),
  ];
}
