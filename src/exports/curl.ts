import { type Export, exportEach } from './export.js';

/** One line to paste into a shell, under a comment that says what it shows. */
export const curl: Export = (findings) =>
  exportEach(
    findings,
    ({ message, reproduce }) =>
      reproduce.curl === null
        ? { why: 'its bytes do not fit a command line' }
        : { piece: `# ${oneLine(message)}\n${reproduce.curl}\n` },
    (pieces) => pieces.join('\n'),
  );

/** For comments: what follows a line end would be code. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
}
