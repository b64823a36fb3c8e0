#!/usr/bin/env node
// Adds to package-lock.json the optional packages of other platforms, which npm leaves out where its registry does not
// carry them; without them `npm ci` refuses the lock. Run it after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const names = new Set(Object.keys(lock.packages).map((key) => key.split('node_modules/').at(-1)));
const added = {};
for (const [, entry] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (names.has(name)) continue;
    const words = name.split(/[/-]/);
    const os = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].find((each) => words.includes(each));
    const cpu = {
      arm: 'arm',
      arm64: 'arm64',
      x64: 'x64',
      ia32: 'ia32',
      ppc64: 'ppc64',
      riscv64: 'riscv64',
      s390x: 's390x',
    };
    const arch = Object.keys(cpu).find((each) => words.includes(each));
    const libc = words.some((word) => /^musl/.test(word))
      ? ['musl']
      : words.some((word) => /^gnu/.test(word))
        ? ['glibc']
        : undefined;
    added[`node_modules/${name}`] = {
      version,
      cpu: [arch],
      ...(entry.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      license: entry.license,
      optional: true,
      os: [os],
    };
  }
lock.packages = Object.fromEntries(
  Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(Object.keys(added).length, 'entries added');
