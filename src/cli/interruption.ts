import type { World } from './world.js';

/** The first signal ends the sending, and what was seen still goes into the reports. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Exit code of the signal that came; undefined when none did. */
  code(): number | undefined;
  /** Stops listening. */
  end(): void;
}

export function interruptionOf(world: World): Interruption {
  const controller = new AbortController();
  let code: number | undefined;
  const end = world.onInterrupt((exitCode) => {
    code = exitCode;
    controller.abort();
  });
  return { signal: controller.signal, code: () => code, end };
}
