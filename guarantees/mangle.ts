import fc from 'fast-check';

/** One way to damage bytes: at a place, a piece is cut, repeated, overwritten, or something nasty is put in. */
type Damage = readonly [place: number, length: number, nasty: number, kind: 'cut' | 'repeat' | 'insert' | 'end'];

const nasties: readonly (string | Uint8Array)[] = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\u0000',
  '\n',
  '\r\n',
  '\ufeff',
  '\ud800',
  '-',
  '1e999',
  '9'.repeat(40),
  'null',
  '"__proto__":',
  '[['.repeat(500),
  '&a *a',
  '!!js/function',
  '<<: *x',
  '\t',
  '%',
  '../',
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0xc3]),
  Buffer.from([0x1f, 0x8b, 8]),
  '{"$ref":"#"}',
];

/** Bytes that were good once, damaged in up to four places. */
export function mangled(originals: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const damage = fc.tuple(
    fc.nat(),
    fc.nat(400),
    fc.nat(nasties.length - 1),
    fc.constantFrom('cut' as const, 'repeat' as const, 'insert' as const, 'end' as const),
  );
  return fc
    .tuple(fc.nat(originals.length - 1), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([which, damages]) => damages.reduce(damaged, originals[which]!));
}

function damaged(bytes: Uint8Array, [place, length, nasty, kind]: Damage): Uint8Array {
  const at = bytes.length === 0 ? 0 : place % bytes.length;
  const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  if (kind === 'cut') return Buffer.concat([before, after]);
  if (kind === 'repeat') return Buffer.concat([before, piece, piece, after]);
  if (kind === 'end') return before;
  return Buffer.concat([before, Buffer.from(nasties[nasty]!), piece, after]);
}
