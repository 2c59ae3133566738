// One sentence for each reason that a socket is closed for.
import type { closeReasons } from './en/close-reasons.ts';

export type CloseReasons = Readonly<Record<keyof typeof closeReasons, string>>;
