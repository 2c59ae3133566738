// The QR code of the join link for a terminal: dark on white whatever the terminal's colours, two modules a character.
import QRCode from 'qrcode';

const QUIET = 2;

/** Lines of text. @param colour false: a pipe or a log, where escape sequences would only be noise */
export function qrLines(url: string, colour: boolean): string[] {
  const { size, data } = QRCode.create(url, { errorCorrectionLevel: 'M' }).modules;
  const dark = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < size && column < size && data[row * size + column] === 1;
  const lines: string[] = [];
  for (let row = -QUIET; row < size + QUIET; row += 2) {
    let line = '';
    for (let column = -QUIET; column < size + QUIET; column++)
      line += ' ▀▄█'[(dark(row, column) ? 1 : 0) + (dark(row + 1, column) ? 2 : 0)];
    lines.push(colour ? `\u001b[30;107m${line}\u001b[0m` : line);
  }
  return lines;
}
