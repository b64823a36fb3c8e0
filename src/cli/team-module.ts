import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createJiti } from 'jiti';
import { HarnessError } from '../errors.js';
import { ownName } from './config.js';

/** The value that `file.ts#name` exports; a JSON file is its value itself, and `#/pointer`-less module its default export. */
export async function loadExport(cwd: string, named: string): Promise<unknown> {
  const [file = '', name] = named.split('#', 2);
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new HarnessError('usage', `--schema: ${file} does not exist`);
  const loaded = await load(path, file);
  if (file.endsWith('.json')) return name === undefined ? loaded : own(loaded, name, file);
  return own(loaded, name ?? 'default', file);
}

async function load(path: string, file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(readFileSync(path, 'utf8'));
    return await createJiti(import.meta.url, { fsCache: false, moduleCache: false, alias: ownName() }).import(path);
  } catch (cause) {
    throw new HarnessError('usage', `--schema: ${file} cannot be loaded: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
}

function own(loaded: unknown, name: string, file: string): unknown {
  const values = loaded as Record<string, unknown> | null;
  if (typeof values === 'object' && values !== null && values[name] !== undefined) return values[name];
  const names = Object.keys(values ?? {}).filter((each) => each !== 'default');
  throw new HarnessError('usage', `--schema: ${file} has no ${name}`, {
    hint: names.length === 0 ? 'It exports nothing.' : `It has ${names.slice(0, 10).join(', ')}.`,
  });
}
