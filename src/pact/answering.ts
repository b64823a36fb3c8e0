import type { ChildReply } from './child.js';

/** The child's side: one answer for each message, and an end when the parent is gone. */
export function answering(answer: (message: never) => Promise<unknown>): void {
  process.on('disconnect', () => process.exit());
  process.on('message', async (message) => {
    const reply = await answer(message as never).then(
      (value): ChildReply => ({ answer: value ?? null }),
      (error: unknown): ChildReply => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    process.send?.(reply);
  });
}
