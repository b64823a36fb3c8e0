import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { HarnessError } from '../errors.js';

const name = '.running';

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/**
 * Two runs in one folder would leave a mixture of both: the second is refused (`usage`) while the first goes on. What a
 * killed run left behind holds nothing. A folder that cannot be written is no matter here: the reports will say so.
 */
export async function holdingFolder<T>(cwd: string, folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(resolve(cwd, folder), name);
  const isHeld = take(file, folder);
  try {
    return await work();
  } finally {
    if (isHeld) rmSync(file, { force: true });
  }
}

function take(file: string, folder: string): boolean {
  const mine: Holder = { pid: process.pid, host: hostname() };
  try {
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
  }
  const holder = holderOf(file);
  if (holder !== undefined && isAlive(holder))
    throw new HarnessError('usage', `another run (process ${holder.pid} on ${holder.host}) is writing to ${folder}`, {
      hint: `Wait for it, or give this run a --report-dir of its own. If no run is going on, delete ${join(folder, name)}.`,
    });
  try {
    writeFileSync(file, JSON.stringify(mine));
    return true;
  } catch {
    return false;
  }
}

/** Undefined for what is no mark of ours. */
function holderOf(file: string): Holder | undefined {
  try {
    const { pid, host } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** A process of another machine cannot be asked, so it is taken for alive. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
