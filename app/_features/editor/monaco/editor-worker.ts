// Monaco's base worker (diffs, links, word completion), in a file of its own so that the bundler emits a worker.
import 'monaco-editor/editor/editor.worker';
