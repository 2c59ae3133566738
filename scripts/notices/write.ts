// `npm run notices`: renews THIRD_PARTY_NOTICES.txt after the dependencies have changed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { ROOT } from '#sandbox/build/build-options.ts';
import { NOTICES, writeNotices } from './notices.ts';

writeFileSync(join(ROOT, NOTICES), await writeNotices());
await stop();
