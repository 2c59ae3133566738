// Licences that a facilitator can choose for the exported repository, by their names in SPDX.

export const LICENSES = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'CC0-1.0', 'none'] as const;
export type License = (typeof LICENSES)[number];
