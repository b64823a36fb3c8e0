import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { installPackage, packPackage } from './packed-package.js';
import { triesAll } from './sample.js';
import { temporaryFolder } from './test-world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
afterAll(folder.remove);
const packed = packPackage(join(folder.path, 'ein Büro'));

const pages = [
  'gate-in-ci',
  'publish-pacts',
  'test-your-client',
  'fuzz-a-sandbox-consumer',
  'validate-recordings',
  'add-an-endpoint',
  'spread-the-work',
] as const;

/** Pages whose commands need a tool that is not everywhere; `.ci/run` installs it. */
const tools: Readonly<Partial<Record<(typeof pages)[number], string>>> = { 'spread-the-work': 'parallel' };
const missing = pages.filter((name) => tools[name] !== undefined && spawnSync(tools[name], ['--version']).status !== 0);
for (const name of missing) console.warn(`docs/${name}.md is not tried: ${tools[name]} is missing`);

interface Block {
  readonly language: string;
  /** The file that the block is, as its first line says after the language. */
  readonly file: string | undefined;
  readonly text: string;
}

const blocksOf = (page: string): Block[] =>
  [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language, file, text]) => ({
    language: language!,
    file,
    text: text!,
  }));

/** A reader's project: the packed package, what it is used with, recordings. */
function project(name: string): string {
  const cwd = join(folder.path, name);
  installPackage(packed, cwd, ['fast-check', 'zod', 'vitest', '@chift/chift-nodejs']);
  writeFileSync(join(cwd, 'package.json'), '{ "name": "my-shop", "type": "module" }');
  cpSync(join(root, 'contracts/chift/recordings'), join(cwd, 'recordings'), { recursive: true });
  return cwd;
}

async function bash(cwd: string, line: string): Promise<{ status: number | null; out: string }> {
  const env = { PATH: `${join(cwd, 'bin')}:${process.env['PATH']}`, HOME: folder.path, NO_COLOR: '1' };
  const child = spawn('bash', ['-c', line], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      out += String(chunk);
    });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, out };
}

/** Commands of a console block with the lines shown below each. */
function commandsOf(text: string): { line: string; shown: string[] }[] {
  const commands: { line: string; shown: string[] }[] = [];
  for (const each of text.split('\n').filter((one) => one !== ''))
    if (each.startsWith('$ ')) commands.push({ line: each.slice(2), shown: [] });
    else commands.at(-1)!.shown.push(each);
  return commands;
}

describe('docs, with the packed tarball', () => {
  it.concurrent.each(triesAll ? pages.filter((name) => !missing.includes(name)) : [])(
    '%s: the files work and the commands print what is shown',
    { timeout: 120_000 },
    async (name) => {
      const cwd = project(name);
      let commands = 0;
      for (const { language, file, text } of blocksOf(readFileSync(join(root, 'docs', `${name}.md`), 'utf8'))) {
        if (file !== undefined) writeFileSync(join(cwd, file), text);
        if (language !== 'console') continue;
        for (const { line, shown } of commandsOf(text)) {
          const { status, out } = await bash(cwd, line);
          expect(status, `${line}\n${out}`).toBe(0);
          for (const part of shown) expect(out).toContain(part);
          commands++;
        }
      }
      expect(commands).toBeGreaterThan(0);
    },
  );

  it('pages of the README exist and each is tested', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const name of pages) expect(readme).toContain(`docs/${name}.md`);
  });
});
