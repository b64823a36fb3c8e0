import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileTrouble, HarnessError } from '../errors.js';
import type { World } from './world.js';

/** Far above the largest published documents. */
const longest = 64 * 1024 * 1024;
const patience = 30_000;

/** A document from a file, an address or standard input (`-`), as JSON or YAML. Nothing that it refers to is loaded. */
export async function readApiDocument(world: World, place: string): Promise<unknown> {
  const text = (await textAt(world, place)).replace(/^\uFEFF/, '');
  if (text.length > longest) throw unreadable(place, `is longer than ${longest} characters`);
  const json = /^\s*[[{]/.test(text);
  try {
    return json ? JSON.parse(text) : await parseYaml(text);
  } catch (cause) {
    throw unreadable(place, `is no ${json ? 'JSON' : 'YAML'}: ${(cause as Error).message.split('\n')[0]}`, cause);
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  return parse(text, { logLevel: 'error' });
}

async function textAt(world: World, place: string): Promise<string> {
  if (place === '-') return fromStdin(world);
  if (/^https?:\/\//i.test(place)) return fromAddress(place);
  try {
    return readFileSync(resolve(world.cwd, place), 'utf8');
  } catch (cause) {
    throw unreadable(place, fileTrouble(cause), cause);
  }
}

async function fromStdin({ stdin }: World): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** No credentials go out and no redirect is followed: what is compared is what was named. */
async function fromAddress(place: string): Promise<string> {
  const { protocol, hostname } = new URL(place);
  if (protocol !== 'https:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    throw new HarnessError('usage', `${place} is not https`, { hint: 'A document is only fetched by https.' });
  try {
    const response = await fetch(place, { redirect: 'manual', signal: AbortSignal.timeout(patience) });
    if (response.status !== 200) throw new Error(`status ${response.status}`);
    return await response.text();
  } catch (cause) {
    const { message, cause: inner } = cause as Error;
    const why = inner instanceof Error ? inner.message : message;
    throw new HarnessError('infrastructure', `${place} cannot be fetched: ${why}`, { cause });
  }
}

function unreadable(place: string, what: string, cause?: unknown): HarnessError {
  return new HarnessError('unreadable', `${place === '-' ? 'standard input' : place} ${what}`, { cause });
}
