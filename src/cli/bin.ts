#!/usr/bin/env node
import { exitCodes } from '../errors.js';
import { main, tellBug } from './main.js';
import { processWorld } from './world.js';

const world = processWorld();

// A reader that has seen enough (`| head`) ends nothing: the reports are written, and the verdict is the exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

// Node would exit with 1, which says that findings were made.
process.on('uncaughtException', (error) => {
  void tellBug(error, world).finally(() => process.exit(exitCodes.bug));
});

process.exitCode = await main(process.argv.slice(2), world);
