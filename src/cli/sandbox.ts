import { listFaults, startSandbox } from '../../contracts/chift/index.js';
import { exitCodes } from '../errors.js';
import type { World } from './world.js';

/** Serves the embedded provider until a signal ends it; prints its address as one line of JSON. */
export async function serveSandbox(
  world: World,
  options: { port?: number; fault: string[]; listFaults?: boolean },
): Promise<number> {
  if (options.listFaults) {
    for (const { name, finding, description } of listFaults())
      world.stdout.write(`${name}\t${finding}\t${description}\n`);
    return exitCodes.conforms;
  }
  const token = world.env['CHIFT_ACCESS_TOKEN'];
  const sandbox = await startSandbox({
    ...(options.port === undefined ? {} : { port: options.port }),
    faults: options.fault,
    acceptTokens: token ? [token] : [],
  });
  const { consumerId, connectionId } = sandbox.demo;
  world.stdout.write(`${JSON.stringify({ url: sandbox.url, consumer: consumerId, connection: connectionId })}\n`);
  await new Promise<void>((resolve) => world.onInterrupt(() => resolve()));
  await sandbox.close();
  return exitCodes.conforms;
}
