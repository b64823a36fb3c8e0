import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../src/testing/test-world.js';

/** Gives an experiment a folder of its own, and removes it afterwards. */
export async function inFolder<T>(use: (cwd: string) => Promise<T>): Promise<T> {
  const { path, remove } = temporaryFolder();
  try {
    return await use(path);
  } finally {
    remove();
  }
}

/** Every regular file below a folder; none where there is no such folder. */
export function filesBelow(path: string): string[] {
  return entriesOf(path).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : [],
  );
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** All text of the files below a folder. */
export const textBelow = (path: string): string =>
  filesBelow(path)
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
