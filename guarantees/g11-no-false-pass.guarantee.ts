import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { systemClock } from '../src/transport/clock.js';
import { answering, ran, type Stage, write } from './faults/stage.js';
import { inFolder } from './folder.js';
import { guarantee } from './guarantee.js';

const entry = (url: string, response: object | null) => ({
  request: { method: 'POST', url, headers: {}, body: {} },
  response,
});
const create = 'https://api.chift.eu/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts';
const good = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: { id: 'c', source_ref: { id: '1', model: 'm' } },
};

const checking =
  (lines: readonly object[], ...argv: string[]): Stage =>
  (cwd) => {
    writeFileSync(join(cwd, 'some.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return ran(cwd, ['check', 'some.ndjson', ...argv]);
  };

/** Runs in which nothing, or too little, could be judged. */
const empty: Readonly<Record<string, Stage>> = {
  'a recording without lines': checking([]),
  'a recording of something else': checking([entry('https://api.example.test/other', good)]),
  'a recording under another base path': checking([entry(create, good)], '--base-path', '/elsewhere'),
  'answers without a body': checking([entry(create, { status: 200, headers: good.headers })]),
  'requests without an answer': checking([entry(create, null)]),
  'fewer judged than asked for': checking([entry(create, good)], '--min-judged', '2'),
  'a shard that got nothing': checking([entry(create, good)], '--shard', '2/2'),
  'nothing but 503': answering((socket) => write(socket, 'HTTP/1.1 503 Service Unavailable')),
  'nothing but 429': answering((socket) => write(socket, 'HTTP/1.1 429 Too Many Requests')),
  'nothing but resets': answering((socket) => socket.resetAndDestroy()),
  'a token that never comes': answering((socket) => write(socket, 'HTTP/1.1 500 Oops'), { which: /^POST \/token / }),
  'a budget that ends before the plan': answering(() => false, { argv: ['--timeout', '5s', '--only', 'edge'] }),
  'no creates allowed': answering(() => false, { argv: ['--timeout', '5s', '--max-creates', '0'] }),
  'no time': answering(() => false, { argv: ['--max-time', '1ms', '--only', 'edge'], world: { clock: systemClock } }),
};

guarantee(
  {
    id: 'G11',
    promise: 'What was not judged never passes: no verdict is exit 2, 3 or 5, never 0.',
    experiment:
      'Empty and foreign recordings, missing bodies and answers, shards and filters that leave nothing, providers that say nothing, budgets that end early; and one good exchange, which must pass.',
  },
  () =>
    inFolder(async (cwd) => {
      expect((await checking([entry(create, good)])(cwd)).exitCode).toBe(0);
      const codes: Record<string, number | null> = {};
      for (const [name, stage] of Object.entries(empty)) codes[name] = (await stage(cwd)).exitCode;
      expect(Object.entries(codes).filter(([, code]) => ![2, 3, 5].includes(code ?? 0))).toEqual([]);
      return { sample: `${Object.keys(codes).length} empty runs`, result: '0 passed' };
    }),
);
