// What happened, for the activity list.
export { activities } from '#session-core/sentences/de/activity.ts';
