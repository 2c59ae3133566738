// Monaco's own worker (diffs, links, words), as a file of ours so that the bundler makes a worker of it.
import 'monaco-editor/editor/editor.worker';
