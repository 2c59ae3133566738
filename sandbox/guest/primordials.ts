// The built-ins our side of the isolate relies on, taken before any line of the participants' code has run.
// Invariant: code that crosses the bridge uses these and never a method looked up later, for participants may have
// replaced it.

const { call } = Function.prototype;

/** `method` as a function whose first argument is `this`. */
function uncurried<This, Args extends readonly unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
): (self: This, ...args: Args) => Result {
  return call.bind(method) as (self: This, ...args: Args) => Result;
}

export const toText = String;
export const toNumber = Number;
export const isFiniteNumber = Number.isFinite;
export const { isArray } = Array;
export const { stringify, parse } = JSON;
export const { keys, create, getPrototypeOf, getOwnPropertyDescriptor, defineProperty, freeze, hasOwn } = Object;
export const { floor, imul } = Math;
export const ErrorBuiltIn = Error;
export const ObjectPrototype = Object.prototype;

export const mapGet = uncurried(Map.prototype.get) as (map: Map<string, string>, key: string) => string | undefined;
export const mapSet = uncurried(Map.prototype.set) as (map: Map<string, string>, key: string, value: string) => unknown;
export const mapHas = uncurried(Map.prototype.has) as (map: Map<string, string>, key: string) => boolean;
export const mapForEach = uncurried(Map.prototype.forEach) as (
  map: Map<string, string>,
  visit: (value: string, key: string) => void,
) => void;
export const slice = uncurried(String.prototype.slice);
export const indexOf = uncurried(String.prototype.indexOf) as (text: string, part: string, from?: number) => number;
export const charCodeAt = uncurried(String.prototype.charCodeAt);
export const join = uncurried(Array.prototype.join) as (list: readonly unknown[], by: string) => string;
