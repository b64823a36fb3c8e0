import { parentPort, workerData } from 'node:worker_threads';
import type { Stretch } from '../sources/parts.js';
import { type StretchSettings, stretchJudge } from './judge-stretch.js';

/** A thread that judges the stretches it is sent, one after the other. */
const judge = stretchJudge(workerData as StretchSettings);
parentPort?.on('message', (stretch: Stretch) => {
  void judge(stretch).then((judged) => parentPort?.postMessage(judged));
});
