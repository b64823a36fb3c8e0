import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { HarnessError } from '../errors.js';

export interface Artefact {
  /** Relative to the working directory. */
  readonly path: string;
  readonly sha256: string;
}

/** Tells apart what several runs in one process write to the same place. */
let serial = 0;

/**
 * Writes a file whole or not at all: beside its place, to the disk, then renamed over it. Throws an artefact error
 * (exit 6) that names the file and the cause.
 */
export async function writeArtefact(cwd: string, path: string, content: string): Promise<Artefact> {
  const target = resolve(cwd, path);
  const partial = `${target}.${process.pid}-${++serial}.partial`;
  const bytes = Buffer.from(content);
  try {
    await mkdir(dirname(target), { recursive: true });
    const file = await open(partial, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, target);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw unwritable(path, target, cause);
  }
  return {
    path: relative(cwd, target).replaceAll('\\', '/'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** Leaves a file that already has this content alone, so that its date tells when it last changed. */
export async function writeIfChanged(cwd: string, path: string, content: string): Promise<Artefact> {
  const target = resolve(cwd, path);
  if (existsSync(target) && readFileSync(target, 'utf8') === content)
    return {
      path: relative(cwd, target).replaceAll('\\', '/'),
      sha256: createHash('sha256').update(content).digest('hex'),
    };
  return writeArtefact(cwd, path, content);
}

const remedies: Readonly<Record<string, (folder: string) => string>> = {
  EACCES: (folder) => `This user may not write to ${folder}: allow it, or name another folder.`,
  EROFS: (folder) => `${folder} is on a read-only file system: name another folder.`,
  ENOSPC: (folder) => `There is no room left in ${folder}: make some, or name another folder.`,
  EDQUOT: (folder) => `This user has no room left in ${folder}: make some, or name another folder.`,
  ENOTDIR: (folder) => `Part of ${folder} is a file: move it away, or name another folder.`,
  EEXIST: (folder) => `Part of ${folder} is a file: move it away, or name another folder.`,
};

/** Exit 6, with the folder and what to do about it. */
export function unwritable(path: string, target: string, cause: unknown): HarnessError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const folder = dirname(target);
  const remedy = remedies[code === 'EPERM' ? 'EACCES' : (code ?? '')] ?? (() => `Check ${folder}.`);
  return new HarnessError('artefact', `${path} could not be written (${code ?? message})`, {
    hint: remedy(folder),
    cause,
  });
}
