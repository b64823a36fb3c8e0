import { HarnessError } from '../errors.js';
import type { Format } from './format.js';
import { outlineOf } from './outline.js';

/** First bytes of a file that detection looks at. */
export const headBytes = 64 * 1024;

interface Stranger {
  readonly matches: (head: Uint8Array, text: string) => boolean;
  readonly is: string;
  readonly hint: string;
}

const strangers: readonly Stranger[] = [
  { matches: (head) => head.length === 0, is: 'is empty', hint: 'Record again; an empty file proves nothing.' },
  { matches: (_, text) => text.trim() === '', is: 'holds nothing but blanks', hint: 'Record again.' },
  {
    matches: ([a, b]) => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff),
    is: 'is UTF-16',
    hint: 'Convert it: iconv -f UTF-16 -t UTF-8.',
  },
  {
    matches: ([a, b]) => a === 0x50 && b === 0x4b,
    is: 'is a zip archive',
    hint: 'Give it as a file of its own, or unpack it and give the folder.',
  },
  {
    matches: (_, text) => /^\d{1,12}:\d{1,12}:/.test(text),
    is: 'is a binary dump of mitmproxy',
    hint: 'Export it: mitmdump -nr FILE --set hardump=out.har',
  },
  {
    matches: (_, text) => /^\s*(?:\/\*.*?\*\/\s*)?[\w$.["'\]]+\s*\(\s*[[{]/.test(text),
    is: 'is JSONP, a call around JSON',
    hint: 'Take the name and the parentheses off.',
  },
  { matches: (head) => head.includes(0), is: 'is binary', hint: 'Give a recording in text: HAR or NDJSON.' },
];

/** Tells a recording's format by its structure; `name` is only for messages. */
export function detectFormat(bytes: Uint8Array, name: string, known: readonly Format[]): Format {
  const head = bytes.subarray(0, headBytes);
  const text = new TextDecoder().decode(head);
  const stranger = strangers.find(({ matches }) => matches(head, text));
  if (stranger) throw new HarnessError('unreadable', `${name} ${stranger.is}`, { hint: stranger.hint });
  const outline = outlineOf(text);
  const ranked = known
    .map((format) => ({ format, sureness: format.recognises(outline) }))
    .filter(({ sureness }) => sureness > 0)
    .sort((a, b) => b.sureness - a.sureness);
  const [first, second] = ranked;
  const ids = known.map(({ id }) => id).join(', ');
  if (first === undefined)
    throw new HarnessError('unreadable', `${name} is no recording that is known here${shapeOf(outline.paths)}`, {
      hint: `Known are ${ids}; --format says which one it is.`,
    });
  if (second?.sureness === first.sureness)
    throw new HarnessError('unreadable', `${name} may be ${first.format.id} or ${second.format.id}`, {
      hint: 'Say which with --format.',
    });
  return first.format;
}

/** The keys on top, which hold no personal data, so that a user sees what was taken for the recording. */
function shapeOf(paths: ReadonlyMap<string, string>): string {
  if (paths.size === 0) return ': it does not begin as JSON';
  const keys = [...paths.keys()].filter((path) => path !== '' && !path.includes('/')).slice(0, 5);
  return keys.length === 0 ? '' : `: JSON with ${keys.map((key) => key.slice(0, 30)).join(', ')}`;
}
