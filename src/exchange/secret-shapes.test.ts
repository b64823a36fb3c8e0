import { describe, expect, it } from 'vitest';
import { hideShapes, hideTokenAnswer, isSecretHeader } from './secret-shapes.js';

const shown = (text: string): string => hideShapes(text, '#');

describe('what looks like a credential', () => {
  it.each([
    ['sent Bearer  abc.def-123 along', 'sent Bearer  # along'],
    [`sent Bearer${' '.repeat(9)}abc.def-123 along`, `sent Bearer${' '.repeat(9)}# along`],
    ['sent=Bearer%20abc.def-123&x', 'sent=Bearer%20#&x'],
    ['q=basic+dTpwOnB3ZA==', 'q=basic+#'],
    ['Bearer abcdefghijklmnopqrstuvwxyz', 'Bearer #'],
    ['Bearer abcdefghijklmnopqrs', 'Bearer abcdefghijklmnopqrs'],
    ['Bearer abcd-12', 'Bearer abcd-12'],
    ['forBearer abc.def-123', 'forBearer abc.def-123'],
    ['eyJhbGciOi.eyJzdWIiOi', '#'],
    ['eyJhbGciOi.eyJzdWIiOi.c2ln', '#'],
    ['eyJhbGciOi.OKOawDo13g.48V1.5eym8.XFBoMY, next', '#, next'],
    ['keyJhbGciOi.eyJzdWIiOi.c2ln', 'keyJhbGciOi.eyJzdWIiOi.c2ln'],
    ['a token=abc;b', 'a token=#;b'],
    ['mytoken=abc', 'mytoken=abc'],
    ['{"token" : false, "Token":"x"}', '{"token" : false, "Token":"#"}'],
    ['ftp://me:pw@host/a@b', 'ftp://#@host/a@b'],
    ['mailto:me@host', 'mailto:me@host'],
  ])('in %j', (text, expected) => expect(shown(text)).toBe(expected));
});

describe('a header', () => {
  it.each([
    ...['Authorization', 'X-Forwarded-Authorization', 'Cookie', 'Set-Cookie', 'Set-Cookie2', 'ApiKey', 'X-Api-Key'],
    ...['X-Auth-Token', 'Client-Secret', 'X-Password', 'X-Amz-Credential', 'Session-Id', 'X-Hub-Signature-256'],
  ])('%s is a secret', (name) => expect(isSecretHeader(name)).toBe(true));

  it.each(['Accept', 'Content-Type', 'Authority', 'X-Request-Id', 'WWW-Authenticate'])('%s is none', (name) =>
    expect(isSecretHeader(name)).toBe(false),
  );
});

describe('an answer with a token', () => {
  it('keeps its names, its numbers and the plain words of the protocol', () => {
    const answer = { access: 'a', kind: ['Bearer', 'success', 'ERROR'], expires_in: 1800, ok: true, none: null };
    expect(JSON.parse(hideTokenAnswer(JSON.stringify(answer), '#'))).toEqual({ ...answer, access: '#' });
  });

  it.each(['Bearer abc', 'the bearer', 'errors', 'no error'])('hides %j, which only has a plain word in it', (text) =>
    expect(hideTokenAnswer(JSON.stringify([text]), '#')).toBe('["#"]'),
  );

  it('is hidden whole when it is no JSON', () => expect(hideTokenAnswer('access=abc', '#')).toBe('#'));
});
