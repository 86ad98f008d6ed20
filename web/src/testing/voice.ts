import { HttpResponse, http, ws } from 'msw';
import type { VoiceAbout } from '@/api/voice';
import type { FromServer, ToServer } from '@/api/voice-wire';
import { server } from './server';

const link = ws.link('ws://localhost:3000/api/sessions/:id/voice/socket');

type Listener = Parameters<typeof link.addEventListener>[1];
type Client = Parameters<Listener>[0]['client'];

/** What a server says that hears, speaks and takes sockets. */
const ABOUT_VOICE: VoiceAbout = {
  speech_to_text: true,
  sound_leaves: false,
  hears_at_home: true,
  text_to_speech: true,
  words_leave: false,
  voices: [],
  transports: ['websocket'],
  realtime: false,
  ice_servers: [],
};

/** The voice line as the server holds it: it answers a greeting, and says what the test lets it say. */
export function serveVoice(about: Partial<VoiceAbout> = {}) {
  const lines = new Set<Client>();
  const said: ToServer[] = [];
  const frames: number[] = [];
  const asked: string[] = [];
  const corrections: { answer: string; text: string }[] = [];
  let isDown = false;
  let second: Client | null = null;
  let links = 0;
  server.use(
    http.get('/api/voice', () => HttpResponse.json({ ...ABOUT_VOICE, ...about })),
    http.put('/api/sessions/one/answers/:answer/transcript', async ({ params, request }) => {
      const { text } = (await request.json()) as { text: string };
      corrections.push({ answer: String(params.answer), text });
      return HttpResponse.json({});
    }),
    link.addEventListener('connection', ({ client }) => {
      if (isDown) return client.close();
      lines.add(client);
      asked.push(client.url.search);
      client.addEventListener('close', () => lines.delete(client));
      client.addEventListener('message', async ({ data }) => {
        if (typeof data !== 'string') {
          const bytes = data instanceof Blob ? await data.arrayBuffer() : (data as ArrayBuffer);
          frames.push(new DataView(bytes).getUint32(0, true));
          return;
        }
        const message = JSON.parse(data) as ToServer;
        said.push(message);
        if (message.type !== 'hello') return;
        if ('beside' in message) {
          second = client;
          return;
        }
        const resumed = message.resume !== undefined;
        if (!resumed) links += 1;
        client.send(JSON.stringify({ type: 'ready', link: `link-${links}`, resumed }));
      });
    }),
  );
  return {
    /** What the page has said, in order. */
    said,
    /** The numbers of the frames that came. */
    frames,
    /** What was asked for with each line that was opened. */
    asked,
    corrections,
    /** How many lines are open now. */
    open: () => lines.size,
    say: (...messages: FromServer[]) => {
      for (const line of lines) for (const message of messages) line.send(JSON.stringify(message));
    },
    /** Says on the second connection what is `number` on the first. */
    sayBeside: (number: number, message: FromServer) => second?.send(JSON.stringify({ number, message })),
    /** Every line breaks, with this code. */
    cut: (code?: number) => {
      for (const line of [...lines]) line.close(code);
      lines.clear();
    },
    /** Whether lines that are opened from now on break at once. */
    down: (now: boolean) => {
      isDown = now;
    },
  };
}
