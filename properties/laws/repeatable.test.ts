import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { edgeContact, invalidContact, validContact, validContactOut } from '../../contracts/chift/index.js';
import { valueAt } from '../../src/derive/arbitrary.js';

const execute = promisify(execFile);

/** What seed 1 promises. A change here changes what every stored seed stands for: say so in CHANGELOG.md. */
const golden = {
  valid: 'b6b71f1379dbf0c3',
  edge: '39e69f6ec2f44749',
  invalid: 'cd0c655a266d8c8a',
  answer: '1f77c190817274fc',
};

const kinds: Record<keyof typeof golden, () => fc.Arbitrary<unknown>> = {
  valid: validContact,
  edge: edgeContact,
  invalid: invalidContact,
  answer: validContactOut,
};

function hashOf(kind: keyof typeof golden, order: (index: number) => number = (index) => index): string {
  const bodies = kinds[kind]();
  const lines = new Array<string>(200);
  for (let turn = 0; turn < 200; turn++) {
    const index = order(turn);
    lines[index] = JSON.stringify(valueAt(bodies, 1, kind, index));
  }
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

test('200 bodies of each kind are the same bytes everywhere and always', () => {
  const found = Object.fromEntries(Object.keys(golden).map((kind) => [kind, hashOf(kind as keyof typeof golden)]));
  expect(found).toEqual(golden);
});

test.each(['Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu'])('also in %s', (name) => {
  process.env['TZ'] = name;
  expect(new Date(0).getTimezoneOffset()).not.toBe(0);
  expect(hashOf('valid')).toBe(golden.valid);
  expect(hashOf('invalid')).toBe(golden.invalid);
});

test('the order in which they are asked for changes nothing', () => {
  for (const kind of Object.keys(golden) as (keyof typeof golden)[])
    expect(hashOf(kind, (turn) => (turn * 77 + 13) % 200)).toBe(golden[kind]);
});

test('another seed, stream or number gives another body', () => {
  const bodies = validContact();
  const told = (seed: number, path: string, index: number) => JSON.stringify(valueAt(bodies, seed, path, index));
  const all = [
    told(1, 'a', 0),
    told(2, 'a', 0),
    told(1, 'b', 0),
    told(1, 'a', 1),
    told(-1, 'a', 0),
    told(2 ** 31, 'a', 0),
  ];
  expect(new Set(all).size).toBe(all.length);
});

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const places = [
  { TZ: 'UTC', LC_ALL: 'C' },
  { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
];

test.each(['valid', 'edge', 'invalid'])(
  'generate %s writes the same bytes in every time zone and locale',
  async (kind) => {
    const written = places.map(async (place) => {
      const argv = [bin, 'generate', kind, '-n', '200', '--seed', '1'];
      const { stdout } = await execute(process.execPath, argv, { env: place, maxBuffer: 2 ** 28, encoding: 'buffer' });
      return createHash('sha256').update(stdout).digest('hex');
    });
    const hashes = await Promise.all(written);
    expect(new Set(hashes).size).toBe(1);
  },
);

test('generate stops quietly when its reader has seen enough', async () => {
  const script = `"${process.execPath}" "${bin}" generate valid -n 1000000 --seed 1 | head -n 1; echo "exit $\{PIPESTATUS[0]}"`;
  const { stdout, stderr } = await execute('bash', ['-c', script]);
  const [body, exit] = stdout.trimEnd().split('\n');
  expect([JSON.parse(body!), exit, stderr]).toEqual([expect.any(Object), 'exit 0', '']);
});
