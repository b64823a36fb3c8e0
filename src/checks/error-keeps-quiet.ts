import type { Body } from '../exchange/body.js';
import { jsonOf, textOf } from '../exchange/body.js';
import type { HttpRequest } from '../exchange/exchange.js';
import { headerValue } from '../exchange/headers.js';
import { type Check, finding } from './check.js';

const insides: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a Python traceback', /Traceback \(most recent call last\)/],
  ['a stack trace', /^\s*at .+[^\s()]:\d+\)?\s*$/m],
  ['a stack trace', /\bat [\w$.<>]+\((?:[\w$]+\.(?:java|kt|scala|cs):\d+|Native Method|Unknown Source)\)/],
  ['a stack trace', /Exception in thread "|\bpanic: |goroutine \d+ \[/],
  ['an exception class', /\b(?:[a-z_]\w*\.){2,}[A-Z]\w*(?:Exception|Error)\b/],
  ['a server file', /File "\/[^"]+\.py", line \d/],
  ['a server file', /(?<![\w:/.])(?:\/[\w.@-]+){2,}\.(?:py|rb|php|js|ts|mjs|go|java|cs|rs|ex)\b/],
  ['an HTML page', /<!doctype html|<html[\s>]/i],
  [
    'an SQL error',
    /\bSQLSTATE\b|\bORA-\d{5}\b|psycopg2?\.|sqlalchemy\.exc|syntax error at or near|\brelation "[^"]+" does not exist|You have an error in your SQL syntax/,
  ],
];

/** An error says what is wrong with the request and nothing about the server's insides. */
export const errorKeepsQuiet: Check = function* (subject) {
  const { status, body } = subject.response;
  if (status < 400 || body.state !== 'present') return;
  const said = prose(body);
  const sent = prose(subject.exchange.request.body);
  if (repeatsToken(subject.exchange.request, said)) {
    const what = 'the credentials';
    yield finding(subject, 'response.error.leak', { part: 'response.body' }, what, `the error body repeats ${what}`);
    return;
  }
  for (const [what, pattern] of insides) {
    if (!pattern.test(said) || pattern.test(sent)) continue;
    yield finding(subject, 'response.error.leak', { part: 'response.body' }, what, `the error body shows ${what}`);
    return;
  }
};

/** Errors are logged and shown, by whoever gets them; a token in them is a token in every log. */
function repeatsToken({ headers }: HttpRequest, said: string): boolean {
  const token = headerValue(headers, 'authorization')?.split(' ').at(-1) ?? '';
  return token.length >= 20 && said.includes(token);
}

/** What a person would read: the texts of a JSON value with their escapes undone, or the body as it is. */
function prose(body: Body): string {
  const reading = jsonOf(body);
  return reading.ok ? textsIn(reading.value).join('\n') : textOf(body).text;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(value ?? {}).flatMap(textsIn);
}
