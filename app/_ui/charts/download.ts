// A chart as a file: its values as CSV, its drawing as SVG or PNG with title, axis labels and notes in it.
// Invariant: the picture holds what it needs; the page's style sheet and variables are written into it.
import { toCsv } from '#session-core/text/csv.ts';
import { saveFile } from '../save-file.ts';
import { axisText, type ChartSpec } from './chart-spec.ts';
import { specTable } from './spec-table.ts';

const SVG = 'http://www.w3.org/2000/svg';
const COPIED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
] as const;
/** Sharp on slides. */
const PNG_SCALE = 3;

export type Format = 'SVG' | 'PNG' | 'CSV';

/** Throws where the browser cannot make a picture. */
export async function downloadChart(spec: ChartSpec, format: Format, drawing: SVGSVGElement | null): Promise<void> {
  const name =
    spec.title
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'chart';
  if (format === 'CSV') return saveFile(`${name}.csv`, new Blob([toCsv(specTable(spec))], { type: 'text/csv' }));
  if (drawing === null) throw new Error('the chart is not drawn');
  const { text, width, height } = picture(spec, drawing);
  const svg = new Blob([text], { type: 'image/svg+xml' });
  saveFile(`${name}.${format.toLowerCase()}`, format === 'SVG' ? svg : await rastered(svg, width, height));
}

function picture(spec: ChartSpec, drawing: SVGSVGElement): { text: string; width: number; height: number } {
  const [, , width = 0, inner = 0] = (drawing.getAttribute('viewBox') ?? '').split(/[ ,]+/).map(Number);
  const page = getComputedStyle(drawing);
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  for (const [i, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const original = originals[i];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    element.removeAttribute('class');
    element.setAttribute('style', COPIED.map((key) => `${key}:${style.getPropertyValue(key)}`).join(';'));
  }
  for (const style of copy.querySelectorAll('style')) style.remove();
  const size = Number.parseFloat(page.fontSize) || 13;
  const whole = document.createElementNS(SVG, 'svg');
  const ground = page.getPropertyValue('--surface').trim() === '' ? 'white' : resolved(drawing, 'var(--surface)');
  const ink = resolved(drawing, 'var(--ink)');
  let y = size * 1.6;
  const write = (text: string, bold: boolean, end = false) => {
    for (const line of wrapped(text, width / (size * 0.56))) {
      const element = document.createElementNS(SVG, 'text');
      element.textContent = line;
      element.setAttribute('x', String(end ? width - 8 : 8));
      element.setAttribute('y', String(y));
      element.setAttribute(
        'style',
        `fill:${ink};font:${bold ? 700 : 400} ${size}px sans-serif;text-anchor:${end ? 'end' : 'start'}`,
      );
      whole.append(element);
      y += size * 1.4;
    }
  };
  write(spec.title, true);
  if (spec.n !== undefined) write(`n = ${spec.n}`, false);
  write(`↑ ${axisText(spec.y)}`, false);
  copy.setAttribute('y', String(y));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(inner));
  whole.append(copy);
  y += inner + size * 1.4;
  write(`${axisText(spec.x)} →`, false, true);
  for (const note of spec.notes ?? []) write(note, false);
  whole.setAttribute('xmlns', SVG);
  whole.setAttribute('viewBox', `0 0 ${width} ${y}`);
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(y));
  const back = document.createElementNS(SVG, 'rect');
  back.setAttribute('width', '100%');
  back.setAttribute('height', '100%');
  back.setAttribute('fill', ground);
  whole.prepend(back);
  return { text: new XMLSerializer().serializeToString(whole), width, height: y };
}

/** The color behind a variable, as it is where the drawing stands. */
function resolved(drawing: SVGSVGElement, color: string): string {
  const probe = document.createElementNS(SVG, 'rect');
  probe.style.fill = color;
  drawing.append(probe);
  const found = getComputedStyle(probe).fill;
  probe.remove();
  return found;
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

async function rastered(svg: Blob, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * PNG_SCALE);
    canvas.height = Math.round(height * PNG_SCALE);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('this browser has no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob)),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
