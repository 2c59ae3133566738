// Why the server rejected something or closed a connection, and what happened, for the activity list. English is the
// tables that the server also uses for programs; another language has tables of its own of the same types here.
export { activities } from '#session-core/sentences/en/activity.ts';
export { closeReasons } from '#session-core/sentences/en/close-reasons.ts';
export { fileNameReason } from '#session-core/sentences/en/file-names.ts';
export { httpErrors } from '#session-core/sentences/en/http-errors.ts';
export { rejections } from '#session-core/sentences/en/rejections.ts';
export { stageReason } from '#session-core/sentences/en/stage-reasons.ts';
