import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BrokerAccess } from '../broker/client.js';
import { triesAll } from './sample.js';

/** A Pact Broker to test against. */
export interface RealBroker {
  readonly access: BrokerAccess;
  /** It was there before and stays, with whatever else it holds. */
  readonly shared: boolean;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A test installs nothing: `npm run broker` or `node scripts/broker.mjs --install` has done it before. */
const installed = existsSync(`${root}.broker/gems`);

/** Whether the environment names a broker, or there is one to start when all is tried. */
export const brokerAvailable = process.env['PACT_BROKER_BASE_URL'] !== undefined || (installed && triesAll);

/** The broker that the environment names, else one of our own on a free port with an empty database. */
export async function startBroker(): Promise<RealBroker> {
  const { env } = process;
  const url = env['PACT_BROKER_BASE_URL'];
  if (url === undefined) return startOwn();
  const [token, username, password] = ['TOKEN', 'USERNAME', 'PASSWORD'].map((name) => env[`PACT_BROKER_${name}`]);
  return { access: { url, token, username, password }, shared: true, stop: async () => undefined };
}

function startOwn(): Promise<RealBroker> {
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
      resolve({ access: JSON.parse(line) as BrokerAccess, shared: false, stop });
    });
  });
}
