// Builds the pages before the first browser story; vitest asks only where such a test was chosen.
import { setUp } from '#scripts/set-up.mjs';

export async function setup() {
  await setUp(['pages']);
}
