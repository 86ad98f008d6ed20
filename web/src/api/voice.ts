import { useQuery } from '@tanstack/react-query';
import { fetchResponse, request } from './client';
import { ApiError } from './errors';
import type { components } from './schema';
import type { Submission } from './types';

type Schemas = components['schemas'];

/** What this server can hear and say, as far as the page makes use of it. */
export type VoiceAbout = Pick<
  Schemas['VoiceBody'],
  | 'speech_to_text'
  | 'sound_leaves'
  | 'hears_at_home'
  | 'text_to_speech'
  | 'words_leave'
  | 'voices'
  | 'transports'
  | 'realtime'
> & { ice_servers: RTCIceServer[] };

const NO_VOICE: VoiceAbout = {
  speech_to_text: false,
  sound_leaves: false,
  hears_at_home: false,
  text_to_speech: false,
  words_leave: false,
  voices: [],
  transports: [],
  realtime: false,
  ice_servers: [],
};

async function fetchVoiceAbout(): Promise<VoiceAbout> {
  try {
    const about = await request<Schemas['VoiceBody']>('/api/voice');
    return { ...about, ice_servers: about.ice_servers.map(iceServer) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return NO_VOICE;
    throw error;
  }
}

/** As browsers take it: no name is not null. */
function iceServer({ urls, username, credential }: Schemas['IceServer']): RTCIceServer {
  return { urls, ...(username && { username }), ...(credential && { credential }) };
}

/** What this server can hear and say; asked for anew with each page that needs it, since engines come and go. */
export function useVoice(enabled = true) {
  return useQuery({ queryKey: ['voice'], queryFn: fetchVoiceAbout, enabled, staleTime: 60_000 });
}

/** What the server heard of a sentence that was said to try the microphone. Nothing of it is kept. */
export const checkSound = (wav: Blob, language: string) =>
  request<Schemas['CheckBody']>(`/api/voice/check?language=${encodeURIComponent(language)}`, {
    method: 'POST',
    body: wav,
  });

/** A sentence in a voice that the interviewer can have. */
export async function fetchVoiceSample(voice: string, language: string): Promise<Blob> {
  const query = new URLSearchParams({ voice, language });
  return (await fetchResponse(`/api/voice/sample?${query}`)).blob();
}

/** Offers a connection, to the line that the page had before if it had one; the answer comes in one piece. */
export const offerVoice = (sessionId: string, offer: Schemas['OfferBody']) =>
  request<Schemas['OfferedBody']>(`/api/sessions/${sessionId}/voice/offer`, { method: 'POST', body: offer });

/** Puts right what was misheard in an answer, before it is judged. What was heard is kept beside it. */
/** Refused when the answer has other words by now than `instead_of`. */
export const correctTranscript = (sessionId: string, responseId: string, text: string, instead_of?: string) =>
  request<Submission>(`/api/sessions/${sessionId}/answers/${responseId}/transcript`, {
    method: 'PUT',
    body: { text, ...(instead_of !== undefined && { instead_of }) } satisfies Schemas['CorrectionBody'],
  });
