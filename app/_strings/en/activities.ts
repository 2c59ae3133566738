// What happened, for the activity list. English is the table that the exports also use; another language has its own
// table of the same type here.
export { activities } from '#session-core/sentences/en/activity.ts';
