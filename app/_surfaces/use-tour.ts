// The place that a tour of the code is at, for pages that go there.
import { useOfView } from '#app/_session/use-session.tsx';

/** `key`: of the place, since a new snapshot holds the same one as another object. */
export function useTour() {
  const tour = useOfView((view) => view.scene.place ?? null);
  const key = tour === null ? null : `${tour.step} ${tour.index} ${tour.file} ${tour.fromLine} ${tour.toLine}`;
  return { tour, key };
}
