import { listFaults, listVariations, startSandbox } from '../../contracts/chift/index.js';
import { exitCodes } from '../errors.js';
import type { World } from './world.js';

export interface SandboxOptions {
  readonly port?: number;
  readonly fault: readonly string[];
  readonly variation: readonly string[];
  readonly listFaults?: boolean;
  readonly listVariations?: boolean;
}

/** Serves the embedded provider until a signal ends it; prints its address as one line of JSON. */
export async function serveSandbox(world: World, options: SandboxOptions): Promise<number> {
  const lists = [
    ...(options.listFaults ? listFaults().map(({ name, finding, description }) => [name, finding, description]) : []),
    ...(options.listVariations ? listVariations().map(({ name, description }) => [name, description]) : []),
  ];
  for (const line of lists) world.stdout.write(`${line.join('\t')}\n`);
  if (lists.length > 0) return exitCodes.conforms;
  const token = world.env['CHIFT_ACCESS_TOKEN'];
  const sandbox = await startSandbox({
    ...(options.port === undefined ? {} : { port: options.port }),
    faults: options.fault,
    variations: options.variation,
    acceptTokens: token ? [token] : [],
  });
  const { consumerId, connectionId } = sandbox.demo;
  world.stdout.write(`${JSON.stringify({ url: sandbox.url, consumer: consumerId, connection: connectionId })}\n`);
  await new Promise<void>((resolve) => world.onInterrupt(() => resolve()));
  await sandbox.close();
  return exitCodes.conforms;
}
