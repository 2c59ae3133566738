// The activity list in English: for screens (app/_strings/en takes this table) and for the exported tables.
import type { ActivitySentences } from '../../model/activity.ts';

const round = (value: number): string => String(Number(value.toPrecision(4)));

export const activities: ActivitySentences = {
  session_created: () => 'the session was opened',
  session_ended: (_, system) => (system ? 'the session was ended' : 'ended the session'),
  task_changed: ({ task }) => `changed the task: ${task}`,
  participant_joined: ({ name }) => `${name} joined`,
  participant_removed: ({ name }) => `removed ${name}`,
  facilitator_link_made: () => 'made a facilitator link',
  facilitator_link_used: () => 'a facilitator link was used',
  facilitator_links_revoked: ({ links }) =>
    `revoked ${links === 1 ? 'a facilitator link' : `${links} facilitator links`}`,
  join_code_changed: () => 'changed the join code',
  hand_raised: () => 'raised a hand',
  hands_lowered: () => 'lowered all hands',
  timer_set: ({ minutes }) => `set the timer to ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`,
  timer_stopped: () => 'stopped the timer',
  driving_started: () => 'started driving',
  driving_offered: ({ name }) => `offered driving to ${name}`,
  poll_opened: ({ question }) => `asked everybody: ${question}`,
  poll_closed: ({ answers }) =>
    answers === 1 ? 'closed the question with one answer' : `closed the question with ${answers} answers`,
  offer_expired: () => 'the offer to drive expired',
  driving_stopped: () => 'stopped driving',
  driving_revoked: ({ name }) => `removed ${name} as driver`,
  driving_lapsed: ({ name }) => `${name} lost the connection and stopped driving`,
  driving_ended: ({ name }) => `removed ${name}, who was driving`,
  suggestion_added: () => 'added a suggestion',
  patch_suggested: () => 'suggested a code change',
  suggestion_approved: () => 'approved a suggestion',
  suggestion_declined: () => 'declined a suggestion',
  suggestion_merged: () => 'merged a suggestion into another',
  moderation_undone: () => 'undid a moderation action',
  suggestion_pinned: () => 'pinned a suggestion: now implementing',
  suggestion_accepted: () => 'accepted a suggestion',
  suggestion_unaccepted: () => 'undid the acceptance of a suggestion',
  revision_restored: ({ revision }) => `restored revision ${revision}`,
  checkpoint_loaded: ({ checkpoint }) => `loaded the checkpoint ${checkpoint}`,
  run_started: ({ run }, system) => (system ? `run #${run} was requested` : `started run #${run}`),
  run_succeeded: (facts) =>
    `run #${facts.run} finished${'metric' in facts ? `: ${facts.metric} ${round(facts.value)}` : ''}`,
  run_failed: (facts) => `run #${facts.run} failed${'stage' in facts ? ` in ${facts.stage}` : ''}`,
  run_cancelled: ({ run }, system) => (system ? `run #${run} was cancelled` : `cancelled run #${run}`),
  run_interrupted: ({ run }) => `run #${run} was interrupted`,
  run_struck: ({ run }) => `struck run #${run} from the comparison`,
  run_unstruck: ({ run }) => `took run #${run} back into the comparison`,
  run_cleared: ({ run }) => `cleared the result of run #${run}`,
  run_found_suspect: ({ run }) => `the checks found the result of run #${run} suspect`,
  run_suspected: ({ run }) => `marked the result of run #${run} as suspect again`,
};
