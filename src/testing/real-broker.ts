import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RealBroker {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether `npm run broker` has installed the broker before: a test installs nothing. */
export const brokerInstalled = existsSync(`${root}.broker/gems`);

/** The real Pact Broker on a free port with an empty database. */
export function startBroker(): Promise<RealBroker> {
  const child = spawn(process.execPath, ['scripts/broker.mjs'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let problems = '';
  child.stderr.on('data', (chunk: Buffer) => {
    problems += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    void ended.then(() => reject(new Error(`the broker did not start: ${problems}`)));
    createInterface(child.stdout).once('line', (line) => {
      const stop = () => {
        child.kill('SIGTERM');
        return ended;
      };
      resolve({ ...(JSON.parse(line) as Omit<RealBroker, 'stop'>), stop });
    });
  });
}
