import { htmlEscape } from 'escape-goat';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, emptyBody } from './body.js';
import type { Answered, Exchange } from './exchange.js';
import type { PublicExchange } from './public-exchange.js';
import { createRedactor } from './redact.js';
import { longestText } from './shorten.js';

const answered: Answered = {
  kind: 'answered',
  status: 200,
  headers: [['content-type', 'application/json']],
  body: bodyOf('{"id":"c-1","first_name":"Zoë"}'),
  durationMs: 3,
  defects: [],
};

const exchange: Exchange = {
  id: 'createContact.accepts-valid:3:7',
  origin: { kind: 'live', property: 'createContact.accepts-valid', path: '3' },
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:1/consumers/u/invoicing/contacts',
    headers: [['content-type', 'application/json']],
    body: bodyOf('{"first_name":"Zoë"}'),
  },
  outcome: answered,
  before: [],
};

/** Written here once more, by other means than the redactor's own. */
const shapes: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  json: (secret) => JSON.stringify(secret).slice(1, -1),
  'json in json': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'json of PHP': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'unicode escapes': (secret) =>
    secret.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'URL component': (secret) => encodeURIComponent(secret),
  'URL component in lower case': (secret) =>
    encodeURIComponent(secret).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  'URL component twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  form: (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  'every byte percent-encoded': (secret) => Buffer.from(secret).toString('hex').replaceAll(/../g, '%$&'),
  html: (secret) => htmlEscape(secret),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  HEX: (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  ...Object.fromEntries(
    ['', 'u', 'us', 'use'].map((user) => [
      `base64 of ${user}:secret`,
      (secret: string) => Buffer.from(`${user}:${secret}`).toString('base64'),
    ]),
  ),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(`a${secret}b`).toString('base64url'),
  'base64 in a URL': (secret) => encodeURIComponent(Buffer.from(secret).toString('base64')),
};

const answeredWith = (part: Partial<Answered>): Exchange => ({ ...exchange, outcome: { ...answered, ...part } });
const requestedWith = (part: Partial<Exchange['request']>): Exchange => ({
  ...exchange,
  request: { ...exchange.request, ...part },
});

const recordedAt = (at: { index: number; line?: number }): Exchange['origin'] => ({
  kind: 'document',
  file: 'a/b.har',
  format: 'har',
  provenance: 'observation',
  fidelity: [],
  ...at,
});

const places: Readonly<Record<string, (text: string) => Exchange>> = {
  id: (text) => ({ ...exchange, id: `x:${text}:1` }),
  'property and path': (text) => ({ ...exchange, origin: { kind: 'live', property: text, path: text } }),
  'file name': (text) => ({
    ...exchange,
    origin: { ...recordedAt({ index: 0 }), file: `a/${text}.har` } as Exchange['origin'],
  }),
  method: (text) => requestedWith({ method: text }),
  path: (text) => requestedWith({ url: `/consumers/${text}/contacts` }),
  query: (text) => requestedWith({ url: `http://127.0.0.1/x?page=1&q=${text}` }),
  login: (text) => requestedWith({ url: `http://me:${text}@127.0.0.1/x` }),
  'request header': (text) => requestedWith({ headers: [['x-odd', `before ${text} after`]] }),
  'authorization header': (text) => requestedWith({ headers: [['Authorization', `Bearer ${text}`]] }),
  'header name': (text) => requestedWith({ headers: [[text, 'x']] }),
  'request text': (text) => requestedWith({ body: bodyOf(`{"comment":"${text}"}`) }),
  'request bytes': (text) =>
    requestedWith({ body: bodyOf(Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(text)])) }),
  'response header': (text) => answeredWith({ headers: [['location', `/${text}`]] }),
  'response text': (text) => answeredWith({ body: bodyOf(`<p>${text}</p>`) }),
  'response bytes': (text) => answeredWith({ body: bodyOf(Buffer.concat([Buffer.from(text), Buffer.from([0x80])])) }),
  'text behind a byte-order mark': (text) => answeredWith({ body: bodyOf(`\ufeff${text}`) }),
  'cut body': (text) => answeredWith({ body: { ...bodyOf(Buffer.from(`{"a":"${text}`)), state: 'truncated' } }),
  'long body': (text) => answeredWith({ body: bodyOf(`${'a'.repeat(43_680)}${text}${'b'.repeat(400_000)}${text}`) }),
  'token answer': (text) => ({
    ...answeredWith({ body: bodyOf(`{"message":"no ${text}"}`) }),
    request: { ...exchange.request, url: '/token' },
  }),
  'wire defect': (text) => answeredWith({ defects: [{ kind: 'protocol', detail: `near ${text}` }] }),
  'transport detail': (text) => ({
    ...exchange,
    outcome: { kind: 'unanswered', reason: 'reset', detail: `bad ${text}` },
  }),
};

/** Everything a reader could find in it: the JSON text, each string in it, and the bytes behind base64. */
function visible(shown: PublicExchange): string[] {
  const strings: string[] = [JSON.stringify(shown)];
  const collect = (value: unknown, key = ''): void => {
    if (typeof value === 'string')
      strings.push(key === 'base64' ? Buffer.from(value, 'base64').toString('latin1') : value);
    else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) collect(member, name);
  };
  collect(shown);
  return strings;
}

const secretText = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 4, maxLength: 24 }),
    fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 60 }),
    fc.base64String({ minLength: 8, maxLength: 44 }),
    fc.constantFrom(
      'p4ss+word/with=signs',
      '"quoted\\and\\\\slashed"',
      'tab\tand\nline',
      '[redacted]',
      'redac',
      '*** ***',
      '/start',
    ),
  )
  .filter((secret) => secret.trim().length >= 4);

describe('the redactor', () => {
  it('leaves no spelling of a secret in any place of an exchange', () => {
    fc.assert(
      fc.property(
        secretText,
        fc.constantFrom(...Object.keys(shapes)),
        fc.constantFrom(...Object.keys(places)),
        (secret, shape, place) => {
          const spelling = shapes[shape]!(secret);
          const redactor = createRedactor([secret, 'another-one']);
          const innocent = visible(redactor.exchange(places[place]!('harmless')));
          const shown = visible(redactor.exchange(places[place]!(spelling)));
          for (const [name, spell] of Object.entries(shapes)) {
            const wanted = spell(secret);
            if (innocent.some((text) => text.includes(wanted))) continue;
            expect(
              shown.filter((text) => text.includes(wanted)),
              `${name} after ${shape} in ${place}`,
            ).toEqual([]);
          }
        },
      ),
      { seed: 11, numRuns: 600 },
    );
  });

  it('finds a planted leak when the secret is not known to it', () => {
    const shown = visible(createRedactor([]).exchange(places['request text']!('s3cret-value')));
    expect(shown.some((text) => text.includes('s3cret-value'))).toBe(true);
  });

  it('has nothing left to hide in what it has hidden', () => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
        const { text } = createRedactor([secret]);
        const once = text(`${before}${secret}${after}`);
        expect(text(once)).toBe(once);
      }),
      { seed: 12 },
    );
  });

  it('leaves alone what holds no secret', () => {
    const innocent = fc.string({ unit: fc.constantFrom(...'abc ZÜ9{}":,.-é😀') });
    fc.assert(
      fc.property(innocent, (text) => {
        expect(createRedactor(['0123456789']).text(text)).toBe(text);
      }),
      { seed: 13 },
    );
  });

  it('hides a secret of fewer than four characters only where it stands alone', () => {
    const { text } = createRedactor(['', 'ab']);
    expect(text('ab, "ab" and cab, abs')).toBe('[redacted], "[redacted]" and cab, abs');
  });

  it('hides the longer of two secrets that overlap', () => {
    expect(createRedactor(['pass', 'password-1']).text('password-1 pass')).toBe('[redacted] [redacted]');
  });

  it.each([
    ['nothing but the mask, when putting it in place makes no new one', 7, '[redacted]'],
    ['less than a mask, when it would go on and on', 30, '***'],
  ])('leaves %s', (_, times, shown) => {
    expect(createRedactor(['x[redacted]']).text(`${'x'.repeat(times)}[redacted]`)).toBe(shown);
  });

  it('shows no part of a secret that was spelled at length where a long body is cut', () => {
    const secret = Array.from({ length: 250 }, (_, at) => `${'abcdefgh'[at % 8]}${1000 + at}`).join('');
    const spelled = shapes['unicode escapes']!(secret);
    const [head, tail] = [longestText * (2 / 3), 400_000 - longestText / 3];
    for (const before of [head - 7_000, head - 1_000, tail - 6_500, tail - 500]) {
      const text = `${'-'.repeat(before)}${spelled}`.padEnd(400_000, '-');
      const [shown] = visible(createRedactor([secret]).exchange(answeredWith({ body: bodyOf(text) })));
      expect(shown).not.toContain('u0031');
      expect(shown!.length).toBeGreaterThan(longestText - 8_000);
    }
  });

  it.each<[string, Exchange['origin']]>([
    ['p.q:3/1', { kind: 'live', property: 'p.q', path: '3/1' }],
    ['a/b.har#4', recordedAt({ index: 4 })],
    ['a/b.har:9', recordedAt({ index: 4, line: 9 })],
  ])('tells the place %s', (place, origin) => {
    expect(createRedactor([]).exchange({ ...exchange, origin }).place).toBe(place);
  });

  it.each([
    [3, 3],
    [undefined, null],
  ])('shows the time of %s as %s', (durationMs, shown) => {
    expect(createRedactor([]).exchange(answeredWith({ durationMs })).response!.durationMs).toBe(shown);
  });

  it('stays quick on bodies made to make patterns run long', () => {
    const { exchange: redact } = createRedactor(['\\"/weird+secret', '%25%25%25%25', 'eyJhbGciOiJ9']);
    for (const piece of ['\\', '%25', '&amp;', 'eyJ-', 'basic+', '"token":"', '"\\', '://', '{"token":"\\\\'])
      expect(
        redact(answeredWith({ body: bodyOf(piece.repeat(2_000_000 / piece.length)) })).response?.body.omitted,
      ).toBeGreaterThan(0);
  });
});

describe('credentials that were not named', () => {
  it.each([
    ['GET /x?access_token=abc123&page=2', 'GET /x?access_token=[redacted]&page=2'],
    ['https://me:secret@example.org/x', 'https://[redacted]@example.org/x'],
    ['{"clientSecret": "a\\"b", "id": 1}', '{"clientSecret": "[redacted]", "id": 1}'],
    ['{"refresh_token":"abc","password":12}', '{"refresh_token":"[redacted]","password":"[redacted]"}'],
    ['{"body":"{\\"client_secret\\":\\"abc\\"}"}', '{"body":"{\\"client_secret\\":\\"[redacted]\\"}"}'],
    ['{"clientSecret":"cut', '{"clientSecret":"[redacted]"'],
    ['{"token":null}', '{"token":null}'],
    ['sent Bearer abc.def-123 along', 'sent Bearer [redacted] along'],
    ['Bearer authentication required', 'Bearer authentication required'],
    ['was eyJhbGciOi.eyJzdWIiOi.c2ln', 'was [redacted]'],
  ])('are hidden in %j', (value, shown) => expect(createRedactor([]).text(value)).toBe(shown));

  it.each([
    ['Authorization', 'bearer abc', 'bearer [redacted]'],
    ['authorization', 'abcdef', '[redacted]'],
    ['Set-Cookie', 'sid=1; Path=/', '[redacted]'],
    ['X-API-Key', 'k', '[redacted]'],
    ['proxy-authorization', 'Basic dTpw', 'Basic [redacted]'],
    ['x-amz-security-token', 'k', '[redacted]'],
    ['X-Forwarded-Authorization', 'Token abc', 'Token [redacted]'],
    ['authorization', 'my bearer abc', '[redacted]'],
    ['authorization', 'bearer', '[redacted]'],
    ['authorization', '', ''],
    ['accept', 'application/json', 'application/json'],
  ])('are hidden in the header %s', (name, value, shown) => {
    const { request } = createRedactor([]).exchange(requestedWith({ headers: [[name, value]] }));
    expect(request.headers).toEqual([[name, shown]]);
  });

  it.each([
    ...['/token', '/token/', 'https://a.example/v1/Token?x=1', '/oauth/token#a', '/token/?'].map((url) => [url, true]),
    ...['/tokens', '/token/7', '/tokenx?', '/contacts?for=token'].map((url) => [url, false]),
  ] as [string, boolean][])('leave only the structure of token traffic: %s %s', (url, isToken) => {
    const answer = answeredWith({ body: bodyOf('{"note":"x","token_type":"bearer","expires_in":1800}') });
    const token = { ...answer, request: { ...exchange.request, url, body: bodyOf('clientId: 7') } };
    const { request, response } = createRedactor([]).exchange(token);
    expect(request.body.text).toBe(isToken ? '[redacted]' : 'clientId: 7');
    expect(JSON.parse(response!.body.text!)).toEqual({
      note: isToken ? '[redacted]' : 'x',
      token_type: 'bearer',
      expires_in: 1800,
    });
  });

  it('leave no byte of token traffic that is no text', () => {
    const bytes = Uint8Array.from([0xff, 0x61, 0x62]);
    const token = { ...answeredWith({ body: bodyOf(bytes) }), request: { ...exchange.request, url: '/token' } };
    const { body } = createRedactor([]).exchange(token).response!;
    expect([body.base64, body.omitted, body.size]).toEqual(['', 3, 3]);
  });
});

describe('a body', () => {
  const show = (content: string | Uint8Array, state: 'present' | 'undecodable' = 'present') =>
    createRedactor([]).exchange(answeredWith({ body: { ...bodyOf(Buffer.from(content)), state } })).response!.body;

  it('that is clean UTF-8 is text, personal data and all', () => {
    expect(show('{"first_name":"Zoë"}')).toEqual({
      state: 'present',
      text: '{"first_name":"Zoë"}',
      base64: null,
      size: 21,
      omitted: 0,
    });
  });

  it('that is not is base64, byte for byte', () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x00, 0x7d]);
    expect(show(bytes)).toMatchObject({ text: null, base64: Buffer.from(bytes).toString('base64'), omitted: 0 });
  });

  it.each<[string, number[], 'present' | 'undecodable', number]>([
    ['gzip', [0x1f, 0x8b], 'present', 16],
    ['of a coding that could not be undone', [0x28, 0xb5], 'undecodable', 16],
    ['no gzip, for its first byte', [0x1e, 0x8b], 'present', 52],
    ['no gzip, for its second byte', [0x1f, 0x8c], 'present', 52],
  ])('that is packed shows only its start, since nobody knows what is in it: %s', (_, head, state, length) => {
    const { base64, size, omitted } = show(Uint8Array.from([...head, ...Array(50).fill(0xf0)]), state);
    expect(Buffer.from(base64!, 'base64')).toHaveLength(length);
    expect([size, omitted]).toEqual([52, 52 - length]);
  });

  it('that is long keeps its start, its end and its true size', () => {
    const body = show(`start${'é'.repeat(500_000)}end`);
    expect(body.size).toBe(1_000_008);
    expect(body.text).toMatch(/^startéé[\s\S]*\.\.\. \d+ left out \.\.\.[\s\S]*éend$/);
    expect(body.text!.length).toBeLessThan(longestText + 100);
    expect(body.omitted).toBe(500_008 - longestText);
  });

  it('that was not seen says so', () => {
    const shown = createRedactor([]).exchange(answeredWith({ body: emptyBody })).response!.body;
    expect(shown).toEqual({ state: 'empty', text: null, base64: null, size: 0, omitted: 0 });
  });
});
