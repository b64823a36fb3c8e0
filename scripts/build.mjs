#!/usr/bin/env node
// Bundles the commands, the library and every child-process entry into dist/, then emits declarations.
// `--js-only` leaves the declarations out: all that `npm start` and the tests need, in under a second.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { globSync } from 'tinyglobby';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** Output path without extension → source; an entry whose source is absent is left out. */
function entryPoints() {
  const named = {
    'cli/bin': 'src/cli/bin.ts',
    index: 'src/cli/library.ts',
    'vitest/index': 'src/vitest/index.ts',
  };
  const present = Object.entries(named).filter(([, source]) => existsSync(join(root, source)));
  const spawned = globSync('src/**/*.{worker,child}.ts', { cwd: root }).map((source) => [
    source.replace(/^src\//, '').replace(/\.ts$/, ''),
    source,
  ]);
  return Object.fromEntries([...present, ...spawned]);
}

/** Each file is replaced whole and only when it changed, so a command that is running never reads half a build. */
function writeChanged({ path, contents }) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const whole = `${path}.${process.pid}.new`;
  writeFileSync(whole, contents, { mode: path.endsWith('bin.js') ? 0o755 : 0o644 });
  renameSync(whole, path);
}

function removeStale(written) {
  for (const file of globSync('**/*.{js,map}', { cwd: dist, ignore: 'types/**' })) {
    if (!written.has(file)) rmSync(join(dist, file), { force: true });
  }
}

async function emitJavaScript() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entryPoints(),
    outdir: dist,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) writeChanged({ path, contents: Buffer.from(contents) });
  removeStale(new Set(outputFiles.map(({ path }) => relative(dist, path).replaceAll('\\', '/'))));
}

function emitDeclarations() {
  rmSync(join(dist, 'types'), { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`declarations: tsc exited ${status}`);
}

try {
  await emitJavaScript();
  if (!process.argv.includes('--js-only')) emitDeclarations();
} catch (error) {
  console.error(`build failed: ${error.message}`);
  process.exitCode = 1;
}
