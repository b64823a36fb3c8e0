import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { errorText, exitCodes, HarnessError } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { redacted } from '../pseudonym/redact.js';
import { redactedHar } from '../pseudonym/redacted-har.js';
import { amount } from '../reporters/summary.js';
import { run } from '../run/run.js';
import { documents } from '../sources/documents.js';
import type { Recording } from '../sources/recording.js';
import { relationsOf } from '../sources/relations.js';
import type { Source } from '../sources/source.js';
import { writeArtefact } from './artefacts.js';
import { say } from './say.js';
import type { judging, recorded, Values } from './settings.js';
import { toolVersion } from './tool-version.js';
import type { World } from './world.js';

/** Bytes that are kept until all values are known; beyond, a recording is to be redacted in parts. */
const maxBytes = 256 * 1024 * 1024;

type Settings = Values<typeof judging & typeof recorded>;

/** Keeps what is read, and writes it with pseudonyms once all of it is known. */
export class Redaction {
  private readonly exchanges: Exchange[] = [];
  private bytes = 0;

  private constructor(
    private readonly file: string,
    private readonly settings: Settings,
    private readonly world: World,
  ) {}

  /** Throws a usage error where `file` is one of the recordings, however it is spelled. */
  static async to(
    file: string,
    recordings: readonly Recording[],
    settings: Settings,
    world: World,
  ): Promise<Redaction> {
    const identity = (name: string) => stat(resolve(world.cwd, name)).then(identityOf, () => undefined);
    const target = await identity(file);
    const inputs = await Promise.all(recordings.map((recording) => identity(recording.path ?? recording.file)));
    if (target !== undefined && inputs.includes(target))
      throw new HarnessError('usage', `--redact: ${file} is one of the recordings`, { hint: 'Name another file.' });
    return new Redaction(file, settings, world);
  }

  readonly observe = (exchange: Exchange): void => {
    this.bytes += sizeOf(exchange);
    if (this.bytes <= maxBytes) this.exchanges.push(exchange);
    else this.exchanges.length = 0;
  };

  /** Gives the exit code; what went wrong is told. */
  async write(): Promise<number> {
    try {
      const har = this.redacted();
      await writeArtefact(this.world.cwd, this.file, har);
      if (!this.settings.quiet) say(this.world.stdout, `\n${await this.told(har)}`);
      return exitCodes.conforms;
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      say(this.world.stderr, errorText(error));
      return exitCodes[error.code];
    }
  }

  private redacted(): string {
    if (this.bytes > maxBytes)
      throw new HarnessError('artefact', `${this.file} was not written: more than ${maxBytes} bytes of exchanges`, {
        hint: 'Redact in parts: --shard 1/8 and so on, with one --seed so that the parts fit each other.',
      });
    if (this.exchanges.length === 0)
      throw new HarnessError('artefact', `${this.file} was not written: no exchange was read`);
    const creator = { name: 'chift-contract', version: toolVersion };
    const { basePath, seed } = this.settings;
    return redacted(this.exchanges, (others) => redactedHar(others, creator), { contract, basePath, seed });
  }

  /** What was written, and whether it is judged as the original is: it is read back and judged once more. */
  private async told(har: string): Promise<string> {
    const what = `${amount(this.exchanges.length, 'exchange')} redacted into ${this.file}: none of the originals is left`;
    const written: Recording = { file: this.file, open: () => chunkOf(har) };
    const relations = () => relationsOf(contract, this.settings.basePath);
    const [before, after] = await Promise.all([
      this.judged(inMemory(this.exchanges, relations)),
      this.judged(documents([written], { format: 'har', relations })),
    ]);
    return before === after
      ? `${what}, and it is judged the same.`
      : `${what}. It is judged differently: ${before} became ${after}.`;
  }

  private async judged(source: Source): Promise<string> {
    const { basePath, echo } = this.settings;
    const basePaths = { live: basePath, recorded: basePath };
    const signal = new AbortController().signal;
    const { tally } = await run({ contract, checks: checksFor(echo), sources: [source], basePaths, signal });
    const codes = [...tally.sightings.values()].map(({ finding, seen }) => `${finding.code} ×${seen}`).sort();
    return [`${tally.judged} judged`, ...codes].join(', ');
  }
}

/** What the original was found to be, each of its files on its own. */
function inMemory(exchanges: readonly Exchange[], relations: () => ReturnType<typeof relationsOf>): Source {
  return async (sink) => {
    let file: string | undefined;
    let relate = relations();
    let offset = 0;
    for (const read of exchanges) {
      const from = read.origin.kind === 'document' ? read.origin.file : '';
      if (from !== file) relate = relations();
      file = from;
      offset += sizeOf(read);
      const { exchange, findings } = relate(read, offset);
      sink.exchange(exchange);
      sink.found(findings);
    }
  };
}

async function* chunkOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function sizeOf({ request, outcome }: Exchange): number {
  return 1000 + request.body.bytes.length + (outcome.kind === 'answered' ? outcome.body.bytes.length : 0);
}

const identityOf = ({ dev, ino }: { dev: number; ino: number }): string => `${dev}:${ino}`;
