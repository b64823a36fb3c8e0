import type { EmulatedRequest, Emulation, Header, Reply } from '../../../src/index.js';
import { authItem } from '../token.js';
import {
  type Answer,
  chiftError,
  contactNotFound,
  ok,
  type Problem,
  transactionNotFound,
  unauthorized,
  unprocessable,
} from './answers.js';
import type { Behaviour, Visit } from './behaviour.js';
import { choices } from './choices.js';
import { connectionOf, demo } from './demo.js';
import { problemsOf } from './problems.js';
import { routed } from './routes.js';
import type { State } from './state.js';

/** The provider as an emulation: from the bytes of a request to the bytes of the answer, by one behaviour. */
export function emulate(behaviour: Behaviour, state: State): Emulation {
  return {
    handle(request) {
      const found = routed(request);
      if ('status' in found) return written(found, request, JSON.stringify(found.body));
      const visit: Visit = { ...found, request, query: new URLSearchParams(request.query), state, sent: undefined };
      const answer = behaviour.answer(answerTo(behaviour, visit), visit);
      return behaviour.reply(written(answer, request, behaviour.text(answer.body, visit)), visit);
    },
  };
}

function written(answer: Answer, { receivedAt }: EmulatedRequest, text: string): Reply {
  const headers: Header[] = [
    ['date', new Date(receivedAt).toUTCString()],
    ['content-type', 'application/json'],
    ...answer.headers,
  ];
  return { status: answer.status, headers, body: text };
}

function answerTo(behaviour: Behaviour, visit: Visit): Answer {
  if (visit.operation === 'createToken') return tokenFor(behaviour, visit);
  if (!behaviour.admits(visit)) return unauthorized();
  const problems = behaviour.parameters(visit);
  if (visit.operation === 'createContact') return created(behaviour, visit, problems);
  if (problems.length > 0) return unprocessable(problems);
  return behaviour.reaches(visit) ?? reads[visit.operation](behaviour, visit);
}

const reads: Readonly<
  Record<Exclude<Visit['operation'], 'createToken' | 'createContact'>, (behaviour: Behaviour, visit: Visit) => Answer>
> = {
  listConsumers: (_, { state }) =>
    ok([...new Set([demo.consumerId, ...state.consumers()])].map((consumer) => consumerItem(consumer))),
  getConsumer: (_, { params }) => ok(consumerItem(params['consumer_id']!)),
  listConnections: (_, { params }) => ok([connectionItem(params['consumer_id']!)]),
  getTransaction(behaviour, visit) {
    const transaction = behaviour.lookedUp(visit);
    return transaction === undefined ? transactionNotFound() : ok(transaction);
  },
  listContacts(behaviour, visit) {
    const page = behaviour.page(behaviour.filtered(visit), visit);
    return ok({ ...page, items: page.items.map((contact) => behaviour.shown(contact, visit)) });
  },
  getContact(behaviour, visit) {
    const contact = behaviour.find(visit);
    return contact === undefined ? contactNotFound() : ok(behaviour.shown(contact, visit));
  },
};

/** Path first, then body, then who it is for, then whether it came before. */
function created(behaviour: Behaviour, unread: Visit, parameters: readonly Problem[]): Answer {
  const reading = behaviour.read(unread);
  if ('refusal' in reading) return parameters.length > 0 ? unprocessable(parameters) : reading.refusal;
  const visit = { ...unread, sent: behaviour.converted(reading.value, unread) };
  const problems = [...parameters, ...behaviour.problems(visit.sent, visit)];
  if (problems.length > 0) return unprocessable(problems);
  const objection = behaviour.reaches(visit) ?? behaviour.repeat(visit);
  if (objection !== undefined) return objection;
  const contact = behaviour.made(visit, behaviour.newId(visit));
  behaviour.keep(contact, visit);
  return ok(behaviour.shown(contact, visit));
}

/** Lifetime of a token in seconds (published description of the operation: 30 minutes). */
const tokenSeconds = 1800;

function tokenFor(behaviour: Behaviour, visit: Visit): Answer {
  const reading = behaviour.read(visit);
  if ('refusal' in reading) return reading.refusal;
  const problems = problemsOf(authItem, reading.value, ['body']);
  if (problems.length > 0) return unprocessable(problems);
  const { clientId, clientSecret, accountId } = authItem.parse(reading.value);
  if (clientId === '' || clientSecret === '' || clientSecret === wrongSecret)
    return chiftError(401, choices.badCredentials.is);
  const until = visit.request.receivedAt + tokenSeconds * 1000;
  return ok({
    access_token: visit.state.issue(accountId, until),
    token_type: choices.tokenType.is,
    expires_in: tokenSeconds,
    expires_on: Math.floor(until / 1000),
  });
}

/** The one secret that no account has; any other is good. */
const wrongSecret = 'wrong';

function consumerItem(consumer: string) {
  return {
    consumerid: consumer,
    name: consumer === demo.consumerId ? 'Sandbox demo' : `Sandbox ${consumer.slice(0, 8)}`,
    email: null,
    internal_reference: null,
    redirect_url: null,
  };
}

/** Component ConnectionItem. */
function connectionItem(consumer: string) {
  return {
    connectionid: connectionOf(consumer),
    name: 'Sandbox invoicing',
    integration: 'Sandbox',
    integrationid: 1,
    api: 'Invoicing',
    data: null,
    status: 'active',
    agent: null,
  };
}
