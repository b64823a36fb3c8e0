#!/usr/bin/env node
import { bugReport, exitCodes } from '../errors.js';
import { createRedactor } from '../exchange/redact.js';
import { main } from './main.js';
import { secretsOf } from './secrets.js';
import { processWorld } from './world.js';

// A reader that has seen enough (`| head`) ends nothing: the reports are written, and the verdict is the exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

// Node would exit with 1, which says that findings were made.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${createRedactor(secretsOf(process.env)).text(bugReport(error))}\n`);
  process.exit(exitCodes.bug);
});

process.exitCode = await main(process.argv.slice(2), processWorld());
