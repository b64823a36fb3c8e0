/** Below this many characters a secret is hidden only where it stands alone: elsewhere it would eat ordinary words. */
const shortest = 4;

/** Escaped again and again, but bounded: a body of nothing but backslashes must cost no quadratic search. */
const slashes = '\\\\{1,8}';
const optionalSlashes = '\\\\{0,8}';

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const controls: Readonly<Record<string, string>> = { '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't' };

/**
 * Source of a regular expression that finds a secret however it is spelled: as it is; with any of its characters
 * escaped for JSON, URL, form or HTML, once or repeatedly; in hex; in base64 at every alignment, so behind any
 * `user:` too; as UTF-16. Undefined for the empty string.
 */
export function secretPattern(secret: string): string | undefined {
  if (secret === '') return undefined;
  if (secret.length < shortest) return `(?<![A-Za-z0-9])${literal(secret)}(?![A-Za-z0-9])`;
  const escaped = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, ...(escaped === secret ? [] : [escaped])].map((form) => Buffer.from(form));
  return [spelled(secret), ...wide(secret), ...forms.flatMap((bytes) => [inHex(bytes), ...inBase64(bytes)])].join('|');
}

/** The same for bytes read as Latin-1, where UTF-8 beyond ASCII looks different. */
export function secretBytesPattern(secret: string): string | undefined {
  const seen = Buffer.from(secret).toString('latin1');
  const patterns = [secretPattern(secret), seen === secret ? undefined : secretPattern(seen)];
  return patterns.filter((pattern) => pattern !== undefined).join('|') || undefined;
}

/** A run of backslashes is one unit: escaping only makes it longer. */
function spelled(secret: string): string {
  return [...secret.matchAll(/\\+|[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g)]
    .map(([unit]) => (unit.startsWith('\\') ? backslashes(unit.length) : spellings(unit)))
    .join('');
}

function backslashes(length: number): string {
  return `(?:\\\\{${length},${8 * length}}|(?:%(?:25)*5[cC]|${slashes}u005[cC]|&#(?:0*92|[xX]0*5[cC]);){${length}})`;
}

function spellings(character: string): string {
  const point = character.codePointAt(0)!;
  const units = character.split('').map((unit) => `${slashes}u${hexDigits(unit.charCodeAt(0), 4)}`);
  const bytes = [...Buffer.from(character)].map((byte) => `%(?:25)*${hexDigits(byte, 2)}`);
  const named = entities[character];
  const control = controls[character];
  return `(?:${[
    `${/["/]/.test(character) ? optionalSlashes : ''}${literal(character)}`,
    bytes.join(''),
    units.join(''),
    `&(?:amp;)*#(?:0*${point}|[xX]0*${hexDigits(point, 1)});`,
    ...(named === undefined ? [] : [`&(?:amp;)*${named};`]),
    ...(control === undefined ? [] : [`${slashes}${control}`]),
    ...(character === ' ' ? ['\\+'] : []),
  ].join('|')})`;
}

/** UTF-16 read as UTF-8 or Latin-1: a NUL beside every ASCII character. */
function wide(secret: string): string[] {
  if (/^[\u0001-\u007f]+$/.test(secret)) return [[...secret].map(literal).join('\\u0000')];
  const little = Buffer.from(secret, 'utf16le');
  return [little, Buffer.from(little).swap16()].map((bytes) => literal(bytes.toString('latin1')));
}

function inHex(bytes: Buffer): string {
  return [...bytes].map((byte) => hexDigits(byte, 2)).join('');
}

/** The characters that the secret alone decides, whatever stands before and after it. */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const own = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return own.replaceAll(/[+/]/g, (sign) =>
      sign === '+'
        ? `(?:[+-]|%(?:25)*2[bB]|${slashes}u002[bB])`
        : `(?:${optionalSlashes}/|_|%(?:25)*2[fF]|${slashes}u002[fF])`,
    );
  });
}

/** Either case of every digit. */
function hexDigits(value: number, width: number): string {
  const digits = value.toString(16).padStart(width, '0');
  return digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
