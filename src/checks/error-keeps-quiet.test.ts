import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { findingsOf, type InShort, inShort } from '../testing/in-short.js';
import { errorKeepsQuiet } from './error-keeps-quiet.js';

const asked = 'POST /consumers/6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11/invoicing/contacts';
const said = (short: Omit<InShort, 'asked'>) =>
  findingsOf(errorKeepsQuiet, contract, inShort({ asked, ...short })).map(({ rule }) => rule);

/** By what they show; each is told by one pattern alone. */
const insides: readonly [what: string, text: string][] = [
  ['a Python traceback', 'Traceback (most recent call last):'],
  ['a stack trace', 'it failed\n    at run (app.js:12:34)\nand so on'],
  ['a stack trace', 'at run (app.js:12)'],
  ['a stack trace', 'at async run.js:12 '],
  ['a stack trace', 'it failed at com.acme.Foo$1.<init>(Foo$Bar.java:123), and so on'],
  ['a stack trace', 'it failed at a.B.c(Native Method), and so on'],
  ['a stack trace', 'it failed at a.B.c(Unknown Source), and so on'],
  ['a stack trace', 'Exception in thread "main"'],
  ['a stack trace', 'panic: no such thing'],
  ['a stack trace', 'goroutine 17 [running]:'],
  ['an exception class', 'it was a java.lang.NullPointerException'],
  ['an exception class', 'it was a my_app.core.DeepError!'],
  ['a server file', 'File "/my app.py", line 12'],
  ['a server file', 'see /srv/main.py'],
  ['a server file', '/srv/app-1/@x/y.z/main.ts:3'],
  ['an HTML page', '<!DOCTYPE html>'],
  ['an HTML page', '<HTML>'],
  ['an HTML page', '<html lang="en">'],
  ['an SQL error', 'SQLSTATE 42P01'],
  ['an SQL error', 'ORA-00942'],
  ['an SQL error', 'psycopg.errors'],
  ['an SQL error', 'psycopg2.errors'],
  ['an SQL error', 'sqlalchemy.exc'],
  ['an SQL error', 'syntax error at or near "x"'],
  ['an SQL error', 'relation "users" does not exist'],
  ['an SQL error', 'You have an error in your SQL syntax'],
];

describe('the insides of a server', () => {
  it.each(insides)('are seen as %s in %j', (what, text) => {
    expect(said({ status: 400, response: { text } })).toEqual([what]);
    expect(said({ status: 500, response: { json: { detail: [null, 7, true, { msg: text }] } } })).toEqual([what]);
  });

  it('are no leak in a success, in a body that is not whole, or where the request said them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...insides),
        fc.integer({ min: 200, max: 599 }),
        fc.constantFrom(undefined, 'truncated' as const, 'undecodable' as const),
        fc.constantFrom('a name', undefined),
        ([what, text], status, state, sent) => {
          const found = said({ status, request: { json: { text: sent ?? text } }, response: { text, state } });
          expect(found).toEqual(status >= 400 && state === undefined && sent !== undefined ? [what] : []);
        },
      ),
      { seed: 41, numRuns: 300 },
    );
  });

  it.each([
    'look at line:12',
    'at noon: 12 o’clock',
    'at 10:30 and later',
    'at a.b(c.java)',
    'a ConnectionError, or a requests.ConnectionError',
    'see https://example.com/docs/errors.js',
    'see docs/api/errors.js',
    'see /main.py',
    'see /srv/main.python',
    'goroutines [many]',
    '<htmlx>',
    'ORA-9 and ORA-123456',
    'relation "" does not exist',
  ])('are not in %j', (text) => {
    expect(said({ status: 400, response: { text } })).toEqual([]);
  });
});

describe('the credentials of a request', () => {
  const token = 'abcdefghij0123456789';
  const repeated = (value: string | undefined, text: string) =>
    said({
      status: 401,
      request: value === undefined ? { headers: [] } : { headers: [['Authorization', value]] },
      response: { json: { message: text } },
    });

  it.each([`Bearer ${token}`, token, `Token  ${token}`])('are seen where an error repeats %j', (value) => {
    expect(repeated(value, `no such token: ${token}!`)).toEqual(['the credentials']);
    expect(repeated(value, 'no such token')).toEqual([]);
  });

  it('are not told by a few characters, nor where there were none', () => {
    expect(repeated(`Bearer ${token.slice(1)}`, token)).toEqual([]);
    expect(repeated(undefined, token)).toEqual([]);
  });
});
