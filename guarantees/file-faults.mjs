// Lets the N-th operation that changes a file below a folder fail, or ends the process at it. Preloaded into the program
// with FILE_FAULT={"below":…,"at":…,"how":…}, or armed in this process.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let plan;
let count = 0;
/** Operations so far, as `name file`. */
const log = [];
/** Files behind open handles. */
const files = new WeakMap();
/** Files behind descriptors, for what is written at once. */
const descriptors = new Map();

/** `how` is an error code, `short` (half of the bytes are written, then ENOSPC), `kill` or `kill-half`. */
export function arm(wanted) {
  plan = wanted;
  count = 0;
  log.length = 0;
}

/** Ends it; gives the operations that were seen, and whether the N-th was among them. */
export function disarm() {
  const seen = { reached: count >= (plan?.at ?? 1), operations: [...log] };
  plan = undefined;
  return seen;
}

const changes = (flags) => typeof flags === 'string' && flags !== 'r';
const failure = (code, name, path) =>
  Object.assign(new Error(`${code}: injected, ${name} '${path}'`), { code, syscall: name, path });

/** Throws, or does half of it and throws, or ends the process, when it is this operation's turn. */
async function turn(name, path, half) {
  if (plan === undefined || !String(path).startsWith(plan.below)) return;
  count++;
  log.push(`${name} ${String(path).slice(plan.below.length)}`);
  if (count !== plan.at) return;
  const { how } = plan;
  if (how === 'kill-half' || how === 'short') await half?.();
  if (how.startsWith('kill')) {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  }
  throw failure(how === 'short' ? 'ENOSPC' : how, name, path);
}

for (const name of ['mkdir', 'rename', 'truncate', 'appendFile', 'writeFile']) {
  const real = fs.promises[name];
  fs.promises[name] = async (path, ...rest) => {
    await turn(name, path);
    return real(path, ...rest);
  };
}

const open = fs.promises.open;
const probe = await open(process.execPath, 'r');
const handles = Object.getPrototypeOf(probe);
await probe.close();
fs.promises.open = async (path, flags, ...rest) => {
  if (changes(flags)) await turn('open', path);
  const handle = await open(path, flags, ...rest);
  if (changes(flags)) {
    files.set(handle, String(path));
    descriptors.set(handle.fd, String(path));
  }
  return handle;
};
for (const name of ['appendFile', 'writeFile', 'datasync', 'sync']) {
  const real = handles[name];
  handles[name] = async function (...given) {
    const path = files.get(this);
    const half = () => real.call(this, Buffer.from(given[0] ?? '').subarray(0, Math.ceil((given[0]?.length ?? 0) / 2)));
    if (path !== undefined) await turn(name, path, name.endsWith('File') ? half : undefined);
    return real.apply(this, given);
  };
}

for (const name of ['writeFileSync', 'appendFileSync', 'mkdirSync', 'renameSync']) {
  const real = fs[name];
  fs[name] = (target, ...rest) => {
    const path = typeof target === 'number' ? (descriptors.get(target) ?? '') : target;
    if (plan !== undefined && String(path).startsWith(plan.below)) {
      count++;
      log.push(`${name} ${String(path).slice(plan.below.length)}`);
      if (count === plan.at) {
        if (plan.how === 'kill-half' || plan.how === 'short')
          if (name.endsWith('FileSync')) real(target, rest[0].slice(0, Math.ceil(rest[0].length / 2)));
        if (plan.how.startsWith('kill')) process.kill(process.pid, 'SIGKILL');
        throw failure(plan.how === 'short' ? 'ENOSPC' : plan.how, name, path);
      }
    }
    return real(target, ...rest);
  };
}
syncBuiltinESMExports();

if (process.env.FILE_FAULT) arm(JSON.parse(process.env.FILE_FAULT));
