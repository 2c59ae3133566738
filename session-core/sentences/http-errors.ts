// One sentence for each refusal of the HTTP API.
import type { httpErrors } from './en/http-errors.ts';

export type HttpErrors = Readonly<Record<keyof typeof httpErrors, string>>;
