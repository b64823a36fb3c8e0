import { fork } from 'node:child_process';
import { startSandbox } from '../contracts/chift/index.js';

/** Does the work beside a sandbox in a process of its own, which is the same benchmark, told to serve. */
export async function atSandbox(faults: readonly string[], work: (url: string) => Promise<void>): Promise<void> {
  if (process.argv.includes('--serve')) {
    const sandbox = await startSandbox({ faults });
    process.send?.(sandbox.url);
    return;
  }
  const server = fork(process.argv[1]!, ['--serve']);
  const url = await new Promise<string>((resolve) => server.once('message', (message) => resolve(String(message))));
  try {
    await work(url);
  } finally {
    server.kill();
  }
}
