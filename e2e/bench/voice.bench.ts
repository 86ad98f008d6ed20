import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, test } from '@playwright/test';
import { freePort } from '../loopback.ts';
import { Server } from '../server.ts';
import { Network, type Weather } from '../spoken/network.ts';
import { goToSpoken, panel, turnOn } from '../spoken/visit.ts';
import { writeCandidate } from './candidate.ts';
import { chart, type Row, table } from './chart.ts';
import { decidedIn, TELLS } from './decided.ts';
import { Engines, HEARS_IN_MS, SPEAKS_IN_MS } from './engines.ts';
import { pair, seenIn } from './figures.ts';
import { probe } from './probe.ts';

const TURNS = Number(process.env.TURNS ?? 30);
const OUT = fileURLToPath(new URL('../../target/bench-voice.json', import.meta.url));
/** What of it is to be measured: `ONLY='stub engines webrtc'`. */
const ONLY = process.env.ONLY ? new RegExp(process.env.ONLY) : /./;
const SENTENCE = 'I moved the bookings to a new machine and checked every one';
/** Silence that ends a turn in these runs: that after a finished sentence, whatever the question. */
const SILENCE_MS = 350;
const CLEAR: Weather = { delayMs: 0, loss: 0 };
const ROUGH: Weather = { delayMs: 40, loss: 0.03 };

type Scene = {
  name: string;
  way: 'webrtc' | 'websocket';
  weather: Weather;
  /** Voice engines of known delay, or espeak-ng. */
  voice: 'stub' | 'espeak';
  /** How often the candidate speaks, ms: before a long question is over, or after a short one. */
  everyMs: number;
};

const SCENES: Scene[] = (['webrtc', 'websocket'] as const).flatMap((way) => [
  { name: 'stub engines', way, weather: CLEAR, voice: 'stub', everyMs: 8_000 },
  { name: 'stub engines, 40 ms and 3 % loss', way, weather: ROUGH, voice: 'stub', everyMs: 8_000 },
  { name: 'espeak-ng, interrupted', way, weather: CLEAR, voice: 'espeak', everyMs: 7_000 },
]);

async function settings(engines: Engines, network: Network, udp: number, scene: Scene) {
  const engine = (direction: string) => ({
    [`GREENROOM__SPEECH__${direction}__ENGINES__STUB__PROTOCOL`]: 'openai',
    [`GREENROOM__SPEECH__${direction}__ENGINES__STUB__BASE_URL`]: engines.url,
    [`GREENROOM__SPEECH__${direction}__ENGINES__STUB__MODEL`]: 'stub',
  });
  return {
    ...TELLS,
    ...engine('TO_TEXT'),
    GREENROOM__SPEECH__TO_TEXT__ORDER: '["stub"]',
    ...(scene.voice === 'stub' ? engine('TO_SPEECH') : {}),
    GREENROOM__SPEECH__TO_SPEECH__ORDER: scene.voice === 'stub' ? '["stub"]' : '["espeak"]',
    // Nothing is kept: each sentence is asked for.
    GREENROOM__SPEECH__KEPT_MIB: '0',
    GREENROOM__VOICE__PATIENCE__FINISHED_MS: String(SILENCE_MS),
    GREENROOM__VOICE__PATIENCE__WORKING_OUT_PERCENT: '100',
    GREENROOM__VOICE__WEBRTC__ENABLED: String(scene.way === 'webrtc'),
    GREENROOM__VOICE__WEBRTC__LISTEN: `127.0.0.1:${udp}`,
    GREENROOM__VOICE__WEBRTC__ADVERTISE: JSON.stringify([`127.0.0.1:${network.udpPort}`]),
  };
}

/** Holds one interview and tells what was seen. */
async function hold(scene: Scene, directory: string) {
  const [engines, network, udp] = await Promise.all([Engines.start(), Network.open(), freePort()]);
  const server = await Server.create(await settings(engines, network, udp, scene));
  network.to = { tcp: Number(new URL(server.url).port), udp };
  const file = join(directory, 'candidate.wav');
  await writeCandidate(file, SENTENCE, scene.everyMs);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    ignoreDefaultArgs: ['--mute-audio'],
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  try {
    const context = await browser.newContext({ baseURL: network.url, bypassCSP: true });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const marks = await probe(page);
    await goToSpoken(page, 40);
    await turnOn(page);
    await panel(page).waitFor();
    network.weather = scene.weather;
    const until = Date.now() + TURNS * scene.everyMs * 2 + 30_000;
    const seen = async () => {
      const all = seenIn([...(await marks()), ...decidedIn(server.said)]);
      // The first turn warms up.
      return { ...all, turns: all.turns.slice(1) };
    };
    while (Date.now() < until && (await seen()).turns.length < TURNS) await page.waitForTimeout(500);
    const all = await seen();
    if (all.turns.length > 0) return all;
    const room = await page.locator('main').textContent();
    throw new Error(`${scene.name}, ${scene.way}: no turns.\n${room}\n${server.said.slice(-20).join('\n')}`);
  } finally {
    await browser.close();
    await network.close();
    await server.remove();
    await engines.stop();
  }
}

test('from the end of the voice to the first sound of the reply', async () => {
  test.setTimeout(0);
  const directory = await mkdtemp(join(tmpdir(), 'greenroom-bench-voice-'));
  const rows: Row[] = [];
  for (const scene of SCENES.filter(({ name, way }) => ONLY.test(`${name} ${way}`))) {
    const { turns, hushes, silences } = await hold(scene, directory);
    const known = { up: SILENCE_MS, server: scene.voice === 'stub' ? SPEAKS_IN_MS : 0, down: 0 };
    const part = (of: keyof typeof known) =>
      pair(turns.flatMap((turn) => (turn[of] === null ? [] : [turn[of] - known[of]])));
    const added = turns.map(({ gap }) => gap - known.up - known.server);
    const row: Row = {
      name: scene.name,
      way: scene.way,
      gap: pair(turns.map(({ gap }) => gap)),
      added: pair(added),
      up: part('up'),
      server: part('server'),
      down: part('down'),
      hush: pair(hushes),
      silence: pair(silences),
      addedMs: added.map(Math.round),
    };
    rows.push(row);
    console.log(JSON.stringify(row));
  }
  await rm(directory, { recursive: true, force: true });
  const stubs = { hears_in_ms: HEARS_IN_MS, speaks_in_ms: SPEAKS_IN_MS, silence_ms: SILENCE_MS };
  await writeFile(OUT, JSON.stringify({ turns: TURNS, ...stubs, rows }, null, 1));
  await writeFile(OUT.replace('.json', '.svg'), chart(rows));
  console.log(table(rows));
});
