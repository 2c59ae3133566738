// Binds a Monaco model to a Y.Text in both directions, shares the driver's caret and selection, and undoes local edits.
// Invariant: Yjs is authoritative; a remote change never enters Monaco's undo stack; line ends are `\n` on both sides.
import type * as M from 'monaco-editor/editor';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { LIMITS } from '#session-core/model/limits.ts';
import { utf8Bytes } from '#session-core/protocol/sizes.ts';

type Editor = M.editor.IStandaloneCodeEditor;
type Monaco = typeof M;

export interface Binding {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly destroy: () => void;
}

/** The origin of edits typed in this browser. */
export const TYPED = Symbol('typed here');

export interface BindOptions {
  readonly text: Y.Text;
  /** An edit was taken back, since the workspace would have had so many bytes. */
  readonly onTooLarge: (bytes: number) => void;
}

export function bindMonaco(monaco: Monaco, editor: Editor, { text, onTooLarge }: BindOptions): Binding {
  const model = editor.getModel();
  if (!model) throw new Error('the editor has no model to bind');
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  let applying = false;
  const quietly = (change: () => void) => {
    applying = true;
    try {
      change();
    } finally {
      applying = false;
    }
  };
  quietly(() => becomeText(monaco, model, text.toString()));

  const onText = (event: Y.YTextEvent, transaction: Y.Transaction) => {
    if (transaction.origin === TYPED) return;
    const edits: M.editor.IIdentifiedSingleEditOperation[] = [];
    // The delta's offsets count in the old text when deletions advance and insertions do not.
    let at = 0;
    for (const part of event.delta) {
      if (part.retain !== undefined) at += part.retain;
      else if (typeof part.insert === 'string') {
        const range = monaco.Range.fromPositions(model.getPositionAt(at));
        edits.push({ range, text: part.insert, forceMoveMarkers: true });
      } else if (part.delete !== undefined) {
        const range = monaco.Range.fromPositions(model.getPositionAt(at), model.getPositionAt(at + part.delete));
        edits.push({ range, text: '' });
        at += part.delete;
      }
    }
    quietly(() => model.applyEdits(edits));
  };
  text.observe(onText);

  const typing = model.onDidChangeContent((change) => {
    if (applying) return;
    // A paste with \r\n is normalised by the model before it gets here, except where the line end itself was switched.
    if (change.isEolChange) {
      quietly(() => model.setEOL(monaco.editor.EndOfLineSequence.LF));
      return;
    }
    const bytes = change.changes.some((edit) => edit.text !== '') ? bytesWith(text, model) : 0;
    if (bytes > LIMITS.documentBytes) {
      quietly(() => becomeText(monaco, model, text.toString()));
      onTooLarge(bytes);
      return;
    }
    text.doc?.transact(() => {
      // From the end backwards: offsets of earlier changes stay true.
      for (const edit of [...change.changes].sort((a, b) => b.rangeOffset - a.rangeOffset)) {
        if (edit.rangeLength > 0) text.delete(edit.rangeOffset, edit.rangeLength);
        if (edit.text !== '') text.insert(edit.rangeOffset, edit.text.replace(/\r\n?/g, '\n'));
      }
    }, TYPED);
    // What the model holds and what was sent must be one text; a difference would double or lose text silently.
    if (model.getValueLength() !== text.length) quietly(() => becomeText(monaco, model, text.toString()));
  });

  const history = historyOf(text);
  return {
    undo: () => void history.undo(),
    redo: () => void history.redo(),
    destroy: () => {
      text.unobserve(onText);
      typing.dispose();
    },
  };
}

/** Bytes of the workspace with what the model holds in place of the text; an upper bound where that is within the limit. */
function bytesWith(text: Y.Text, model: M.editor.ITextModel): number {
  const others = [...(text.doc?.getMap<Y.Text>('files').values() ?? [])].filter((each) => each !== text);
  const most = 3 * others.reduce((sum, each) => sum + each.length, model.getValueLength());
  if (most <= LIMITS.documentBytes) return most;
  return others.reduce((sum, each) => sum + utf8Bytes(each.toString()), utf8Bytes(model.getValue()));
}

/** Changes only the part that differs, so that caret, selection and scroll position stay. */
export function becomeText(monaco: Monaco, model: M.editor.ITextModel, wanted: string): void {
  const held = model.getValue();
  if (held === wanted) return;
  let start = 0;
  const most = Math.min(held.length, wanted.length);
  while (start < most && held[start] === wanted[start]) start += 1;
  let tail = 0;
  while (tail < most - start && held.at(-1 - tail) === wanted.at(-1 - tail)) tail += 1;
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(held.length - tail));
  model.applyEdits([{ range, text: wanted.slice(start, wanted.length - tail) }]);
}

// One history a file, kept while other tabs are open; it goes with its document.
const histories = new WeakMap<Y.Text, Y.UndoManager>();
function historyOf(text: Y.Text): Y.UndoManager {
  const known = histories.get(text);
  if (known) return known;
  // Only what was typed here is undone, never what came from a patch or an earlier driver.
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([TYPED]), captureTimeout: 400 });
  histories.set(text, history);
  return history;
}

export interface SharedCursor {
  readonly file: string;
  readonly anchor: unknown;
  readonly head: unknown;
  /** The lines the driver sees, from 1. */
  readonly visible: readonly [number, number];
}

/** Sends the driver's caret and visible lines to everybody, at most once per animation frame. */
export function shareCursor(editor: Editor, text: Y.Text, options: { file: string; awareness: Awareness }): () => void {
  const { file, awareness } = options;
  let frame = 0;
  const send = () => {
    frame = 0;
    const model = editor.getModel();
    const selection = editor.getSelection();
    if (!model || !selection) return;
    const relative = (line: number, column: number) => {
      const offset = Math.min(text.length, model.getOffsetAt({ lineNumber: line, column }));
      return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, offset));
    };
    const seen = editor.getVisibleRanges();
    const cursor: SharedCursor = {
      file,
      anchor: relative(selection.selectionStartLineNumber, selection.selectionStartColumn),
      head: relative(selection.positionLineNumber, selection.positionColumn),
      visible: [seen[0]?.startLineNumber ?? 1, seen.at(-1)?.endLineNumber ?? 1],
    };
    awareness.setLocalState({ cursor });
  };
  const soon = () => {
    if (frame === 0) frame = requestAnimationFrame(send);
  };
  const subscriptions = [editor.onDidChangeCursorSelection(soon), editor.onDidScrollChange(soon)];
  soon();
  return () => {
    cancelAnimationFrame(frame);
    for (const subscription of subscriptions) subscription.dispose();
  };
}

/** The driver's cursor from the awareness states, or null; never one's own. */
export function driverCursor(awareness: Awareness): (SharedCursor & { readonly name: string }) | null {
  for (const [id, state] of awareness.getStates()) {
    const cursor = (state as { cursor?: SharedCursor }).cursor;
    if (id !== awareness.clientID && cursor?.anchor)
      return { ...cursor, name: (state as { user?: { name?: string } }).user?.name ?? '' };
  }
  return null;
}

/** Offsets of a shared cursor in `text`, or null where it lies in another file or a deleted text. */
export function cursorOffsets(cursor: SharedCursor, text: Y.Text): { anchor: number; head: number } | null {
  const offset = (json: unknown): number | null => {
    const at =
      text.doc && Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), text.doc);
    return at && at.type === text ? at.index : null;
  };
  const anchor = offset(cursor.anchor);
  const head = offset(cursor.head);
  return anchor === null || head === null ? null : { anchor, head };
}

/** Draws the driver's caret and selection in a watching editor. */
export function drawCursor(
  monaco: Monaco,
  editor: Editor,
  options: { text: Y.Text; file: string; awareness: Awareness },
): () => void {
  const { text, file, awareness } = options;
  const marks = editor.createDecorationsCollection();
  const draw = () => {
    const cursor = driverCursor(awareness);
    const model = editor.getModel();
    const offsets = cursor && cursor.file === file ? cursorOffsets(cursor, text) : null;
    if (!cursor || !offsets || !model) return marks.clear();
    const from = model.getPositionAt(Math.min(offsets.anchor, offsets.head));
    const to = model.getPositionAt(Math.max(offsets.anchor, offsets.head));
    const caret = offsets.head < offsets.anchor ? 'beforeContentClassName' : 'afterContentClassName';
    marks.set([
      {
        range: monaco.Range.fromPositions(from, to),
        options: { className: 'driver-selection', [caret]: 'driver-caret', hoverMessage: { value: cursor.name } },
      },
    ]);
  };
  awareness.on('change', draw);
  text.observe(draw);
  draw();
  return () => {
    awareness.off('change', draw);
    text.unobserve(draw);
    marks.clear();
  };
}
