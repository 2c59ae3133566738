// How many times the window is as large as one of 1920 x 1080; 1 for smaller ones, on the server and in the first render.
import { useEffect, useState } from 'react';

export function useZoom(): number {
  const [zoom, setZoom] = useState(1);
  useEffect(() => {
    const look = () => setZoom(Math.max(1, Math.min(innerWidth / 1920, innerHeight / 1080)));
    look();
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, []);
  return zoom;
}
