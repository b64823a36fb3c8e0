import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** Packages that a built file loads before its first line runs, through all that it imports statically. */
function loadedBy(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?"([^"]+)";$/gm)];
  return imports.flatMap(([, name]) => (name!.startsWith('.') ? loadedBy(join(dirname(file), name!), seen) : [name!]));
}

/** The file that a command is loaded from, as the command line names it. */
function fileOf(command: string): string {
  const chunks = join(dirname(bin), '../chunks');
  const start = readdirSync(chunks).find((file) => /^start-.*\.js$/.test(file))!;
  const [, name] = new RegExp(`import\\("\\./(${command}-[^"]+)"\\)`).exec(readFileSync(join(chunks, start), 'utf8'))!;
  return join(chunks, name!);
}

it('check loads no HTTP client, no generator and no YAML: a gate waits for its start', () => {
  const packages = loadedBy(fileOf('check')).filter((name) => !name.startsWith('node:'));
  const wanted = ['ajv', 'ajv-formats', 'commander', 'picocolors', 'tinyglobby', 'yauzl', 'zod'];
  expect([...new Set(packages)].sort()).toEqual(wanted);
});

it('--help and --version load the command line parser and nothing else', () => {
  const packages = loadedBy(bin).filter((name) => !name.startsWith('node:'));
  expect([...new Set(packages)]).toEqual(['commander']);
});
