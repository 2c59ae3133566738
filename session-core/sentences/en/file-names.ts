// What is wrong with the name of a file, in English: the same words as in the errors of a run.
export { fileNameReason } from '#pipeline-core/workspace/file-names.ts';
