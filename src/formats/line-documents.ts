import { isUtf8 } from 'node:buffer';
import { notUtf8, parseJson, utf8Of } from './elements.js';
import { lineLabel } from './json-lines.js';
import { type Line, linesOf, maxLineBytes } from './lines.js';

/** One line as the document that it is, or why it is none. */
export interface LineDocument {
  readonly label: string;
  readonly line: number;
  readonly offset: number;
  readonly value?: unknown;
  readonly problem?: string;
}

/** The lines that are not blank, for recordings in which one line holds any number of exchanges. */
export async function* lineDocuments(
  chunks: AsyncIterable<Uint8Array>,
  cap = maxLineBytes,
): AsyncGenerator<LineDocument> {
  for await (const each of linesOf(chunks, cap)) {
    const { line, offset } = each;
    const read = documentOf(each, cap);
    if (read !== undefined) yield { label: lineLabel(line), line, offset, ...read };
  }
}

/** Undefined for a blank line. */
function documentOf({ bytes, size, last }: Line, cap: number): Pick<LineDocument, 'value' | 'problem'> | undefined {
  if (bytes === undefined) return { problem: `${size} bytes long, more than ${cap}` };
  if (!isUtf8(bytes)) return { problem: notUtf8(bytes) };
  const text = utf8Of(bytes).replace(/^\ufeff/, '');
  if (text.trim() === '') return undefined;
  const parsed = parseJson(text);
  if (parsed.ok) return { value: parsed.value };
  return { problem: last ? `${parsed.problem}; the file ends here without a line end` : parsed.problem };
}
