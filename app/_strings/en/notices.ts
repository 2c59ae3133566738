// Notices: what has happened to somebody, one sentence for each code, and the list of them.
import type { NoticeSentences } from '#session-core/client/notices.ts';
import { isolate } from '../isolate.ts';

const sentences: NoticeSentences = {
  driving_offered: ({ name }) =>
    name === null ? 'You were offered the driver role.' : `${isolate(name)} offered you the driver role.`,
  offer_accepted: ({ name }) => `${isolate(name)} has accepted and is driving now.`,
  offer_refused: ({ name }) => `${isolate(name)} declined to drive.`,
  offer_withdrawn: ({ name }) => `The offer to ${isolate(name)} was withdrawn.`,
  offer_expired: ({ name }) => `${isolate(name)} did not answer: the offer has expired.`,
  poll_opened: ({ question }) => `A question to everybody: ${question}`,
  hand_next: () => 'Your raised hand is next in line to drive.',
  name_held: ({ name }) => `“${isolate(name)}” waits for the facilitator. Until then nobody else sees it.`,
  name_allowed: ({ name }) => `Everybody sees your name “${isolate(name)}” now.`,
  name_declined: ({ name }) => `The facilitator declined the name “${isolate(name)}”.`,
  suggestion_approved: ({ text }) => `Your suggestion was approved; everyone can vote on it now: ${text}`,
  suggestion_declined: ({ text, reason }) => `Your suggestion was declined (${isolate(reason)}): ${text}`,
  suggestion_merged: ({ text, into }) =>
    `Your suggestion “${isolate(text)}” was merged${into === '' ? '' : ` into “${isolate(into)}”`}; votes moved there.`,
  suggestion_pinned: ({ text }) => `The driver is implementing your suggestion: ${text}`,
  suggestion_applied: ({ text }) => `Your suggestion was applied: ${text}`,
  suggestion_reopened: ({ text }) => `Your suggestion is open again: ${text}`,
  run_failed: ({ number, stage, file, line }) => {
    const place = file === undefined ? undefined : line === undefined ? file : `${file}:${line}`;
    return `Run #${number} failed${place === undefined ? (stage ? ` in ${stage}` : '') : ` at ${place}`}.`;
  },
};

export const notices = {
  notice: {
    empty: 'Nothing yet. What happens to your suggestions, and who offers you the driver role, appears here.',
    popUp: 'Notice',
    more: (n: number) => `and ${n} more`,
    result: (n: number, what: string) => `Run #${n}: ${what}`,
    showLine: 'Show the line',
    unread: 'new',
    sentences,
  },
} as const;
