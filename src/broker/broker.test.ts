import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { canIDeploy } from './deployments.js';

/** What a broker answers is tested with the real one, through the commands. */
describe('a broker out of reach', () => {
  const question = { pacticipant: 'x', version: '1', environment: 'production' };

  it('is told at once when it is down', async () => {
    await expect(canIDeploy({ url: 'http://127.0.0.1:9' }, question)).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('127.0.0.1:9 is out of reach'),
    });
  });

  it('is told after the deadline when it says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await expect(canIDeploy({ url, deadlineMs: 300 }, question)).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('no answer within 300 ms'),
    });
    silent.close();
  });
});
