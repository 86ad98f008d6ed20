import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Microphone } from '@/lib/sound/microphone';
import { server } from '@/testing/server';
import { serveVoice } from '@/testing/voice';
import type { FromServer } from '../voice-wire';
import { openBeside } from './beside';
import { openVoiceLine } from './line';

/** What a page opens, newest last. */
let peers: Peer[] = [];
/** Whether a connection comes about, and whether the server is ready on it. */
let connects = true;
let isReady = true;

/** A connection that stands as soon as it was answered, without a network. */
class Peer {
  connectionState = 'new';
  localDescription = { sdp: 'an offer' };
  onconnectionstatechange: (() => void) | null = null;
  ontrack: unknown = null;
  /** Whether anything comes back on it, and how much did, bytes. */
  isAnswered = true;
  received = 0;
  readonly channel = {
    readyState: 'connecting',
    onopen: null as (() => void) | null,
    onclose: null as (() => void) | null,
    onmessage: null as ((event: { data: string }) => void) | null,
    said: [] as string[],
    send: (text: string) => {
      this.channel.said.push(JSON.parse(text).type);
      if (this.isAnswered) this.received += 65;
    },
  };
  constructor() {
    peers.push(this);
  }
  createDataChannel = () => this.channel;
  addTransceiver = () => undefined;
  setLocalDescription = async () => undefined;
  getStats = async () => {
    const pair = { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.02 };
    return new Map([['pair', { ...pair, bytesReceived: this.received }]]);
  };
  close = () => undefined;
  setRemoteDescription = async () => {
    if (!connects) return;
    // The server is ready as soon as the channel is open: nothing of the page comes in between.
    setTimeout(() => {
      this.channel.readyState = 'open';
      this.channel.onopen?.();
      setTimeout(() => isReady && this.says({ type: 'ready', link: 'link-1', resumed: peers.length > 1 }));
    });
  };
  says(message: FromServer) {
    this.channel.onmessage?.({ data: JSON.stringify(message) });
  }
  breaks() {
    this.connectionState = 'failed';
    this.onconnectionstatechange?.();
  }
}

/** Lets time pass until it is so, 30 s at most; what is answered in between is answered. */
async function until(isSo: () => void) {
  for (let passed = 0; passed < 30_000; passed += 10) {
    await vi.advanceTimersByTimeAsync(10);
    await new Promise((done) => setImmediate(done));
    try {
      return isSo();
    } catch {
      // Not yet.
    }
  }
  isSo();
}

/** The server's side of offers: which line each wanted to come back to, and what becomes of it. */
function serveOffers(refuse: (resume: string | undefined) => boolean = () => false) {
  const resumed: (string | undefined)[] = [];
  server.use(
    http.get('/api/sessions/one', () => HttpResponse.json({ id: 'one' })),
    http.post('/api/sessions/one/voice/offer', async ({ request }) => {
      const { resume } = (await request.json()) as { resume?: string };
      resumed.push(resume);
      return refuse(resume)
        ? HttpResponse.json({ error: 'line_gone', message: 'gone' }, { status: 409 })
        : HttpResponse.json({ sdp: 'an answer', link: 'link-1' });
    }),
  );
  return resumed;
}

function open(onCarrier: () => Promise<void> = async () => undefined) {
  const states: string[] = [];
  const carriers: string[] = [];
  const heard: string[] = [];
  const microphone = {
    track: {},
    processing: { echo_cancellation: true, noise_suppression: true, auto_gain: true },
  } as Microphone;
  const line = openVoiceLine(
    {
      sessionId: 'one',
      microphone,
      about: { transports: ['webrtc', 'websocket'], ice_servers: [] },
      muted: false,
    },
    {
      onState: (state) => states.push(state),
      onMessage: ({ type }) => heard.push(type),
      onSound: () => undefined,
      onWeak: () => undefined,
      onCarrier: ({ transport }) => {
        carriers.push(transport);
        return onCarrier();
      },
    },
  );
  return { line, states, carriers, heard };
}

beforeEach(() => {
  peers = [];
  connects = true;
  isReady = true;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('RTCPeerConnection', Peer);
  vi.stubGlobal('MediaStream', class {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a line over WebRTC', () => {
  it('stays where it is, however long its sound takes to be set up', async () => {
    const resumed = serveOffers();
    const { line, states } = open(() => new Promise((done) => setTimeout(done, 1_000)));
    await until(() => expect(states).toContain('open'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(peers).toHaveLength(1);
    expect(resumed).toHaveLength(1);
    expect(states).toEqual(['connecting', 'open']);
    line.close();
  });

  it('is opened anew when the server is never ready', async () => {
    serveOffers();
    isReady = false;
    const { line, states } = open();
    await until(() => expect(peers).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(1_000);
    isReady = true;
    await until(() => expect(peers).toHaveLength(2));
    await until(() => expect(states.at(-1)).toBe('open'));
    line.close();
  });

  it('is come back to by its name', async () => {
    const resumed = serveOffers();
    const { line, states } = open();
    await until(() => expect(states).toEqual(['connecting', 'open']));
    peers[0]?.breaks();
    await until(() => expect(states).toEqual(['connecting', 'open', 'lost', 'open']));
    expect(resumed).toEqual([undefined, 'link-1']);
    line.close();
  });

  it('is come back to when nothing is answered on it, though the browser still hopes', async () => {
    const resumed = serveOffers();
    const { line, states } = open();
    await until(() => expect(states).toEqual(['connecting', 'open']));
    await vi.advanceTimersByTimeAsync(9_000);
    const [first] = peers;
    if (first) first.isAnswered = false;
    await vi.advanceTimersByTimeAsync(3_900);
    expect(states).toEqual(['connecting', 'open']);
    await vi.advanceTimersByTimeAsync(2_200);
    await until(() => expect(states).toEqual(['connecting', 'open', 'lost', 'open']));
    expect(resumed).toEqual([undefined, 'link-1']);
    line.close();
  });

  it('is opened once, however often the network says that it is back', async () => {
    const resumed = serveOffers();
    const { line, states } = open();
    await until(() => expect(states).toEqual(['connecting', 'open']));
    let asked = 0;
    let letIn = () => {};
    const mayGoOn = new Promise<void>((done) => {
      letIn = done;
    });
    server.use(
      http.get('/api/sessions/one', async () => {
        asked += 1;
        await mayGoOn;
        return HttpResponse.json({ id: 'one' });
      }),
    );
    peers[0]?.breaks();
    await until(() => expect(asked).toBe(1));
    for (let time = 0; time < 3; time += 1) window.dispatchEvent(new Event('online'));
    letIn();
    await until(() => expect(states.at(-1)).toBe('open'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(resumed).toEqual([undefined, 'link-1']);
    expect(peers).toHaveLength(2);
    line.close();
  });

  it('is another one when the one to come back to is gone', async () => {
    const resumed = serveOffers((resume) => resume !== undefined);
    const { line, states } = open();
    await until(() => expect(states).toEqual(['connecting', 'open']));
    peers[0]?.breaks();
    await until(() => expect(states.at(-1)).toBe('open'));
    expect(resumed).toEqual([undefined, 'link-1', undefined]);
    line.close();
  });
});

it('a socket takes the place of a connection that does not come about, for good', async () => {
  const resumed = serveOffers();
  const voice = serveVoice();
  connects = false;
  const { line, states, carriers } = open();
  await until(() => expect(states).toContain('open'));
  expect(carriers).toEqual(['websocket']);
  voice.cut();
  await until(() => expect(carriers).toEqual(['websocket', 'websocket']));
  await until(() => expect(voice.said).toContainEqual(expect.objectContaining({ resume: 'link-1' })));
  expect(resumed).toHaveLength(1);
  line.close();
});

it('a line is doubled when the server asks for it', async () => {
  serveOffers();
  const voice = serveVoice();
  connects = false;
  const { line, states, heard } = open();
  await until(() => expect(states).toContain('open'));
  const frame = new Int16Array(320);
  line.frame(frame);
  await until(() => expect(voice.frames).toEqual([0]));
  voice.say({ type: 'send_twice' });
  await until(() => expect(voice.said).toContainEqual({ type: 'hello', version: 1, beside: 'link-1' }));
  line.frame(frame);
  await until(() => expect(voice.frames).toEqual([0, 1, 1]));

  // Of what is said on both the first to come counts, in order: ready was 1, send_twice was 2.
  voice.sayBeside(4, { type: 'recording', on: true });
  voice.sayBeside(3, { type: 'phase', phase: 'listening' });
  await until(() => expect(heard).toEqual(['ready', 'phase']));
  voice.say({ type: 'phase', phase: 'listening' }, { type: 'recording', on: true });
  await until(() => expect(heard).toEqual(['ready', 'phase', 'recording']));
  line.close();
  await until(() => expect(voice.open()).toBe(0));
});

it('a second socket is given up for good when sound waits to be sent', async () => {
  const voice = serveVoice();
  let waiting = 0;
  const learnt = { isNarrow: false };
  const url = 'ws://localhost:3000/api/sessions/one/voice/socket';
  const beside = openBeside(url, 'link-1', learnt, {
    waits: () => waiting,
    onMessage: () => undefined,
  });
  await until(() => expect(voice.said).toHaveLength(1));
  const frame = new Int16Array(320);
  beside.frame(0, frame);
  await until(() => expect(voice.frames).toEqual([0]));
  waiting = 20_000;
  beside.frame(1, frame);
  await until(() => expect(voice.open()).toBe(0));
  waiting = 0;
  beside.frame(2, frame);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(voice.frames).toEqual([0]);
  expect(learnt.isNarrow).toBe(true);
});
