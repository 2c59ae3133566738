// Why the server rejected something or closed a connection; and what happened, for the activity list.
export { activities } from '#session-core/sentences/de/activity.ts';
export { closeReasons } from '#session-core/sentences/de/close-reasons.ts';
export { fileNameReason } from '#session-core/sentences/de/file-names.ts';
export { httpErrors } from '#session-core/sentences/de/http-errors.ts';
export { rejections } from '#session-core/sentences/de/rejections.ts';
export { stageReason } from '#session-core/sentences/de/stage-reasons.ts';
