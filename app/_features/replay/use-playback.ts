'use client';
// The time of a replay: it runs while it plays, and stops at the end. Ten times a second are enough to look at.
import { useEffect, useState } from 'react';
import type { Timeline } from '#session-core/client/replay.ts';

export const SPEEDS = [0.5, 1, 2, 4] as const;
const EVERY_MS = 100;

export interface Playback {
  /** Milliseconds from the start of the replay. */
  readonly play: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly over: boolean;
  toggle(): void;
  /** Also stops it. */
  seek(play: number): void;
  /** To the moment before or after this one. */
  step(by: -1 | 1): void;
  faster(by: -1 | 1): void;
  setSpeed(speed: number): void;
}

export function usePlayback({ length, moments }: Timeline): Playback {
  const [play, setPlay] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const over = play >= length;
  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = (now - last) * speed;
      last = now;
      setPlay((before) => Math.min(length, before + passed));
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [playing, speed, length]);
  useEffect(() => {
    if (over) setPlaying(false);
  }, [over]);
  const seek = (to: number) => {
    setPlaying(false);
    setPlay(Math.min(length, Math.max(0, to)));
  };
  return {
    play,
    playing,
    speed,
    over,
    toggle() {
      if (over) setPlay(0);
      setPlaying(!playing);
    },
    seek,
    step(by) {
      // Half a millisecond: the time of the replay is a fraction.
      const next =
        by === 1 ? moments.find((one) => one.play > play + 0.5) : moments.findLast((one) => one.play < play - 0.5);
      seek(next?.play ?? (by === 1 ? length : 0));
    },
    faster(by) {
      const at = (SPEEDS as readonly number[]).indexOf(speed) + by;
      setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at))] ?? 1);
    },
    setSpeed,
  };
}
