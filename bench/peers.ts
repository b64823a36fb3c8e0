import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module of `bench/peers`, which `scripts/bench.mjs` installs apart from the project: the caller says its shape. */
export async function peers<T>(module: string): Promise<T> {
  return (await import(pathToFileURL(resolve('bench/peers', module)).href)) as T;
}
