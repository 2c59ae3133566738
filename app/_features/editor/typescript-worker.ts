// Monaco's TypeScript worker, as a file of ours so that the bundler makes a worker of it.
// RUNS IN browser (worker)
import 'monaco-editor/languages/features/typescript/ts.worker';
