import { offerVoice } from '../voice';
import { readMessage } from '../voice-wire';
import type { Carrier, CarrierHandlers } from './carrier';

/** A connection that is not there by then will not come: a network lets nothing of the kind through. */
const CONNECTED_WITHIN_MS = 2_500;
/** A broken connection may mend itself; after this long it is given up. */
const MENDS_WITHIN_MS = 1_000;
const STATS_EVERY_MS = 2_000;
/** Reports in a row to which nothing has come back: it is gone. Firefox says so after up to eleven seconds only. */
const UNANSWERED_REPORTS = 2;

type PeerOptions = {
  sessionId: string;
  track: MediaStreamTrack;
  iceServers: RTCIceServer[];
  /** The line to come back to. */
  resume?: string | undefined;
  voice?: string | null | undefined;
  realtime?: boolean | undefined;
};

/** Sound by WebRTC, control by its data channel. Throws when it does not come about. */
export async function openPeer(
  { sessionId, track, iceServers, resume, voice, realtime }: PeerOptions,
  handlers: CarrierHandlers,
): Promise<Carrier> {
  const peer = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
  try {
    const channel = peer.createDataChannel('greenroom');
    const connected = connection(peer, channel);
    // Attached before the answer comes, so that no track is missed.
    const heard = remoteStream(peer);
    peer.addTransceiver(track, { direction: 'sendrecv' });
    await peer.setLocalDescription();
    // At once and without candidates of ours: the server sees where we come from.
    const offer = peer.localDescription?.sdp ?? '';
    const { sdp } = await offerVoice(sessionId, {
      sdp: offer,
      ...(resume && { resume }),
      ...(voice && { voice }),
      ...(realtime && { realtime }),
    });
    await peer.setRemoteDescription({ type: 'answer', sdp });
    await connected();
    return carrierOf(peer, channel, heard, handlers);
  } catch (error) {
    peer.close();
    throw error;
  }
}

/** Waits until the channel is open; the time runs from the call. */
function connection(peer: RTCPeerConnection, channel: RTCDataChannel) {
  return () =>
    new Promise<void>((resolve, reject) => {
      if (channel.readyState === 'open') return resolve();
      const late = setTimeout(() => reject(new Error('not connected in time')), CONNECTED_WITHIN_MS);
      channel.onopen = () => {
        clearTimeout(late);
        resolve();
      };
      peer.onconnectionstatechange = () => {
        if (peer.connectionState === 'failed') reject(new Error('the connection failed'));
      };
    });
}

function remoteStream(peer: RTCPeerConnection): MediaStream {
  const stream = new MediaStream();
  peer.ontrack = ({ track }) => stream.addTrack(track);
  return stream;
}

function carrierOf(
  peer: RTCPeerConnection,
  channel: RTCDataChannel,
  stream: MediaStream,
  handlers: CarrierHandlers,
): Carrier {
  let over = false;
  let mending: ReturnType<typeof setTimeout> | undefined;
  let received: number | null = null;
  let unanswered = 0;
  const stats = setInterval(() => void report(), STATS_EVERY_MS);
  const close = () => {
    over = true;
    clearTimeout(mending);
    clearInterval(stats);
    peer.close();
  };
  const lose = () => {
    if (over) return;
    close();
    handlers.onLost();
  };
  const send: Carrier['send'] = (message) => {
    if (channel.readyState === 'open') channel.send(JSON.stringify(message));
  };
  const report = async () => {
    const found = await peer.getStats();
    const quality = qualityOf(found);
    if (!quality || over) return;
    // The far end confirms each report, so something comes even while nobody speaks.
    const before = received;
    received = receivedBy(found);
    unanswered = received !== null && received === before ? unanswered + 1 : 0;
    if (unanswered === UNANSWERED_REPORTS) lose();
    else send({ type: 'stats', ...quality });
  };
  peer.onconnectionstatechange = () => {
    clearTimeout(mending);
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') lose();
    else if (peer.connectionState === 'disconnected') {
      handlers.onWeak(true);
      mending = setTimeout(lose, MENDS_WITHIN_MS);
    } else handlers.onWeak(false);
  };
  channel.onclose = lose;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = typeof data === 'string' ? readMessage(data) : null;
    if (message) handlers.onMessage(message);
  };
  return { transport: 'webrtc', send, stream, close };
}

/** Bytes that came on the way that is used; null where the browser does not count them. */
function receivedBy(stats: RTCStatsReport): number | null {
  const ways = [...stats.values()].filter(({ type, nominated }) => type === 'candidate-pair' && nominated);
  const counts = ways.map((way): unknown => way.bytesReceived).filter((count) => typeof count === 'number');
  return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : null;
}

/** What the browser measured of both ways; null before it has. */
function qualityOf(stats: RTCStatsReport): { rtt_ms: number; jitter_ms: number; loss: number } | null {
  let rtt: number | null = null;
  let jitter = 0;
  let loss = 0;
  for (const entry of stats.values()) {
    if (entry.type === 'candidate-pair' && entry.nominated) rtt = entry.currentRoundTripTime ?? rtt;
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
      jitter = entry.jitter ?? 0;
      const all = (entry.packetsLost ?? 0) + (entry.packetsReceived ?? 0);
      loss = Math.max(loss, all > 0 ? Math.max(0, entry.packetsLost ?? 0) / all : 0);
    }
    if (entry.type === 'remote-inbound-rtp') loss = Math.max(loss, entry.fractionLost ?? 0);
  }
  return rtt === null ? null : { rtt_ms: Math.round(rtt * 1000), jitter_ms: Math.round(jitter * 1000), loss };
}
