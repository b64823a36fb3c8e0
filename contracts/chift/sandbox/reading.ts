import { type EmulatedRequest, readJson } from '../../../src/index.js';
import { type Answer, chiftError, type Problem, unprocessable } from './answers.js';
import { choices } from './choices.js';

/** The body of a request as a JSON value, or the answer that says why there is none. */
export type Reading = { readonly value: unknown } | { readonly refusal: Answer };

/** Reads a body as FastAPI does: JSON under a JSON content type, anything else under any other is no object. */
export function readBody({ headers, body }: EmulatedRequest): Reading {
  if (body.length === 0) return refused('missing', ['body'], 'Field required', null);
  const text = decoded(body);
  if (text === undefined) return { refusal: chiftError(choices.notUtf8.is.status, choices.notUtf8.is) };
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (!isJson(type))
    return refused(
      'model_attributes_type',
      ['body'],
      'Input should be a valid dictionary or object to extract fields from',
      text,
    );
  const reading = readJson(text);
  if (!reading.ok) {
    const offset = [...text.slice(0, reading.offset)].length;
    return refused('json_invalid', ['body', offset], 'JSON decode error', {}, { error: reading.message });
  }
  const broken = reading.flags.find(({ kind }) => kind === 'lone-surrogate');
  if (broken)
    return refused(
      'string_unicode',
      ['body', ...stepsOf(broken.pointer)],
      'Input should be a valid string, unable to parse raw data as a unicode string',
      null,
    );
  return { value: reading.value };
}

function refused(
  type: string,
  loc: Problem['loc'],
  msg: string,
  input: unknown,
  ctx?: Readonly<Record<string, unknown>>,
): Reading {
  return { refusal: unprocessable([{ type, loc, msg, input, ...(ctx ? { ctx } : {}) }]) };
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Without a byte-order mark; undefined when the bytes are not UTF-8. */
function decoded(body: Uint8Array): string | undefined {
  try {
    return strict.decode(body);
  } catch {
    return undefined;
  }
}

function isJson(contentType: string): boolean {
  return /^application\/([\w.-]+\+)?json$/i.test(contentType.split(';')[0]!.trim());
}

/** `/addresses/0/street` → `addresses`, 0, `street`. */
function stepsOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}
