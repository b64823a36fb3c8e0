import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../errors.js';
import { readKnown } from '../finding/known.js';
import { installPackage, packPackage } from './packed-package.js';
import { sampled } from './sample.js';
import { temporaryFolder } from './test-world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = temporaryFolder();
afterAll(folder.remove);

const packed = packPackage(folder.path);

/** A reader's project, with the packed tarball. */
function project(): string {
  const path = join(folder.path, 'project');
  installPackage(packed, path, ['fast-check']);
  writeFileSync(join(path, 'package.json'), '{ "name": "my-shop", "type": "module" }');
  cpSync(join(root, 'contracts/chift/recordings'), join(path, 'contracts/chift/recordings'), { recursive: true });
  return path;
}

const cwd = project();

async function node(args: readonly string[]): Promise<{ status: number | null; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], HOME: folder.path, NO_COLOR: '1' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, out, err };
}

const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);
const bin = join(packed, 'dist/cli/bin.js');
const withoutNumbers = (text: string): string => text.replaceAll(/\d+/g, '0');

describe('the README', () => {
  it('shows a command and its output on the first screen, and ends within 150 lines', () => {
    const lines = readme.split('\n');
    expect(lines.length).toBeLessThanOrEqual(150);
    expect(lines.slice(0, 15).join('\n')).toContain('✔ The provider keeps the contract');
  });

  it('shows what the main job prints', async () => {
    const [, shown] = blocks('console')[0]!.split(/^\$ npm ci && npm start\n/);
    const { status, out, err } = await node([bin, 'run']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(withoutNumbers(out).trim()).toBe(withoutNumbers(shown!).trim());
  });

  it.each(
    sampled(
      blocks('console').flatMap((block) =>
        [...block.matchAll(/^\$ npx chift-contract (.+)$/gm)].map((match) => match[1]!),
      ),
      3,
    ),
  )('has a command that conforms: %s', async (line) => {
    const { status, err } = await node([bin, ...line.split(' ')]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('has code that runs', async () => {
    for (const [at, block] of blocks('ts').entries()) {
      writeFileSync(join(cwd, `block-${at}.mjs`), block);
      const { status, err } = await node([`block-${at}.mjs`]);
      expect({ status, err }).toEqual({ status: 0, err: '' });
    }
  });

  it('has an accepted-findings file that is one', () => {
    for (const block of blocks('json')) expect(readKnown(block, 'README.md')).toHaveLength(1);
  });

  it('names commands and exit codes that there are', async () => {
    const { out } = await node([bin, '--help']);
    const commands = [...out.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1]!);
    for (const [, name] of readme.matchAll(/^\| `([a-z]+)[^`]*` +\|/gm)) expect(commands).toContain(name);
    const codes = [...readme.matchAll(/^\| ((?:\d+)(?:, \d+)?) +\|/gm)].flatMap((match) =>
      match[1]!.split(', ').map(Number),
    );
    expect(codes.toSorted((a, b) => a - b)).toEqual(
      [...new Set<number>(Object.values(exitCodes))].toSorted((a, b) => a - b),
    );
  });
});
