// The QR code of the join link for a terminal: dark on white whatever the terminal's colours, two modules a character.
import { encode } from 'uqr';

/** Lines of text. @param colour false: a pipe or a log, where escape sequences would only be noise */
export function qrLines(url: string, colour: boolean): string[] {
  const { size, data } = encode(url, { ecc: 'M', border: 2 });
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    let line = '';
    for (let column = 0; column < size; column++)
      line += ' ▀▄█'[(data[row]?.[column] ? 1 : 0) + (data[row + 1]?.[column] ? 2 : 0)];
    lines.push(colour ? `\u001b[30;107m${line}\u001b[0m` : line);
  }
  return lines;
}
