import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '../sources/recording.js';
import { openRecordings } from './recordings.js';

let cwd: string;
const world = () => ({ cwd, stdin: bytes('from stdin') });

async function* bytes(content: string) {
  yield Buffer.from(content);
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'chift-contract-recordings-'));
  for (const folder of ['logs/old', 'empty', 'logs/node_modules/x', 'logs/.git'])
    mkdirSync(join(cwd, folder), { recursive: true });
  for (const file of [
    'a.har',
    'logs/b.ndjson',
    'logs/old/c.har.gz',
    'logs/d.json',
    'logs/notes.txt',
    'logs/node_modules/x/e.har',
    'logs/.git/f.har',
    'odd[1].har',
  ])
    writeFileSync(join(cwd, file), file);
  symlinkSync(join(cwd, 'a.har'), join(cwd, 'logs/link.json'));
  symlinkSync('/etc/hostname', join(cwd, 'logs/outside.bin'));
  symlinkSync(join(cwd, 'logs'), join(cwd, 'logs/old/round'));
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const named = (recordings: readonly Recording[]) =>
  recordings.map(({ file, incidental }) => (incidental ? `${file}?` : file));
const open = async (...inputs: string[]) => named(await openRecordings(inputs, world()));

describe('openRecordings', () => {
  it('takes files, folders and globs, each recording once and in a fixed order', async () => {
    expect(await open('a.har')).toEqual(['a.har']);
    expect(await open('logs')).toEqual(['logs/b.ndjson', 'logs/d.json?', 'logs/link.json?', 'logs/old/c.har.gz']);
    expect(await open('logs/*.{json,ndjson}', 'logs/d.json', 'a.har', './a.har')).toEqual([
      'logs/b.ndjson',
      'logs/d.json',

      'a.har',
    ]);
    expect(await open('odd[1].har')).toEqual(['odd[1].har']);
  });

  it('reads what it names', async () => {
    const [file, stdin] = (await openRecordings([join(cwd, 'logs/b.ndjson'), '-'], world())) as [Recording, Recording];
    expect(file.file).toBe('logs/b.ndjson');
    expect(await text(file.open())).toBe('logs/b.ndjson');
    expect(stdin.file).toBe('stdin');
    expect(await text(stdin.open())).toBe('from stdin');
  });

  const refused: [inputs: string[], code: string, message: string][] = [
    [[], 'usage', 'no recording is named'],
    [[''], 'usage', 'an empty text names no recording'],
    [['gone.har'], 'unreadable', 'gone.har does not exist'],
    [['a.har/x'], 'unreadable', 'a.har/x cannot be read (ENOTDIR)'],
    [['*.ndjson'], 'unreadable', 'the glob *.ndjson matches no file'],
    [['empty'], 'unreadable', 'empty holds no recording'],
    [['pipe'], 'unreadable', 'pipe is neither a file nor a folder'],
    [['/dev/zero'], 'unreadable', '/dev/zero is neither a file nor a folder'],
    [['a\u0000b'], 'unreadable', 'cannot be read'],
  ];
  it.each(refused)('refuses %j', async (inputs, code, message) => {
    await expect(openRecordings(inputs, world())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('gives no verdict on a file that grows while it is read', async () => {
    const path = join(cwd, 'growing.har');
    writeFileSync(path, 'x'.repeat(10));
    const [recording] = (await openRecordings(['growing.har'], world())) as [Recording];
    const read = async () => {
      for await (const _ of recording.open()) appendFileSync(path, 'y');
    };
    await expect(read()).rejects.toMatchObject({
      code: 'unreadable',
      message: 'growing.har changed while it was read',
    });
  });

  describe('a file of several chunks', () => {
    const content = Buffer.from(Array.from({ length: 500_000 }, (_, at) => at.toString(36)).join('\n'));
    const recording = async () => {
      writeFileSync(join(cwd, 'long.ndjson'), content);
      const [found] = (await openRecordings(['long.ndjson'], world())) as [Recording];
      return found;
    };

    it('lends its bytes one chunk after the other', async () => {
      const { open } = await recording();
      const copies: Buffer[] = [];
      for await (const chunk of open(7, 'lent')) copies.push(Buffer.from(chunk));
      expect(copies.length).toBeGreaterThan(2);
      expect(Buffer.concat(copies).equals(content.subarray(7))).toBe(true);
    });

    it('gives bytes once more, as long as they are there', async () => {
      const { reread } = await recording();
      const place = content.length - 20;
      expect(content.subarray(place, place + 9).equals(reread!(place, 9))).toBe(true);
      const tooMany = expect.objectContaining({ code: 'unreadable', message: 'long.ndjson changed while it was read' });
      expect(() => reread!(place, 21)).toThrow(tooMany);
    });
  });

  describe('side files', () => {
    const beside = async (name: string) => {
      const [recording] = (await openRecordings(['logs/d.json'], world())) as [Recording];
      const found = await recording.beside!(name);
      return 'problem' in found ? found.problem : Buffer.from(found).toString();
    };
    it('come from the folder of the recording and below', async () => {
      expect(await beside('b.ndjson')).toBe('logs/b.ndjson');
      expect(await beside('old/c.har.gz')).toBe('logs/old/c.har.gz');
      expect(await beside('old/../b.ndjson')).toBe('logs/b.ndjson');
    });
    it('lie beside the stubs of WireMock, and nowhere else', async () => {
      for (const folder of ['stubs/mappings', 'stubs/__files']) mkdirSync(join(cwd, folder), { recursive: true });
      for (const file of ['mappings/a.json', '__files/b.json']) writeFileSync(join(cwd, 'stubs', file), '{}');
      const [recording] = await openRecordings(['stubs/mappings/a.json'], world());
      expect(await recording!.beside!('__files/b.json')).toEqual(Buffer.from('{}'));
      expect(await recording!.beside!('__files/../../a.har')).toHaveProperty('problem');
      expect(await recording!.beside!('../__files/b.json')).toHaveProperty('problem');
      rmSync(join(cwd, 'stubs'), { recursive: true });
    });

    it.each(['../a.har', '/etc/hostname', 'outside.bin', 'link.json', '.', '', 'old/../../a.har'])(
      'never from elsewhere: %j',
      async (name) => {
        expect(await beside(name)).toBe('its side file lies outside the folder of the recording');
      },
    );
    it('are told apart when they are missing or no files', async () => {
      expect(await beside('gone')).toBe('its side file cannot be read (ENOENT)');
      expect(await beside('old')).toBe('its side file old is not a file');
      expect(await beside('a\u0000b')).toMatch(/^its side file cannot be read/);
    });
  });
});
