// Why the server rejected something or closed a connection; and what happened, for the activity list.
export { activities } from '#session-core/sentences/fr/activity.ts';
export { closeReasons } from '#session-core/sentences/fr/close-reasons.ts';
export { fileNameReason } from '#session-core/sentences/fr/file-names.ts';
export { httpErrors } from '#session-core/sentences/fr/http-errors.ts';
export { rejections } from '#session-core/sentences/fr/rejections.ts';
export { stageReason } from '#session-core/sentences/fr/stage-reasons.ts';
