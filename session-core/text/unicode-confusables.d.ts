// The package's own declarations have a file name that TypeScript does not find.
declare module 'unicode-confusables' {
  const confusables: {
    /** Each character replaced by the one that stands for all that look like it. */
    readonly rectifyConfusion: (text: string) => string;
  };
  export = confusables;
}
