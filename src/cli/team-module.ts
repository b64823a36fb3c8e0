import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createJiti } from 'jiti';
import { HarnessError } from '../errors.js';
import { ownName } from './config.js';

/** What `file.ts#name` exports, without a name its default; of a JSON file the whole, or the value under the name. */
export async function loadExport(cwd: string, named: string, flag: string): Promise<unknown> {
  const [file = '', name] = named.split('#', 2);
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new HarnessError('usage', `${flag}: ${file} does not exist`);
  const loaded = await load(path, file, flag);
  if (file.endsWith('.json')) return name === undefined ? loaded : own(loaded, name, file, flag);
  return own(loaded, name ?? 'default', file, flag);
}

/** Without jiti's mixture of the default export with the named ones: a zod schema has a method `default` of its own. */
const options = () => ({ fsCache: false, moduleCache: false, interopDefault: false, alias: ownName() });

async function load(path: string, file: string, flag: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(readFileSync(path, 'utf8'));
    return await createJiti(import.meta.url, options()).import(path);
  } catch (cause) {
    throw new HarnessError('usage', `${flag}: ${file} cannot be loaded: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
}

function own(loaded: unknown, name: string, file: string, flag: string): unknown {
  const values = loaded as Record<string, unknown> | null;
  if (typeof values === 'object' && values !== null && values[name] !== undefined) return values[name];
  const names = Object.keys(values ?? {}).filter((each) => each !== 'default');
  throw new HarnessError('usage', `${flag}: ${file} has no ${name}`, {
    hint: names.length === 0 ? 'It exports nothing.' : `It has ${names.slice(0, 10).join(', ')}.`,
  });
}
