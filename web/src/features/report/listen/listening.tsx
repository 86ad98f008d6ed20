import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { noRecording, type Recording, recordingKey, recordingPath, useRecording } from '@/api/recording';
import type { Report } from '@/api/types';
import { openPlayback, type Playback, type PlaybackNow } from '@/lib/sound/playback';
import { placeOfAnswer } from './places';

/** What there is to listen to, and the one player of the page. */
export type Listening = { recording: Recording; playback: Playback };

type State = { listening: Listening | null; query: ReturnType<typeof useRecording> };

const Context = createContext<State | null>(null);

/** Bars that can still be told apart on a phone, and on a wide screen. */
const HEIGHTS = { narrow: 100, wide: 260 };

/** Gives the pages's parts one player of the interview's sound; nothing is fetched of a written interview. */
export function ListeningProvider({ report, children }: { report: Report; children: ReactNode }) {
  const { id, channel } = report.session;
  const queries = useQueryClient();
  const [heights] = useState(() =>
    window.matchMedia?.('(min-width: 48rem)').matches ? HEIGHTS.wide : HEIGHTS.narrow,
  );
  const query = useRecording(id, heights, channel === 'voice', (recording) => isPart(report, recording));
  // What is gone cannot be listened to, whatever was known of it before.
  const recording = query.error && noRecording(query.error) ? undefined : query.data;
  const duration = recording?.duration_ms;
  const playback = useMemo(
    () =>
      duration === undefined
        ? null
        : openPlayback(recordingPath(id), duration, () =>
            queries.refetchQueries({ queryKey: recordingKey(id) }, { throwOnError: true }),
          ),
    [id, duration, queries],
  );
  useEffect(() => () => playback?.close(), [playback]);
  const listening = useMemo(
    () => (recording && playback ? { recording, playback } : null),
    [recording, playback],
  );
  return <Context value={{ listening, query }}>{children}</Context>;
}

/** A line is put away some seconds after it has ended, the one of a broken connection before the others. */
const PUT_AWAY_MS = 60_000;

/** Whether an answer that was spoken is not in the recording yet, though it may come. */
function isPart({ session, answers }: Report, { moments }: Recording): boolean {
  const isFresh = session.ended_at != null && Date.now() - Date.parse(session.ended_at) < PUT_AWAY_MS;
  return (
    isFresh && answers.some(({ response }) => response?.spoken && placeOfAnswer(moments, response) === null)
  );
}

/** How the recording stands; for the section that is about it. */
export function useRecordingState(): State {
  const state = useContext(Context);
  if (!state) throw new Error('inside of ListeningProvider');
  return state;
}

/** Null where there is nothing to listen to, also outside of a provider. */
export const useListening = () => useContext(Context)?.listening ?? null;

/** A part of how the player stands; `select` gives something that compares by value. */
export function usePlaybackNow<T extends string | number | boolean | null>(
  playback: Playback,
  select: (now: PlaybackNow) => T,
): T {
  return useSyncExternalStore(playback.subscribe, () => select(playback.now()));
}

/** Whether somebody listens at this moment, or waits for the sound. */
export const isGoing = ({ standing }: PlaybackNow) => standing === 'playing' || standing === 'waiting';
