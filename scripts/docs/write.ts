// `npm run docs`: writes the README's tables of routes and close codes from the contract.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from './tables.ts';

const path = join(import.meta.dirname, '../../README.md');
const text = readFileSync(path, 'utf8');
const fresh = withTables(text);
if (fresh !== text) writeFileSync(path, fresh);
console.log(fresh === text ? 'README.md is up to date.' : 'README.md was renewed.');
