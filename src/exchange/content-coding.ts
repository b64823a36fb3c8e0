import * as zlib from 'node:zlib';
import { type Body, bodyOf } from './body.js';
import type { WireDefect } from './exchange.js';

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer;

/** Node has it from 22.15 on. */
const { zstdDecompressSync } = zlib as { readonly zstdDecompressSync?: Decoder };

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', zlib.gunzipSync],
  ['x-gzip', zlib.gunzipSync],
  ['deflate', (bytes, options) => (bytes[0] === 0x78 ? zlib.inflateSync : zlib.inflateRawSync)(bytes, options)],
  ['br', zlib.brotliDecompressSync],
  ...(zstdDecompressSync ? [['zstd', zstdDecompressSync] as const] : []),
]);

/** One inside another: nobody needs more, and each multiplies what a bomb decodes to. */
const maxCodings = 3;

/**
 * Undoes a content-encoding header, last coding first, counting decoded bytes against `cap` so that a bomb stops.
 * A coding that does not decode is a defect of the answer, not invalid JSON.
 */
export function undoContentCoding(raw: Uint8Array, header: string, cap: number): { body: Body; defects: WireDefect[] } {
  const codings = header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  let bytes = raw;
  const decoded: string[] = [];
  for (const coding of raw.length === 0 ? [] : codings.reverse()) {
    const decoder = decoders.get(coding);
    if (decoder === undefined) return undecodable(raw, unknown(coding));
    if (decoded.length === maxCodings) return undecodable(raw, `has more than ${maxCodings} content-codings`);
    try {
      bytes = decoder(bytes, { maxOutputLength: cap });
    } catch (error) {
      const tooLarge = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
      return undecodable(
        raw,
        tooLarge ? `decodes to over ${cap} bytes` : `does not decode as ${coding}`,
        tooLarge ? 'too-large' : 'content-coding',
      );
    }
    decoded.push(coding);
  }
  return { body: bodyOf(bytes, decoded), defects: [] };
}

const unknown = (coding: string): string =>
  coding === 'zstd'
    ? 'has the content-encoding zstd, which Node reads from 22.15 on'
    : `has the unknown content-encoding ${coding.slice(0, 40)}`;

function undecodable(
  bytes: Uint8Array,
  problem: string,
  kind: WireDefect['kind'] = 'content-coding',
): { body: Body; defects: WireDefect[] } {
  return {
    body: { state: 'undecodable', bytes, decoded: [], problem },
    defects: [{ kind, detail: `the body ${problem}` }],
  };
}
