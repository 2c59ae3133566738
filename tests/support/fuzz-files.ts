// Files with many short lines, so that patches meet in all ways.
export const FUZZ_FILES = {
  'params.yaml': Array.from({ length: 20 }, (_, i) => `param${i}: ${i}`).join('\n'),
  'src/a.ts': Array.from({ length: 12 }, (_, i) => `const a${i} = ${i};`).join('\n'),
  'src/b.ts': 'export {};\n',
};
