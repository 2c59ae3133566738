// How this browser shows the driver's editor: minimap, size of the code, formatting with Ctrl/Cmd+S.
import { useStored } from '#app/_session/use-stored.ts';

const SIZES = { least: 12, most: 28 } as const;

export interface EditorSettings {
  readonly minimap: boolean;
  readonly setMinimap: (on: boolean) => void;
  readonly format: boolean;
  readonly setFormat: (on: boolean) => void;
  /** px */
  readonly size: number;
  readonly setSize: (size: number) => void;
}

export function useEditorSettings(usual: number): EditorSettings {
  const [minimap, keepMinimap] = useStored('cp-minimap');
  const [format, keepFormat] = useStored('cp-format');
  const [size, keepSize] = useStored('cp-code-size');
  const within = (px: number) => Math.min(SIZES.most, Math.max(SIZES.least, px));
  return {
    minimap: minimap === 'on',
    setMinimap: (on) => keepMinimap(on ? 'on' : ''),
    format: format === 'on',
    setFormat: (on) => keepFormat(on ? 'on' : ''),
    size: Number(size) > 0 ? within(Number(size)) : usual,
    setSize: (px) => keepSize(String(within(px))),
  };
}
