import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, temporaryFolder } from '../testing/test-world.js';

const folder = temporaryFolder();
const cwd = folder.path;
const line = (name: string) =>
  `${JSON.stringify({
    request: {
      method: 'POST',
      url: '/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts',
      headers: { 'content-type': 'application/json' },
      body: { last_name: name },
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: { id: 7, source_ref: {}, last_name: name },
    },
  })}\n`;

beforeAll(() => {
  writeFileSync(join(cwd, 'a.ndjson'), line('Quackenbush') + line('Wilhelmina'));
  writeFileSync(join(cwd, 'empty.ndjson'), '{"request":1}\n');
  symlinkSync(join(cwd, 'a.ndjson'), join(cwd, 'link.har'));
});
afterAll(folder.remove);

const check = (...args: string[]) => command(['check', ...args, '--report', 'json'], { cwd });

describe('check --redact', () => {
  it('writes what is judged the same and says so', async () => {
    const { exitCode, out } = await check('a.ndjson', '--redact', 'out/clean.har');
    expect(exitCode).toBe(1);
    expect(out).toContain(
      '2 exchanges redacted into out/clean.har: none of the originals is left, and it is judged the same.',
    );
    const written = readFileSync(join(cwd, 'out/clean.har'), 'utf8');
    expect(written).not.toMatch(/Quackenbush|Wilhelmina/);
    expect(JSON.parse(written).log.entries).toHaveLength(2);
    expect((await check('out/clean.har')).exitCode).toBe(1);
  });

  it.each(['a.ndjson', './a.ndjson', 'link.har'])('never writes over a recording: %s', async (file) => {
    const before = readFileSync(join(cwd, 'a.ndjson'), 'utf8');
    const { exitCode, err } = await check('a.ndjson', '--redact', file);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('is one of the recordings')]);
    expect(readFileSync(join(cwd, 'a.ndjson'), 'utf8')).toBe(before);
  });

  it('leaves no file where nothing was read', async () => {
    const { exitCode, err } = await check('empty.ndjson', '--redact', 'none.har');
    expect([exitCode, err]).toEqual([6, expect.stringContaining('none.har was not written: no exchange was read')]);
    expect(existsSync(join(cwd, 'none.har'))).toBe(false);
  });
});
