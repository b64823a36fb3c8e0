import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { foreignCreates, grantWrites, isLoopback, type Target, targetOf, type WriteRequest } from './permit.js';

const consumer = '6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11';
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof HarnessError) return error.code;
    throw error;
  }
};

describe('a target', () => {
  it.each([
    ['https://api.chift.eu', { origin: 'https://api.chift.eu', basePath: '', loopback: false }],
    ['https://api.chift.eu/v1//', { origin: 'https://api.chift.eu', basePath: '/v1', loopback: false }],
    ['http://127.0.0.1:8080/', { origin: 'http://127.0.0.1:8080', basePath: '', loopback: true }],
    ['http://[::1]:1', { origin: 'http://[::1]:1', basePath: '', loopback: true }],
    ['http://LOCALHOST', { origin: 'http://localhost', basePath: '', loopback: true }],
    ['https://127.9.9.9', { origin: 'https://127.9.9.9', basePath: '', loopback: true }],
  ])('%s is read', (url, target) => expect(targetOf(url)).toEqual(target));

  it.each([
    ['api.chift.eu', 'usage'],
    ['', 'usage'],
    ['ftp://api.chift.eu', 'usage'],
    ['file:///etc/passwd', 'usage'],
    ['https://api.chift.eu?a=1', 'usage'],
    ['https://api.chift.eu#a', 'usage'],
    ['https://user:secret@api.chift.eu', 'refused'],
    ['https://user@127.0.0.1', 'refused'],
    ['http://api.chift.eu', 'refused'],
    ['http://localhost.example.org', 'refused'],
    ['http://127.0.0.1.nip.io', 'refused'],
    ['http://0.0.0.0', 'refused'],
    ['http://[::ffff:7f00:1]', 'refused'],
    ['xhttp://api.chift.eu', 'usage'],
    ['httpx://api.chift.eu', 'usage'],
    ['https://:secret@api.chift.eu', 'refused'],
  ])('%j is %s', (url, code) => expect(codeOf(() => targetOf(url))).toBe(code));

  it.each(['api.chift.eu', 'https://user@api.chift.eu', 'http://api.chift.eu'])(
    'refused, says what to do: %s',
    (url) => {
      expect(() => targetOf(url)).toThrow(expect.objectContaining({ hint: expect.stringMatching(/https|CHIFT_/) }));
    },
  );

  it('never quotes the credentials that it refuses', () => {
    expect(() => targetOf('https://user:hunter2@api.chift.eu')).toThrow(/^(?!.*hunter2)/);
  });

  it('is never both plain http and beyond loopback', () => {
    const label = fc.constantFrom('localhost', 'api', '127', '0', '1', 'eu', '[::1]');
    const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
    const rest = fc.constantFrom('', '/', '/v1//', ':8080/a', '?a=1', '#a');
    const address = fc
      .tuple(fc.constantFrom('http', 'https'), host, rest)
      .map(([scheme, name, end]) => `${scheme}://${name}${end}`);
    fc.assert(
      fc.property(address, (url) => {
        if (codeOf(() => targetOf(url)) !== undefined) return;
        const target = targetOf(url);
        expect(target.origin.startsWith('https:') || target.loopback).toBe(true);
        expect(new URL(target.origin).hostname).toBe(new URL(url).hostname);
        expect(target.basePath.endsWith('/')).toBe(false);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('loopback', () => {
  it.each(['127.0.0.1', '127.255.0.3', '127.10.100.200', 'localhost', '[::1]'])('is %s', (host) =>
    expect(isLoopback(host)).toBe(true),
  );
  it.each([
    '128.0.0.1',
    '10.0.0.1',
    'localhost.',
    'a.localhost',
    '[::2]',
    '',
    '1270.0.1',
    'a127.0.0.1',
    '127.0.0.1.eu',
    '127.a.0.1',
    '127.0.a.1',
    '127.0.0.a',
    '127.0.0.1000',
  ])('is not %j', (host) => expect(isLoopback(host)).toBe(false));
});

describe('a permit to write', () => {
  const loopback: Target = { origin: 'http://127.0.0.1:1', basePath: '', loopback: true };
  const foreign: Target = { origin: 'https://api.chift.eu', basePath: '', loopback: false };
  const request: WriteRequest = {
    target: foreign,
    consumer,
    allowWrites: undefined,
    maxCreates: undefined,
    environment: {},
  };

  it('is free on loopback', () => {
    expect(grantWrites({ ...request, target: loopback }).maxCreates).toBe(Number.POSITIVE_INFINITY);
    expect(grantWrites({ ...request, target: loopback, maxCreates: 3 }).maxCreates).toBe(3);
  });

  it('beyond it names the very consumer, and holds for few creates unless a number is given', () => {
    expect(grantWrites({ ...request, allowWrites: consumer.toUpperCase() }).maxCreates).toBe(foreignCreates);
    expect(grantWrites({ ...request, allowWrites: consumer, maxCreates: 0 }).maxCreates).toBe(0);
  });

  it('is given to no other consumer, whatever is asked for', () => {
    const text = fc.oneof(fc.uuid(), fc.string(), fc.constant(undefined));
    fc.assert(
      fc.property(text, fc.uuid(), fc.option(fc.nat(), { nil: undefined }), (allowWrites, own, maxCreates) => {
        const refused = codeOf(() => grantWrites({ ...request, consumer: own, allowWrites, maxCreates })) === 'refused';
        expect(refused).toBe(allowWrites?.toLowerCase() !== own.toLowerCase());
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('is refused where certificates are not checked, loopback included', () => {
    const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    for (const target of [loopback, foreign])
      expect(codeOf(() => grantWrites({ ...request, target, allowWrites: consumer, environment }))).toBe('refused');
  });

  it('refused, says what to do', () => {
    const refused = [
      request,
      { ...request, allowWrites: 'another' },
      { ...request, environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
    ];
    for (const each of refused)
      expect(() => grantWrites(each)).toThrow(expect.objectContaining({ hint: expect.stringMatching(/\S/) }));
  });
});
