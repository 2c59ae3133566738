// Outside the sandbox: the names that a stage knows are those of the sandbox, which has the language and a console. What else
// Node offers (crypto, timers, performance, fetch ...) is chance, clock or another machine: a stage that looked whether it is
// there would come to other results here.
// Invariant: libraries that are loaded after this take what they need of Node by import.

const LANGUAGE = new Set(
  `AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean DataView Date
  DisposableStack Error EvalError Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array
  Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String
  SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet
  console decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt
  undefined unescape`.split(/\s+/),
);
/** Node itself reads TypeScript by it, whenever a file is imported. */
const OF_NODE = 'WebAssembly';

export function hideGlobals(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!LANGUAGE.has(name) && name !== OF_NODE) Reflect.deleteProperty(globalThis, name);
  }
}
