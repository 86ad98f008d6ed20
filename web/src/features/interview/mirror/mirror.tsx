import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { clock, percent } from '@/lib/format';
import styles from './mirror.module.css';
import { type Reflection, reflectionOf, type Seen } from './seen';
import { type MirrorTrouble, useMirror } from './use-mirror';

const TROUBLE: Record<MirrorTrouble, string> = {
  refused:
    'The camera is not allowed for this page. Allow it beside the address, then open the mirror again.',
  none: 'No camera was found. The interview needs none.',
  broken: 'The mirror does not work in this browser, or the camera is gone. The interview needs neither.',
};

/** The person’s own picture, and what it shows, for nobody else. */
export function Mirror({ onClose }: { onClose: () => void }) {
  const { state, trouble, seen, video, forget } = useMirror();
  const reflection = reflectionOf(seen);
  return (
    <>
      {trouble && <Notice kind="bad">{TROUBLE[trouble]}</Notice>}
      {!trouble && (
        <>
          <video ref={video} className={styles.picture} muted playsInline aria-label="You, as in a mirror" />
          <p className="small">{state === 'opening' ? 'Opening the mirror …' : now(seen.at(-1))}</p>
        </>
      )}
      {reflection && <Past reflection={reflection} />}
      <div className="row">
        <Button onClick={onClose}>Close the mirror</Button>
        {reflection && (
          <Button look="quiet" onClick={forget}>
            Forget what was seen
          </Button>
        )}
      </div>
      <p className="soft small">Only you see this. No picture and no number leaves this device.</p>
    </>
  );
}

function now(seen: Seen | undefined): string {
  if (!seen?.face) return 'No face in the picture.';
  const { towards, roll } = seen.face;
  const tilt = Math.abs(roll) > 12 ? ', head tilted' : '';
  return `${towards ? 'You look towards the screen' : 'You look away from the screen'}${tilt}.`;
}

function Past({ reflection }: { reflection: Reflection }) {
  const { ms, present, towards, turning, expressions, spells, parts } = reflection;
  return (
    <div className={styles.past}>
      <h3>The last {clock(ms)}</h3>
      <dl className={styles.numbers}>
        <div>
          <dt>In the picture</dt>
          <dd>{percent(present)}</dd>
        </div>
        <div>
          <dt>Towards the screen</dt>
          <dd>{towards === null ? 'too little seen' : percent(towards)}</dd>
        </div>
        <div>
          <dt>Head turns by about</dt>
          <dd>{turning === null ? 'too little seen' : `${Math.round(turning)}°`}</dd>
        </div>
      </dl>
      <div className={styles.strip} aria-hidden>
        {parts.map((part, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts are places in time
            key={at}
            ref={(node) => {
              node?.style.setProperty('--present', String(part.present));
              node?.style.setProperty('--towards', String(part.towards));
            }}
          />
        ))}
      </div>
      {expressions.length > 0 && (
        <details>
          <summary>What a small model takes your face for</summary>
          <p className="soft small">It is often wrong, and it knows nothing of what you feel.</p>
          <p className="small">
            {expressions
              .slice(0, 3)
              .map(({ expression, share }) => `${expression} ${percent(share)}`)
              .join(' · ')}
          </p>
          <ol className={styles.spells}>
            {spells.slice(-12).map(({ expression, fromMs, ms: length }) => (
              <li key={fromMs}>
                {clock(fromMs)} {expression}, {Math.round(length / 1000)} s
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}
