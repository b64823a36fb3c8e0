import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Without it, as it is. */
  readonly deflated?: true;
  /** What the archive says instead of the truth. */
  readonly claims?: { readonly size?: number; readonly sum?: number };
}

/** The bytes of a zip archive, as a writer of good or bad will makes them. */
export function zipOf(files: readonly Packed[]): Buffer {
  const records = files.map(recordOf);
  const bodies = records.map(({ local, data }) => Buffer.concat([local, data]));
  const offsets = bodies.map((_, at) => bodies.slice(0, at).reduce((sum, { length }) => sum + length, 0));
  const directory = Buffer.concat(records.map(({ central }, at) => central(offsets[at]!)));
  const start = bodies.reduce((sum, { length }) => sum + length, 0);
  const end = fields('PK\u0005\u0006', [2, 0], [2, 0], [2, files.length], [2, files.length]);
  return Buffer.concat([...bodies, directory, end, fields('', [4, directory.length], [4, start], [2, 0])]);
}

function recordOf({ name, content, deflated, claims = {} }: Packed) {
  const bytes = Buffer.from(content);
  const data = deflated ? deflateRawSync(bytes) : bytes;
  const { size = bytes.length, sum = crc32(bytes) } = claims;
  const utf8 = 0x800;
  const common = [
    [2, 20],
    [2, utf8],
    [2, deflated ? 8 : 0],
    [4, 0],
    [4, sum],
    [4, data.length],
    [4, size],
    [2, Buffer.byteLength(name)],
    [2, 0],
  ] as const;
  const local = Buffer.concat([fields('PK\u0003\u0004', ...common), Buffer.from(name)]);
  const central = (offset: number) =>
    Buffer.concat([
      fields('PK\u0001\u0002', [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      Buffer.from(name),
    ]);
  return { local, data, central };
}

/** Numbers of two or four bytes after a signature. */
function fields(signature: string, ...numbers: readonly (readonly [size: number, value: number])[]): Buffer {
  const bytes = numbers.map(([size, value]) => {
    const field = Buffer.alloc(size);
    field.writeUIntLE(value, 0, size);
    return field;
  });
  return Buffer.concat([Buffer.from(signature, 'latin1'), ...bytes]);
}
