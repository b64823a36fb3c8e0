/** A defect of the text or of its envelope; the value it was made of is valid. */
export interface Mangling {
  readonly class: string;
  readonly variant: string;
  readonly label: string;
  readonly reason: string;
  readonly contentType: string | null;
  text(valid: string): string;
}

export const json = 'application/json';
const isObjectText = (text: string) => text.startsWith('{');
const isContainer = (text: string) => isObjectText(text) || text.startsWith('[');

/** `member` as the first member of the text's object; alone in one when the text is none. */
export function withMember(text: string, member: string): string {
  if (!isObjectText(text)) return `{${member}}`;
  return text === '{}' ? `{${member}}` : `{${member},${text.slice(1)}`;
}

const malformed: readonly (readonly [variant: string, label: string, text: (valid: string) => string])[] = [
  [
    'trailing-comma',
    'a comma after the last member',
    (text) => (isContainer(text) ? `${text.slice(0, -1)},${text.at(-1)}` : `${text},`),
  ],
  [
    'single-quotes',
    'single quotes instead of double ones',
    (text) => (text.includes('"') ? text.replaceAll('"', "'") : "{'key':1}"),
  ],
  ['unclosed', 'the end is missing', (text) => (isContainer(text) ? text.slice(0, -1) : `[${text}`)],
  ['block-comment', 'a comment', (text) => `/* comment */${text}`],
  ['line-comment', 'a comment at the end', (text) => `${text} // end`],
  ['unquoted-key', 'a key without quotes', (text) => withMember(text, 'key:1')],
  ['two-values', 'two values one after the other', (text) => `${text} ${text}`],
  ['raw-newline', 'a line break inside a string', (text) => withMember(text, '"x_raw":"a\nb"')],
  ['missing-colon', 'a key without a colon', (text) => withMember(text, '"x_colon" 1')],
  ['undefined', 'undefined as a value', (text) => withMember(text, '"x_undefined":undefined')],
  ['no-json', 'plain words', () => 'not json'],
  ['xml', 'XML under a JSON content type', () => '<contact/>'],
];

const foreignTypes = ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/octet-stream'];

/** Defects that any JSON endpoint must refuse, whatever its schema. */
export const manglings: readonly Mangling[] = [
  ...malformed.map(([variant, label, text]) => ({
    class: 'malformed-json',
    variant,
    label: `the body is no JSON: ${label}`,
    reason: 'the body must be JSON (RFC 8259)',
    contentType: json,
    text,
  })),
  ...['', ' \n '].map((text, at) => ({
    class: 'empty-body',
    variant: at === 0 ? 'nothing' : 'white-space',
    label: at === 0 ? 'the body is empty' : 'the body is nothing but white space',
    reason: 'a body is required',
    contentType: json,
    text: () => text,
  })),
  ...foreignTypes.map((type) => ({
    class: 'content-type',
    variant: type,
    label: `the content type is ${type}`,
    reason: `the content type must be ${json}`,
    contentType: type,
    text: (valid: string) => valid,
  })),
  {
    class: 'coercible-content-type',
    variant: 'none',
    label: 'the content type is missing',
    reason: `the content type must be ${json}, and only a lax reader guesses it`,
    contentType: null,
    text: (valid) => valid,
  },
];
