import { HarnessError } from '../errors.js';
import { askBroker, type BrokerAccess, firstLine } from './client.js';

export interface PublishOptions {
  readonly files: readonly string[];
  readonly consumerAppVersion: string;
  readonly branch?: string | undefined;
  readonly tags?: readonly string[];
  readonly buildUrl?: string | undefined;
}

/** Publishes pacts under a version; the same content again is fine, other content under that version is refused. */
export async function publishPacts(access: BrokerAccess, options: PublishOptions): Promise<{ words: string }> {
  if (options.files.length === 0) throw new HarnessError('usage', 'no pact file to publish');
  const { branch, buildUrl, tags = [] } = options;
  const { code, words } = await askBroker(access, [
    'publish',
    ...options.files,
    ...['--consumer-app-version', options.consumerAppVersion],
    ...(branch === undefined ? [] : ['--branch', branch]),
    ...(buildUrl === undefined ? [] : ['--build-url', buildUrl]),
    ...(tags.length === 0 ? [] : ['--tag', ...tags]),
  ]);
  if (code === 0) return { words };
  if (words.includes('Cannot change the content'))
    throw new HarnessError(
      'usage',
      `version ${options.consumerAppVersion} is published with other content; a published version never changes`,
      { hint: 'Publish under a new version: commit the change and leave --consumer-app-version out.' },
    );
  throw new HarnessError('usage', `the broker does not take the pact: ${firstLine(words)}`);
}
