import { useMutation } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { Link } from 'react-router';
import { messageOf } from '@/api/errors';
import { noRecording, recordingPath } from '@/api/recording';
import type { Report } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { KeepRecording } from '@/components/recording/keep-recording';
import { useDeleteRecording } from '@/components/recording/use-delete-recording';
import { Skeleton } from '@/components/skeleton';
import { download } from '@/lib/download';
import { canPlayRecordings } from '@/lib/sound/playback';
import { Dock } from './dock';
import styles from './listen.module.css';
import { type Listening, useRecordingState } from './listening';
import { Player } from './player';

/** The sound of a spoken interview, or why there is none. */
export function Listen({ report }: { report: Report }) {
  const section = useRef<HTMLElement>(null);
  const { listening, query } = useRecordingState();
  const deletion = useDeleteRecording(report.session.id);
  const why = noRecording(query.error);
  if (report.session.channel !== 'voice' || why === 'not_offered') return null;
  const begin = () => {
    listening?.playback.pause();
    deletion.begin();
  };
  return (
    <>
      <section
        ref={section}
        id="recording"
        tabIndex={-1}
        className={styles.section}
        aria-labelledby="listen-heading"
      >
        <h2 id="listen-heading">Listen again</h2>
        {query.isPending && <Skeleton label="Fetching the recording" lines={4} />}
        {query.isError && why === null && (
          <Notice kind="bad">
            <p>{messageOf(query.error)}</p>
            <Button onClick={() => void query.refetch()}>Try again</Button>
          </Notice>
        )}
        {deletion.failure !== null && (
          <Notice kind="bad">{deletion.failure} The recording is still there.</Notice>
        )}
        {deletion.state === 'going' && <KeepRecording onKeep={deletion.undo} />}
        {why && deletion.state !== 'gone' && <Nothing why={why} />}
        {deletion.state === 'gone' && <Nothing why="deleted" />}
        {listening && deletion.state === 'kept' && (
          <Kept report={report} listening={listening} onDelete={begin} />
        )}
      </section>
      {listening && deletion.state === 'kept' && (
        <Dock listening={listening} answers={report.answers} player={section} />
      )}
    </>
  );
}

type KeptProps = { report: Report; listening: Listening; onDelete: () => void };

function Kept({ report, listening, onDelete }: KeptProps) {
  const { session, answers } = report;
  const fetchFile = useMutation({
    mutationFn: () => download(recordingPath(session.id), 'interview.ogg'),
  });
  return (
    <>
      <p className="soft">
        The interviewer is drawn above, you below. Choose a place, or click a question or an answer further
        down to hear it. Only you can listen, and nothing is judged by it.
      </p>
      {!canPlayRecordings() && (
        <Notice kind="doubt">
          This browser does not play Ogg Opus. Download the recording, or open this page in Firefox, Chrome,
          Edge or Safari 18.4 and later.
        </Notice>
      )}
      <Player listening={listening} answers={answers}>
        <span className={styles.apart}>
          <Button look="quiet" busy={fetchFile.isPending} onClick={() => fetchFile.mutate()}>
            <Download aria-hidden size={17} />
            Download
          </Button>
          <Button look="quiet" className={styles.delete} onClick={onDelete}>
            <Trash2 aria-hidden size={17} />
            Delete the recording
          </Button>
        </span>
      </Player>
      {fetchFile.isError && <Notice kind="bad">{messageOf(fetchFile.error)}</Notice>}
    </>
  );
}

const WHY = {
  none: 'There is no recording of this interview. The sound is kept only for those who agreed to that before they spoke, until they delete it or its time is over. The words are all there is.',
  pending:
    'The recording is put away when the interview is over, which takes some seconds. It appears here by itself.',
  deleted: 'The recording is deleted. The words, and what was made of them, stay.',
};

function Nothing({ why }: { why: keyof typeof WHY }) {
  return (
    <div role="status" className="stack">
      <p>{WHY[why]}</p>
      {why === 'none' && (
        <p>
          You can agree when you <Link to="/prepare">set up the next one</Link>, or under{' '}
          <Link to="/privacy#consents">Privacy</Link>.
        </p>
      )}
    </div>
  );
}
