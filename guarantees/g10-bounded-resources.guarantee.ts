import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { type OnCreate, ok, provider, write } from './faults/stage.js';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { measured } from './measured-program.js';
import { recordCreates } from './recorded-lines.js';

const most = 300;
const slowest = 60;

const bomb = gzipSync(gzipSync(Buffer.alloc(100 * 1024 * 1024)));

const escapes = 'a line of 4 MB of backslashes';
const mostOfEscapes = 600;
const hostile: Readonly<Record<string, OnCreate>> = {
  'a body of 1 GB': (socket) => {
    socket.write(`${ok}\r\nContent-Length: ${2 ** 30}\r\n\r\n`);
    const zeros = Buffer.alloc(1024 * 1024);
    const flood = () => {
      while (!socket.destroyed && socket.write(zeros));
    };
    socket.on('drain', flood);
    flood();
  },
  'gzip in gzip, 100 MB unpacked': (socket) => write(socket, `${ok}\r\nContent-Encoding: gzip, gzip`, bomb),
  'brackets a million deep': (socket) => write(socket, ok, '['.repeat(1_000_000)),
  [escapes]: (socket) => write(socket, ok, `{"id":"${'\\\\'.repeat(2_000_000)}"}`),
  'a text made for slow patterns': (socket) =>
    write(socket, ok, `{"id":"${'a'.repeat(200_000)}!","email":"${'a@'.repeat(100_000)}"}`),
};

guarantee(
  {
    id: 'G10',
    promise: `No answer and no recording makes the program hold more than ${most} MB or stand still.`,
    experiment:
      'Answers of 1 GB, bombs, deep JSON, texts made for slow patterns; a long recording and one endless line. The program tells its largest memory when it ends.',
    limit: `Four answers at once of 4 MB of nothing but escapes each may take up to ${mostOfEscapes} MB.`,
  },
  () =>
    inFolder(async (cwd) => {
      const seen: Record<string, number> = {};
      for (const [name, onCreate] of Object.entries(hostile)) {
        const target = await provider(onCreate);
        try {
          const argv = ['verify', '--url', target.url, '--only', 'valid', '--max-requests', '6', '--timeout', '20s'];
          const { memory, seconds, exitCode } = await measured(argv, { cwd });
          expect({ name, exitCode, most: memory.most, slow: seconds > slowest }).toEqual({
            name,
            exitCode: 1,
            most: expect.toSatisfy((value: number) => value < (name === escapes ? mostOfEscapes : most)),
            slow: false,
          });
          seen[name] = memory.most;
        } finally {
          await target.close();
        }
      }
      recordCreates(join(cwd, 'long.ndjson'), size(20_000, 2_000_000));
      writeFileSync(join(cwd, 'line.ndjson'), `{"a":"${'x'.repeat(64 * 1024 * 1024)}"}\n`);
      for (const file of ['long.ndjson', 'line.ndjson']) {
        const { memory } = await measured(['check', file], { cwd });
        expect({ file, most: memory.most }).toEqual({ file, most: expect.toSatisfy((value: number) => value < most) });
        seen[file] = memory.most;
      }
      const numbers = Object.values(seen);
      return {
        sample: `${numbers.length} inputs`,
        result: `at most ${Math.max(...numbers)} MB, none above ${slowest} s`,
      };
    }),
);
