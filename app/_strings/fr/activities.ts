// What happened, for the activity list.
export { activities } from '#session-core/sentences/fr/activity.ts';
