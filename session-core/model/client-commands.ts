// What a client may ask for: ClientCommand, validated when it arrives.
// Invariant: imperative `noun.verb`; a field unknown to the schema is refused, never dropped in silence.

import * as v from 'valibot';
import { isFileName } from '#pipeline-core/workspace/file-names.ts';
import { isCodable } from '../util/code-text.ts';
import { CHECKS } from './checks.ts';
import { LANGUAGES } from './languages.ts';
import { LICENSES } from './licenses.ts';
import { LIMITS, PATCH } from './limits.ts';
import { SCENES } from './types.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
const stageName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.@-]{1,60}$/));
const fileName = v.pipe(v.string(), v.maxLength(60), v.check(isFileName));
const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000));
const revision = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most * 4));
const stepMinutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.stepMinutes));
const codeLine = v.pipe(v.string(), v.maxLength(PATCH.columns), v.regex(/^[^\n\r]*$/));
const addedLine = v.pipe(codeLine, v.check(isCodable));

export const hunkSchema = v.strictObject({
  fromLine: line,
  removed: v.pipe(v.array(codeLine), v.maxLength(PATCH.lines)),
  added: v.pipe(v.array(addedLine), v.maxLength(PATCH.lines)),
});
export const patchSchema = v.strictObject({
  revision,
  files: v.pipe(
    v.array(
      v.strictObject({
        path: fileName,
        hunks: v.pipe(v.array(hunkSchema), v.minLength(1), v.maxLength(LIMITS.patchHunks)),
      }),
    ),
    v.minLength(1),
    v.maxLength(LIMITS.documentFiles),
  ),
});
const anchorSchema = v.strictObject({ file: fileName, fromLine: line, toLine: line, revision });
const expressionSchema = v.strictObject({
  code: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.expression), v.check(isCodable)),
  table: v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.tablePath)),
  as: v.picklist(['table', 'chart']),
});

/** Readable hunks against a numbered revision. `fromLine`: the line before which `added` goes when `removed` is empty. */
export type Hunk = Readonly<v.InferOutput<typeof hunkSchema>>;
export type Patch = Readonly<v.InferOutput<typeof patchSchema>>;
export type Anchor = Readonly<v.InferOutput<typeof anchorSchema>>;
/** An expression over a table of the session, with `df` for the table; `as`: how its answer is shown. */
export type SharedExpression = Readonly<v.InferOutput<typeof expressionSchema>>;

const settingsEntries = {
  title: v.optional(text(LIMITS.title)),
  approveFirst: v.optional(v.boolean()),
  frozen: v.optional(v.boolean()),
  locked: v.optional(v.boolean()),
  wordFilter: v.optional(v.boolean()),
  autoRun: v.optional(v.boolean()),
  previews: v.optional(v.picklist(['off', 'approved', 'top'])),
  previewTop: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))),
  holdout: v.optional(v.picklist(['hidden', 'shown', 'off'])),
  reveal: v.optional(v.boolean()),
  requiredChecks: v.optional(v.pipe(v.array(v.picklist(CHECKS)), v.maxLength(CHECKS.length))),
  language: v.optional(v.picklist(LANGUAGES)),
  license: v.optional(v.picklist(LICENSES)),
  joinOrigin: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200), v.regex(/^https?:\/\/[\w.\-[\]:]+$/)))),
};

const c = <T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.strictObject({ type: v.literal(type), ...entries });

export const clientCommandSchema = v.variant('type', [
  // anybody who has joined
  c('participant.rename', { displayName: text(LIMITS.displayName) }),
  /** A name to be credited by, shown beside the display name; null clears it. */
  c('participant.credit', { name: v.nullable(text(LIMITS.credit)) }),
  c('hand.raise', {}),
  c('hand.lower', { participant: v.optional(id) }),
  c('pulse.set', { value: v.nullable(v.picklist(['fast', 'lost', 'fine'])) }),
  c('suggestion.add', {
    text: text(LIMITS.suggestion),
    stage: v.optional(stageName),
    anchor: v.optional(anchorSchema),
    patch: v.optional(patchSchema),
    expression: v.optional(expressionSchema),
  }),
  c('suggestion.edit', { suggestion: id, text: text(LIMITS.suggestion) }),
  c('suggestion.withdraw', { suggestion: id }),
  /** Formats the lines that its patch changes, as a new version of it. */
  c('suggestion.fix', { suggestion: id }),
  c('suggestion.upvote', { suggestion: id }),
  c('suggestion.unvote', { suggestion: id }),
  c('driver.accept', {}),
  c('driver.refuse', {}),
  /** Of a suggestion; or of a patch not sent yet, which only its author sees. */
  c('preview.request', { suggestion: v.optional(id), patch: v.optional(patchSchema) }),
  /** `choice`: from 0; `text`: to an open question; null takes the answer back. */
  c('poll.answer', {
    poll: id,
    choice: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.choicesMost - 1)))),
    text: v.optional(v.nullable(text(LIMITS.answer))),
  }),
  c('guess.set', { value: v.nullable(v.pipe(v.number(), v.finite())) }),
  // driver
  c('driver.offer', { to: id }),
  c('driver.withdrawOffer', {}),
  c('driver.release', {}),
  c('driver.move', {}),
  c('suggestion.pin', { suggestion: id }),
  c('suggestion.unpin', { suggestion: v.optional(id) }),
  /** Applies its patch if it has one; `hand`: the driver implemented it by hand, the patch is not applied. */
  c('suggestion.accept', { suggestion: id, how: v.optional(v.literal('hand')) }),
  c('suggestion.unaccept', { suggestion: id }),
  c('run.request', { force: v.optional(v.pipe(v.array(stageName), v.maxLength(20))) }),
  c('run.cancel', { run: id }),
  /** The machine tries other parameters of the code as it is, for so long. */
  c('search.start', {
    seconds: v.pipe(v.number(), v.integer(), v.minValue(LIMITS.searchLeast), v.maxValue(LIMITS.searchMost)),
  }),
  c('search.stop', {}),
  c('revision.restore', { revision }),
  // facilitator
  c('driver.take', {}),
  c('driver.revoke', {}),
  c('suggestion.approve', { suggestion: id }),
  c('suggestion.decline', { suggestion: id, reason: text(LIMITS.reason) }),
  c('suggestion.merge', { suggestion: id, into: id }),
  c('moderation.undo', { seq: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  /** Its result stops being the best, the last, or what others are compared with. */
  c('run.strike', { run: id, reason: text(LIMITS.reason) }),
  c('run.unstrike', { run: id }),
  /** A suspect result counts all the same; or does not any more. */
  c('run.clear', { run: id, cleared: v.boolean() }),
  c('hand.lowerAll', {}),
  /**
   * `contributions`: their suggestions and votes go, too; by default they do. `letIn`: the facilitators whom they let in go
   * with them; by default they do, unless the sender is one of those.
   */
  c('participant.remove', {
    participant: id,
    contributions: v.optional(v.boolean()),
    letIn: v.optional(v.boolean()),
  }),
  c('participant.removeAll', {
    participants: v.pipe(v.array(id), v.minLength(1), v.maxLength(LIMITS.removedAtOnce)),
    contributions: v.optional(v.boolean()),
  }),
  c('joinCode.rotate', {}),
  /** Decides on a name that the word filter holds. */
  c('name.decide', { participant: id, what: v.picklist(['displayName', 'credit']), allow: v.boolean() }),
  /** Revokes one facilitator link, or all. */
  c('facilitator.unlink', { link: v.optional(id) }),
  c('timer.set', { minutes: v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(120))) }),
  /** The scene of every projector view of the session; `column`: the one that the data scene shows. */
  c('scene.show', { scene: v.picklist(SCENES), column: v.optional(text(LIMITS.column)) }),
  /** Two main runs beside each other, on every projector view. */
  c('comparison.show', { before: id, after: id }),
  /** The reveal scene on every projector view, with its countdown; then everybody sees the hold-out scores. */
  c('holdout.reveal', {}),
  /** One of the course's agendas, by the minutes it takes. */
  c('agenda.choose', { minutes: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  /** Starts its minutes, and shows its scene or the first place of its tour. */
  c('agenda.begin', { step: id }),
  /** A place of a step's tour, from 0, on every projector view and phone. */
  c('tour.show', { step: id, place: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  /** Behind `after`; null: first. */
  c('agenda.add', {
    after: v.nullable(id),
    title: text(LIMITS.step.title),
    minutes: stepMinutes,
    say: v.optional(text(LIMITS.step.say)),
    ask: v.optional(text(LIMITS.step.ask)),
  }),
  c('agenda.edit', {
    step: id,
    title: v.optional(text(LIMITS.step.title)),
    minutes: v.optional(stepMinutes),
    say: v.optional(text(LIMITS.step.say)),
    ask: v.optional(text(LIMITS.step.ask)),
    skipped: v.optional(v.boolean()),
  }),
  c('agenda.move', { step: id, after: v.nullable(id) }),
  c('agenda.tick', { step: id, done: v.boolean() }),
  /** The newest edit of the agenda. */
  c('agenda.undo', {}),
  c('checkpoint.load', { name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)) }),
  /** Without `choices` it is an open question. */
  c('poll.open', {
    question: text(LIMITS.question),
    choices: v.optional(
      v.pipe(v.array(text(LIMITS.choice)), v.minLength(LIMITS.choicesLeast), v.maxLength(LIMITS.choicesMost)),
    ),
  }),
  c('poll.close', { poll: id }),
  /** Hides or shows an answer in words, and all that say the same. */
  c('poll.hideAnswer', { poll: id, answer: id, hidden: v.boolean() }),
  c('session.configure', settingsEntries),
  c('session.end', {}),
]);

export type ClientCommand = Readonly<v.InferOutput<typeof clientCommandSchema>>;
