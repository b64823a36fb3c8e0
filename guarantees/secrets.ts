import { readFileSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { filesBelow } from './folder.js';

/** Secrets of which no trace may be left, each unlike any other text. */
export const planted = {
  CHIFT_CLIENT_ID: 'planted-client-id-4711',
  CHIFT_CLIENT_SECRET: 'p1anted/Secret+with=odd"signs&more',
  CHIFT_ACCOUNT_ID: '0d9c3b7e-52f1-4a86-9e04-b8c6d1a7f235',
} as const;

/** The spellings of a secret that a reader could turn back: escaped, encoded, in hex, in base64 behind anything. */
function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString('base64');
    return whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + Buffer.byteLength(secret)) * 8) / 6));
  });
  const hex = Buffer.from(secret).toString('hex');
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    html,
    hex,
    hex.toUpperCase(),
    ...base64,
  ];
}

/** Where one of the secrets can be read: in the texts, and in the files below the folder, unpacked where they are packed. */
export function leaks(secrets: readonly string[], texts: Readonly<Record<string, string>>, folder: string): string[] {
  const forms = secrets.flatMap((secret) => spellings(secret).map((form) => ({ secret, form })));
  const files = Object.fromEntries(filesBelow(folder).map((file) => [file, contentOf(file)]));
  return Object.entries({ ...texts, ...files }).flatMap(([place, text]) =>
    forms.filter(({ form }) => text.includes(form)).map(({ secret }) => `${secret} in ${place}`),
  );
}

function contentOf(file: string): string {
  const bytes = readFileSync(file);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(bytes) : bytes).toString('latin1');
}

/** As far as it can be unpacked. */
function unpacked(bytes: Buffer): Buffer {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
}
