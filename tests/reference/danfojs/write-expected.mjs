// Writes expected.json: what the real danfojs answers. Run once by hand: npm ci && node write-expected.mjs
import { writeFileSync } from 'node:fs';
import { answers } from './probes.js';

const { default: _none, ...dfd } = await import('danfojs');
const expected = await answers(dfd);
writeFileSync(new URL('expected.json', import.meta.url), `${JSON.stringify(expected, null, 1)}\n`);
console.log(`${Object.keys(expected).length} answers`);
