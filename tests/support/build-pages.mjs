// Builds the pages, where they are stale: a process of its own, because building blocks the one that does it.
import { setUp } from '#scripts/set-up.mjs';

await setUp(['pages']);
