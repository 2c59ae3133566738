// Charts: their controls, what is read out, and what a reader must know about them.

export const charts = {
  chart: {
    head: 'Charts',
    none: 'The plots defined in dvc.yaml appear here after a run.',
    table: 'Show table',
    picture: 'Show chart',
    shares: 'Show shares',
    counts: 'Show counts',
    download: (format: string) => `Download as ${format}`,
    downloadFailed: 'The picture could not be made in this browser. The table and CSV have the values.',
    more: (n: number) => `and ${n} more rows`,
    n: (n: number) => `n = ${n}`,
    spoken: (title: string, marks: number) => `${title}: chart with ${marks} marks; the table has the numbers`,
    keys: 'The arrow keys move through the values.',
    keysOpen: 'The arrow keys move through the values, Enter opens one.',
    count: 'Rows',
    meaning: 'Meaning',
    rowName: (row: number | string) => `row ${row}`,
    sampled: (shown: number, all: number) => `${shown} of ${all} points are drawn, evenly spread over the file.`,
    sampledRows: (shown: number, all: number) => `From ${shown} of ${all} rows, evenly spread over the file.`,
    sampledBars: (shown: number, all: number) => `The first ${shown} of ${all} bars are drawn.`,
    noLabel: (key: string, column: string) =>
      `dvc.yaml has no ${key} for this plot: the axis shows the name of the column, “${column}”, without a unit.`,
    noUnit: (key: string) => `${key} names no unit: write it in brackets, such as “Age (years)”.`,
    noTitle: 'dvc.yaml has no title for this plot: the name of the file is shown.',
    undrawable: 'These columns cannot be drawn as dvc.yaml says. The file has these values:',
  },
};
