// What a node says in the database of its build: while a new version is deployed, nodes of two builds share it.
// Invariant: what two builds could understand differently goes from one node to another of the same build only.
import { buildOf } from '#sandbox/index.ts';
import { eventsVersion } from '#session-core/model/event-versions.ts';

/** Its version, its code that performs runs, and the newest version of events that it reads. */
export const nodeBuild = (version: string): string => `${version} ${buildOf()} ${eventsVersion()}`;

/** What a node that said so reads; 0: it has said nothing of it. */
export const eventsReadBy = (build: string): number => Number(/^\S+ \S+ (\d{1,6})$/.exec(build)?.[1] ?? 0);
