import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../errors.js';
import { pacting } from './pact-settings.js';
import { type ConfigValues, judging, live, recorded, type Values } from './settings.js';

/** Settings by their names in camel case, each as its flag takes it or as the value it means. Flags and environment win. */
export type Config = {
  readonly [K in keyof Settled]?: string | Values<Settled>[K];
};

type Settled = typeof judging & typeof live & typeof recorded & typeof pacting;

/** Types a config file: `export default defineConfig({ maxRequests: 200 })` in `chift-contract.config.ts`. */
export function defineConfig(config: Config): Config {
  return config;
}

export interface LoadedConfig {
  /** Shown in errors; empty without a file. */
  readonly file: string;
  readonly values: ConfigValues;
}

const names = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `chift-contract.config.${extension}`);
const known = new Set(Object.keys({ ...judging, ...live, ...recorded, ...pacting }));
/** A file may be forgotten in a repository; what must be said anew for every run is not read from it. */
const flagOnly = new Set(['allowWrites', 'allowProduction', 'dryRun', 'shard']);

/** The named config file, or the one of the working directory, or none. Throws usage errors that name file and key. */
export async function loadConfig(cwd: string, named: string | undefined): Promise<LoadedConfig> {
  const path = named === undefined ? names.map((name) => join(cwd, name)).find(existsSync) : resolve(cwd, named);
  if (path === undefined) return { file: '', values: {} };
  const file = named ?? path.slice(cwd.length + 1);
  if (!existsSync(path)) throw new HarnessError('usage', `--config: ${file} does not exist`);
  const values = await importDefault(path, file);
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new HarnessError('usage', `${file} has no object as its default export`, {
      hint: 'export default defineConfig({ … })',
    });
  for (const key of Object.keys(values)) {
    if (!known.has(key))
      throw new HarnessError('usage', `${file}: there is no setting ${key}`, {
        hint: `Settings are ${[...known].join(', ')}.`,
      });
    if (flagOnly.has(key))
      throw new HarnessError('usage', `${file}: ${key} can only be given as a flag`, {
        hint: 'It must be meant anew for every run.',
      });
  }
  return { file, values: values as ConfigValues };
}

async function importDefault(path: string, file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(readFileSync(path, 'utf8'));
    const { createJiti } = await import('jiti');
    return await createJiti(import.meta.url, { fsCache: false, moduleCache: false, alias: ownName() }).import(path, {
      default: true,
    });
  } catch (cause) {
    throw new HarnessError('usage', `${file} cannot be loaded: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
}

/** A module of a user imports from this package by its name, also where the package is not installed but checked out. */
export function ownName(): Record<string, string> {
  const library = fileURLToPath(new URL('../index.js', import.meta.url));
  return existsSync(library) ? { 'chift-contract': library } : {};
}
