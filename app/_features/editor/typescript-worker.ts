// Monaco's TypeScript worker, as a file of ours so that the bundler makes a worker of it.
import 'monaco-editor/languages/features/typescript/ts.worker';
