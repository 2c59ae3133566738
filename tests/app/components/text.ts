// Stands in for the shared text where a test says what is known of it; elsewhere the real one is used.
import type * as real from '#app/_features/editor/use-text.ts';

type Real = typeof real;
type State = NonNullable<ReturnType<Real['useText']>>['state'];

export const shownText: { state: Partial<State> | null } = { state: null };

/** Which of the two answers is settled before a component is shown, so no component changes its hooks. */
export const withShownText = (original: Real) => ({
  ...original,
  useText: (sessionId: string) => {
    if (shownText.state) return { session: null, state: shownText.state };
    // biome-ignore lint/correctness/useHookAtTopLevel: see above
    return original.useText(sessionId);
  },
  useFileText: (...given: Parameters<Real['useFileText']>) => {
    if (shownText.state) return null;
    // biome-ignore lint/correctness/useHookAtTopLevel: see above
    return original.useFileText(...given);
  },
});
