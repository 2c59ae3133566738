// Text that arrives as one piece of typing: of a dictation, an input method, a program that types for people. Monaco types it
// letter by letter, with closing brackets and indents of its own, and of a whole file for most of a minute.
// Invariant: such a piece is what it is, at once, as if it were pasted.
import type * as Monaco from 'monaco-editor/editor';

/** No person's keys make more at once. */
const LONGEST_TYPED = 200;

export function pasteLongInput(monaco: typeof Monaco): void {
  // Every editor asks for this command when it is typed into; the newest of a name is taken.
  monaco.editor.registerCommand('type', (_services: unknown, { text }: { readonly text: string }) => {
    const editor = monaco.editor.getEditors().find((one) => one.hasTextFocus());
    editor?.trigger('keyboard', text.length > LONGEST_TYPED ? 'paste' : 'type', { text });
  });
}
