#!/usr/bin/env node
// Starts the real Pact Broker on a free loopback port with a throw-away database, prints
// {"url":…,"username":…,"password":…} on one line and stays until it is stopped. Needs Ruby 3.1 or newer and Bundler;
// the gems go into .broker/, which git ignores. Exit 5 when there is no broker to start. With --install it only installs.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const store = join(here, '..', '.broker');
const startTimeoutMs = 110_000;

function fail(message) {
  console.error(`broker: ${message}`);
  process.exit(5);
}

const bundler = {
  ...process.env,
  BUNDLE_GEMFILE: join(here, 'broker', 'Gemfile'),
  BUNDLE_APP_CONFIG: join(store, 'config'),
  BUNDLE_PATH: join(store, 'gems'),
  BUNDLE_FROZEN: 'true',
};

function install() {
  const installed = spawnSync('bundle', ['check'], { env: bundler, stdio: 'ignore' });
  if (installed.error) fail('Bundler is not installed; it comes with Ruby 3.1 and newer');
  if (installed.status === 0) return;
  console.error('broker: installing the gems, once');
  const { status, stdout, stderr } = spawnSync('bundle', ['install'], { env: bundler, encoding: 'utf8' });
  if (status !== 0) fail(`bundle install failed:\n${stdout}${stderr}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  try {
    return (await fetch(url)).status === 401;
  } catch {
    return false;
  }
}

install();
if (process.argv.includes('--install')) process.exit(0);
const folder = mkdtempSync(join(tmpdir(), 'chift-contract-broker-'));
const username = 'broker';
const password = randomBytes(12).toString('hex');
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
// One thread: with more, SQLite is locked and parallel publishes take minutes of retries.
const puma = ['exec', 'puma', '-t', '1:1', '-b', `tcp://127.0.0.1:${port}`, join(here, 'broker', 'config.ru')];
const broker = spawn('bundle', puma, {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'pipe'],
  env: {
    ...bundler,
    TZ: 'UTC',
    RACK_ENV: 'production',
    BROKER_DATABASE: join(folder, 'broker.sqlite'),
    BROKER_USERNAME: username,
    BROKER_PASSWORD: password,
  },
});

let said = '';
const keep = (chunk) => {
  said = (said + chunk).slice(-4000);
};
broker.stdout.on('data', keep);
broker.stderr.on('data', keep);
let stopping = false;
broker.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  if (!stopping) fail(`it ended with ${code}:\n${said}`);
  process.exit(0);
});
function stop() {
  stopping = true;
  broker.kill('SIGTERM');
  setTimeout(() => broker.kill('SIGKILL'), 5_000).unref();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

const deadline = Date.now() + startTimeoutMs;
while (!(await answers(url))) {
  if (Date.now() > deadline) {
    broker.kill('SIGKILL');
    fail(`it gave no answer within ${startTimeoutMs / 1000} s:\n${said}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
console.log(JSON.stringify({ url, username, password }));
