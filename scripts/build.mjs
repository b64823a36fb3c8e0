#!/usr/bin/env node
// Bundles the commands, the library and every child-process entry into dist/, then emits declarations.
// `--js-only` leaves the declarations out: all that `npm start` and the tests need, in under a second.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
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
function writeChanged(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  const whole = `${path}.${process.pid}.new`;
  writeFileSync(whole, text, { mode: path.endsWith('bin.js') ? 0o755 : 0o644 });
  renameSync(whole, path);
}

function removeStale(written) {
  for (const file of globSync('**/*.{js,map}', { cwd: dist, ignore: 'types/**' })) {
    if (!written.has(file)) rmSync(join(dist, file), { force: true });
  }
}

const isPackage = (id) => !id.startsWith('.') && !isAbsolute(id);

/**
 * What the command line loads before it knows its command goes into one file: each file more is a hundredth of the time
 * that `--help` takes.
 */
function startGroup(entry) {
  const start = new Set();
  return {
    plugin: {
      name: 'start',
      buildEnd() {
        const add = (id) => {
          if (start.has(id) || !id.startsWith(root)) return;
          start.add(id);
          for (const imported of this.getModuleInfo(id).importedIds) add(imported);
        };
        for (const imported of this.getModuleInfo(join(root, entry)).importedIds) add(imported);
      },
    },
    group: { name: 'start', test: (id) => start.has(id) },
  };
}

/** Who detects a format asks all of them; YAML is loaded by who reads it. */
const formats = { name: 'formats', test: /src.formats.(?!yaml-value)/ };

async function emitJavaScript() {
  const { plugin, group } = startGroup('src/cli/bin.ts');
  const bundle = await rolldown({
    cwd: root,
    input: entryPoints(),
    platform: 'node',
    external: isPackage,
    plugins: [plugin],
    // Nothing here acts by being imported but the entries, so a command loads no package that only others use.
    treeshake: { moduleSideEffects: false },
  });
  const { output } = await bundle.generate({
    dir: dist,
    format: 'esm',
    sourcemap: true,
    sourcemapExcludeSources: true,
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups: [group, formats] },
  });
  for (const { type, fileName, code, source } of output)
    writeChanged(join(dist, fileName), type === 'chunk' ? code : source);
  removeStale(new Set(output.map(({ fileName }) => fileName)));
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
