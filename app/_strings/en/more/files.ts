// Files of the workspace and how the driver's editor looks.
import { many } from '../many.ts';

export const files = {
  files: {
    menu: 'Files and editor',
    add: 'New file',
    rename: (path: string) => `Rename ${path}`,
    remove: (path: string) => `Delete ${path}`,
    removed: (path: string) => `Deleted ${path}`,
    name: 'Name of the file',
    nameHint: 'With its folder, such as src/features.ts',
    wrongName: (reason: string) => `Not saved: ${reason}.`,
    taken: 'Not saved: there is a file of this name already.',
    full: (most: number) => `Not saved: the workspace may have ${most} files.`,
    find: 'Find in all files',
    findLabel: 'Text to find',
    found: (n: number) => (n === 0 ? 'Nothing found' : many(n, 'line')),
    problems: (n: number) => `${many(n, 'problem')} in the code`,
    settings: 'Editor settings',
    minimap: 'Show the minimap',
    format: 'Format the file with Ctrl+S',
    size: (px: number) => `Size of the code: ${px} px`,
    smaller: 'Smaller code',
    larger: 'Larger code',
  },
} as const;
