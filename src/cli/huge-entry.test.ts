import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { resultSchema } from '../run/result.js';
import { triesAll } from '../testing/sample.js';
import { temporaryFolder } from '../testing/test-world.js';

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);

const gigabyte = 1024 ** 3;
const huger = 128 * 1024 ** 2;
/** What a recording of any size may take of memory. */
const mostMegabytes = 300;
const tellMemory = `data:text/javascript,process.on('exit',()=>console.error('held',process.resourceUsage().maxRSS>>10))`;

/** Writes `before`, zeros that take no place on the disk, and `after`. */
function withHole(file: string, before: string, zeros: number, after: string): string {
  const path = join(cwd, file);
  writeFileSync(path, before);
  truncateSync(path, statSync(path).size + zeros);
  appendFileSync(path, after);
  return path;
}

function check(path: string) {
  const argv = ['--import', tellMemory, bin, 'check', path, '--report', 'json'];
  const { status, stderr } = spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' });
  expect(Number(/held (\d+)/.exec(stderr)?.[1])).toBeLessThan(mostMegabytes);
  const { totals, unreadable } = resultSchema.parse(JSON.parse(readFileSync(join(cwd, 'reports/result.json'), 'utf8')));
  return { status, judged: totals.judged, unreadable: unreadable.map(({ place, reason }) => `${place}: ${reason}`) };
}

const entry = JSON.stringify({
  request: { method: 'GET', url: '/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts/c' },
  response: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    content: { text: '{"id":"c","source_ref":{}}' },
  },
});
const many = Array<string>(300).fill(entry);
const huge = '{"request":{"url":"';

if (!triesAll) console.warn('no recording with an entry of a gigabyte is read: TESTS=all does');

describe.runIf(triesAll)('an entry that is too large is reported, not kept', () => {
  it('as a line of a gigabyte', () => {
    const path = withHole('a.ndjson', `${many.join('\n')}\n${huge}`, gigabyte, `"}}\n${entry}\n`);
    expect(check(path)).toEqual({
      status: 0,
      judged: 301,
      unreadable: [`a.ndjson: line 301: ${gigabyte + huge.length + 3} bytes long, more than 16777216`],
    });
  });

  it('as an entry of a HAR', () => {
    const path = withHole('a.har', `{"log":{"entries":[${many.join(',')},${huge}`, huger, `"}},${entry}]}}`);
    expect(check(path)).toEqual({
      status: 0,
      judged: 301,
      unreadable: [`a.har: log.entries[300], line 1: larger than 67108864 bytes (${huger + huge.length + 3})`],
    });
  });
});
