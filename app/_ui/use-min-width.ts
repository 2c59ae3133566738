// Whether the window has at least a given width; false on the server and in the first render.
import { useEffect, useState } from 'react';

export function useWide(leastPx: number): boolean {
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const query = matchMedia(`(min-width: ${leastPx}px)`);
    const look = () => setWide(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, [leastPx]);
  return wide;
}
