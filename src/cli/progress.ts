import ora from 'ora';
import type { RunEvent } from '../run/run.js';
import type { World } from './world.js';

export interface Progress {
  event(event: RunEvent): void;
  end(): void;
}

const silent: Progress = { event: () => undefined, end: () => undefined };

/** One living line on a terminal; nothing in a pipe, in CI or when quiet. */
export function progressOn(world: World, quiet: boolean, expected: number | undefined): Progress {
  if (quiet || world.stderr.isTTY !== true || world.env['CI']) return silent;
  const spinner = ora({ stream: world.stderr as NodeJS.WriteStream, text: 'starting', discardStdin: false }).start();
  let exchanges = 0;
  let violating = 0;
  return {
    event(event) {
      if (event.kind !== 'exchange') return;
      exchanges++;
      if (event.verdict.class === 'violates') violating++;
      spinner.text = `${exchanges}${expected === undefined ? '' : ` of at most ${expected}`} exchanges, ${violating} breaking the contract`;
    },
    end: () => {
      spinner.stop();
    },
  };
}
