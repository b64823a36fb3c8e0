import { answering } from '../pact/answering.js';
import { type BrokenProperty, brokenProperties, callClient, loadTeam, type TeamModule } from '../pact/client-module.js';
import type { CallMessage, JudgeMessage, Loaded, LoadMessage } from './team-process.js';

let team: TeamModule;
let last: { readonly result: unknown; readonly error: unknown };

answering(async (message: LoadMessage | CallMessage | JudgeMessage) => {
  if ('load' in message) {
    team = await loadTeam(message.load, message.names);
    return { endpoints: Object.keys(team.client), properties: Object.keys(team.properties) } satisfies Loaded;
  }
  if ('judge' in message)
    return (await brokenProperties(team.properties, { ...message.judge, ...last })) satisfies readonly BrokenProperty[];
  const { reply, value } = await callClient(team.client, message.call);
  last = reply.kind === 'returned' ? { result: value, error: undefined } : { result: undefined, error: value };
  return reply;
});
