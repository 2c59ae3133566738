// Monaco's TypeScript worker, in a file of its own so that the bundler emits a worker.
import 'monaco-editor/languages/features/typescript/ts.worker';
