import type { World } from './world.js';

const named = ['CHIFT_CLIENT_SECRET', 'CHIFT_ACCESS_TOKEN', 'PACT_BROKER_TOKEN', 'PACT_BROKER_PASSWORD'];

/** Shorter values are words that stand in any text. */
const shortest = 8;

/** The secrets of the environment, which no file may hold. */
export function secretsOf(env: World['env']): readonly string[] {
  return named.map((name) => env[name] ?? '').filter((value) => value.length >= shortest);
}
