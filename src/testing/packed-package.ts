import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const name = 'chift-contract';

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/**
 * The package as a stranger has it: the files of the tarball that `npm pack` makes, beside the packages that its
 * manifest declares and no others. The JavaScript must be built; declarations are packed where they are.
 */
export function packPackage(folder: string): string {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  const tarball = output('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], root).trim();
  output('tar', ['-xzf', join(folder, tarball), '-C', folder], root);
  const packed = join(modules, name);
  renameSync(join(folder, 'package'), packed);
  const { dependencies, peerDependencies } = manifestOf(packed);
  for (const each of Object.keys({ ...dependencies, ...peerDependencies })) link(modules, each);
  return packed;
}

/** Makes `cwd` a project that has the package and `others`, and an `npx` on its own path that downloads nothing. */
export function installPackage(packed: string, cwd: string, others: readonly string[]): void {
  const modules = join(cwd, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(packed, join(modules, name));
  for (const other of others) link(modules, other);
  for (const [tool, path] of Object.entries(manifestOf(packed).bin)) linkTool(modules, tool, join(name, path));
  if (others.includes('vitest')) linkTool(modules, 'vitest', 'vitest/vitest.mjs');
  const npx = join(cwd, 'bin/npx');
  mkdirSync(dirname(npx));
  writeFileSync(npx, '#!/bin/sh\ntool=$1\nshift\nexec "node_modules/.bin/$tool" "$@"\n');
  chmodSync(npx, 0o755);
}

function link(modules: string, dependency: string): void {
  mkdirSync(dirname(join(modules, dependency)), { recursive: true });
  symlinkSync(join(root, 'node_modules', dependency), join(modules, dependency));
}

/** As npm does it: the file is made executable, whatever the tarball says, and linked by its name. */
function linkTool(modules: string, tool: string, path: string): void {
  const bin = join(modules, '.bin', tool);
  chmodSync(join(modules, path), 0o755);
  symlinkSync(relative(dirname(bin), join(modules, path)), bin);
}

const manifestOf = (packed: string): Manifest =>
  JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as Manifest;

function output(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} gave ${status}: ${stderr}`);
  return stdout;
}
