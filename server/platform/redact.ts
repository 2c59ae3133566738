// What of an exception or of a child's last output may be in the log. Their messages quote what was being read, which may be
// a participant's text, a file's path or a secret.
// Invariant: of a message only its first line is kept, without what is quoted, without paths, long words and what is not
// ASCII; of a stack only the frames, with paths below the project's folder.
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_CHARACTERS = 200;
const MOST_FRAMES = 8;
/** From the first quotation mark to the last: what is quoted may hold some itself. */
const QUOTED = /["'`“”‘’«»].*["'`“”‘’«»]/;
/** Absolute paths and regular expressions, to the last of them. */
const SLASHED = /(?<=^|[\s(:=,])(?:file:\/\/)?\/.*\/\S*/;
/** A function's name, then file, line and column. */
const FRAME = /^ {4}at (?:[\w$.<>[\] #]{1,120} \()?(?:file:\/\/|node:)?[\w@./+~%-]{1,300}:\d{1,7}:\d{1,7}\)?$/gm;
/** Tokens, hashes, encoded bodies. */
const LONG = /[\w+/=-]{24,}/g;

export function redactedMessage(message: string): string {
  const [first = ''] = message.split(/[\r\n\u2028\u2029]/, 1);
  return first
    .replace(QUOTED, '...')
    .replace(SLASHED, '...')
    .replace(LONG, '...')
    .replace(/[^\x20-\x7e]+/g, '...')
    .slice(0, MOST_CHARACTERS);
}

/** @param message what the stack begins with: a line of it may look like a frame */
export function framesOf(stack: string, message = ''): readonly string[] {
  const at = message === '' ? -1 : stack.indexOf(message);
  const below = at === -1 ? stack : stack.slice(at + message.length);
  const frames = below.match(FRAME) ?? [];
  return frames.slice(0, MOST_FRAMES).map((frame) => frame.trim().slice(3).replace('file://', '').replace(ROOT, ''));
}

/** A text of several lines, such as an error with its stack, as one line. */
export const redactedLines = (text: string): string => [redactedMessage(text), ...framesOf(text)].join(' | ');
