// Builds the guest libraries before the first test that needs them; vitest asks only where such a test was chosen.
import { setUp } from '#scripts/set-up.mjs';

export async function setup() {
  await setUp(['guest']);
}
