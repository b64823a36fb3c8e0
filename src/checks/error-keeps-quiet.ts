import { textOf } from '../exchange/body.js';
import { type Check, finding } from './check.js';

const insides: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a Python traceback', /Traceback \(most recent call last\)/],
  ['a stack trace', /^\s+at .+ ?\(?[^\s()]+:\d+(:\d+)?\)?\s*$/m],
  ['a stack trace', /\bat [\w$.<>]+\([\w$]+\.(java|kt|scala|cs):\d+\)/],
  ['a stack trace', /(\\n|\n)\s+at [^\n"\\]+:\d+:\d+/],
  ['a server file', /File \\?"\/[^"\\]+\.py\\?", line \d+/],
  ['an HTML page', /<!doctype html|<html[\s>]/i],
  ['an SQL error', /\b(SQLSTATE\[|psycopg2\.|sqlalchemy\.exc|syntax error at or near)/],
];

/** An error says what is wrong with the request and nothing about the server's insides. */
export const errorKeepsQuiet: Check = function* (subject) {
  const { status, body } = subject.response;
  if (status < 400 || body.state !== 'present') return;
  const { text } = textOf(body);
  const sent = textOf(subject.exchange.request.body).text;
  for (const [what, pattern] of insides) {
    const shown = pattern.exec(text)?.[0];
    if (shown === undefined || pattern.test(sent)) continue;
    yield finding(subject, 'response.error.leak', { part: 'response.body' }, what, `the error body shows ${what}`);
    return;
  }
};
