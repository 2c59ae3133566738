// The package's own classes, typed as far as the files here use them: whatever is put right is put right on these.
import * as base from 'danfojs/dist/danfojs-base/index.js';
import type { FrameClass, SeriesClass } from './frame-types.ts';

export const DataFrame = base.DataFrame as FrameClass;
export const Series = base.Series as SeriesClass;
export const NDframe = base.NDframe as { readonly prototype: Record<string, unknown> };
export const Utils = base.Utils as { readonly prototype: Record<string, unknown> };

type Method<This> = (this: This, ...args: never[]) => unknown;

export function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Methods of frames, by name; one that the package has is replaced. */
export function onFrames(methods: Readonly<Record<string, Method<InstanceType<FrameClass>>>>): void {
  for (const [name, method] of Object.entries(methods)) define(DataFrame.prototype, name, method);
}

/** Methods of Series, by name; one that the package has is replaced. */
export function onSeries(methods: Readonly<Record<string, Method<InstanceType<SeriesClass>>>>): void {
  for (const [name, method] of Object.entries(methods)) define(Series.prototype, name, method);
}
