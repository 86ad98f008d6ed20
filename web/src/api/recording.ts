import { useQuery } from '@tanstack/react-query';
import { request } from './client';
import { ApiError } from './errors';
import type { components } from './schema';

type Schemas = components['schemas'];

/** Where something sounds, ms of the recording. */
export type Moment = Schemas['RecordingMomentBody'];

/** What is known of a recording without its sound. */
export type Recording = Schemas['RecordingPeaksBody'];

/** Why there is nothing to listen to, where that is no failure. */
type NoRecording = 'none' | 'pending' | 'not_offered';

/** How often it is asked for a recording that is being put away, ms. */
const PENDING_POLL_MS = 1_000;

const BY_CODE: Record<string, NoRecording> = {
  recording_not_found: 'none',
  recording_not_ready: 'pending',
};

export const recordingKey = (id: string) => ['recording', id] as const;

/** The sound of both sides, for a player or a file. */
export const recordingPath = (id: string) => `/api/sessions/${id}/recording`;

/** Null when it is a failure and may pass. */
export function noRecording(error: unknown): NoRecording | null {
  if (!(error instanceof ApiError)) return null;
  return BY_CODE[error.code] ?? (error.status === 404 ? 'not_offered' : null);
}

/**
 * What is to be heard of an interview, drawn in so many heights; asked for again while it is being put away, or more of
 * it is still to come (`isPart`).
 */
export function useRecording(
  id: string,
  heights: number,
  enabled: boolean,
  isPart: (recording: Recording) => boolean = () => false,
) {
  return useQuery({
    queryKey: [...recordingKey(id), heights],
    queryFn: () => request<Recording>(`${recordingPath(id)}/peaks?width=${heights}`),
    enabled,
    refetchInterval: ({ state: { error, data } }) => {
      const isAwaited = error ? noRecording(error) === 'pending' : data !== undefined && isPart(data);
      return isAwaited ? PENDING_POLL_MS : false;
    },
  });
}

/** Deletes the sound; that it is gone already is as good. `keepalive` lets it outlive the page. */
export async function deleteRecording(id: string, keepalive = false): Promise<void> {
  try {
    await request<void>(recordingPath(id), { method: 'DELETE', keepalive });
  } catch (error) {
    if (!(error instanceof ApiError) || ![404, 410].includes(error.status)) throw error;
  }
}
