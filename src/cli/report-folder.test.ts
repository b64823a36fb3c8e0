import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/test-world.js';
import { holdingFolder } from './report-folder.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const mark = join(folder.path, 'reports/.running');
const hold = <T>(work: () => Promise<T>): Promise<T> => holdingFolder(folder.path, 'reports', work);

describe('a report folder', () => {
  it('is held by one run at a time, and free again when that ends, however it ends', async () => {
    await hold(async () => {
      await expect(hold(async () => 'second')).rejects.toThrow(/another run .* is writing to reports/);
      expect(existsSync(mark)).toBe(true);
    });
    await expect(hold(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await hold(async () => 'third')).toBe('third');
    expect(existsSync(mark)).toBe(false);
  });

  it('is not held by a run that was killed, nor by what is no mark of ours', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    for (const left of [JSON.stringify({ pid, host: hostname() }), '', '{}', 'null']) {
      mkdirSync(join(folder.path, 'reports'), { recursive: true });
      writeFileSync(mark, left);
      expect(await hold(async () => 'next')).toBe('next');
    }
    writeFileSync(mark, JSON.stringify({ pid: 1, host: 'elsewhere.test' }));
    await expect(hold(async () => 'next')).rejects.toThrow('process 1 on elsewhere.test');
  });

  it('that cannot be made keeps nothing from running', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(await holdingFolder(folder.path, 'file/reports', async () => 'ran')).toBe('ran');
  });
});
