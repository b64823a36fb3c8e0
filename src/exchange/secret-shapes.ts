const names =
  'client_?secret|(?:access|refresh|id|session|auth|security|bearer)_?token|token|password|passwd|passphrase|secret|api_?key|private_?key|authorization';

/** `"client_secret": "…"`, also inside a string that is JSON once more. */
const member = new RegExp(
  `(?<!\\\\)(\\\\*)"(${names})\\1"(\\s*:\\s*)(?!null|true|false)(?:\\1"(?:(?!\\1")(?:\\\\.|[^"\\\\]))*(?:\\1"|$)|[^\\s"\\\\,}\\]{[]+)`,
  'gi',
);
/** `client_secret=…` of a form or a query. */
const pair = new RegExp(`(^|[?&;\\s"'])(${names})=[^&;\\s"'<>]+`, 'gi');
/** A word after the scheme is prose; a token has a digit or is long. */
const bearer = /\b(bearer|basic)((?:\s|%20|\+){1,9})(?=[A-Za-z._~+/=-]{0,99}\d|[A-Za-z._~+/=-]{20})[\w.~+/=-]{8,}/gi;
const jwt = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)*/g;
const login = /(:\/\/)[^/?#\s"'<>@]+@/g;

/** Hides what looks like a credential by its name or form, whether or not it is one of ours. */
export function hideShapes(text: string, mask: string): string {
  return text
    .replace(
      member,
      (_, slash: string, name: string, colon: string) => `${slash}"${name}${slash}"${colon}${slash}"${mask}${slash}"`,
    )
    .replace(pair, (_, before: string, name: string) => `${before}${name}=${mask}`)
    .replace(bearer, (_, word: string, gap: string) => `${word}${gap}${mask}`)
    .replace(jwt, () => mask)
    .replace(login, (_, slashes: string) => `${slashes}${mask}@`);
}

/** Of token traffic only the structure stays: an error answer may repeat the secret in any place. */
export function hideTokenAnswer(text: string, mask: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      typeof value === 'string' && !plain.test(value) ? mask : value,
    );
  } catch {
    return mask;
  }
}

const plain = /^(bearer|error|success)$/i;

/** Headers whose value is a secret, by their name. */
export function isSecretHeader(name: string): boolean {
  return secretHeaders.test(name);
}

const secretHeaders = /authorization|cookie|api-?key|token|secret|passw|credential|session|signature/i;
