import { useQuery } from '@tanstack/react-query';
import { request } from './client';
import { ApiError } from './errors';
import type { Submission } from './types';

/** A voice that the interviewer can have. */
export type Voice = { id: string; name: string; language: string | null };

/** What this server can hear and say. */
export type VoiceAbout = {
  speech_to_text: boolean;
  /** Whether the sound of answers goes to another company for it. */
  sound_leaves: boolean;
  text_to_speech: boolean;
  voices: Voice[];
  transports: ('webrtc' | 'websocket')[];
  ice_servers: RTCIceServer[];
};

const NO_VOICE: VoiceAbout = {
  speech_to_text: false,
  sound_leaves: false,
  text_to_speech: false,
  voices: [],
  transports: [],
  ice_servers: [],
};

async function fetchVoiceAbout(): Promise<VoiceAbout> {
  try {
    return { ...NO_VOICE, ...(await request<Partial<VoiceAbout>>('/api/voice')) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return NO_VOICE;
    throw error;
  }
}

/** What this server can hear and say; asked for anew with each page that needs it, since engines come and go. */
export function useVoice(enabled = true) {
  return useQuery({ queryKey: ['voice'], queryFn: fetchVoiceAbout, enabled, staleTime: 60_000 });
}

/** What the server heard of a sentence that was said to try the microphone. Nothing of it is kept. */
type Checked = {
  /** Null when no engine could say. */
  text: string | null;
};

export const checkSound = (wav: Blob, language: string) =>
  request<Checked>(`/api/voice/check?language=${encodeURIComponent(language)}`, {
    method: 'POST',
    body: wav,
  });

/** Offers a connection; the answer comes in one piece. */
export const offerVoice = (sessionId: string, sdp: string) =>
  request<{ sdp: string; link: string }>(`/api/sessions/${sessionId}/voice/offer`, {
    method: 'POST',
    body: { sdp },
  });

/** Puts right what was misheard in an answer, before it is judged. What was heard is kept beside it. */
export const correctTranscript = (sessionId: string, responseId: string, text: string) =>
  request<Submission>(`/api/sessions/${sessionId}/answers/${responseId}/transcript`, {
    method: 'PUT',
    body: { text },
  });
