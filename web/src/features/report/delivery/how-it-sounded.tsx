import { type Delivery, type DeliveryMoment, type Measure, useDelivery } from '@/api/delivery';
import { messageOf } from '@/api/errors';
import type { Session } from '@/api/types';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { placeOf } from '@/lib/format';
import { HearIt } from '../listen/hear-it';
import styles from './delivery.module.css';
import {
  labelOf,
  leftOutInWords,
  momentInWords,
  sourceInWords,
  usualInWords,
  valueInWords,
  whatOf,
} from './words';

/** How the person sounded, in numbers with what is usual. Practice only, and no part of a score. */
export function HowItSounded({ session }: { session: Session }) {
  const isSpoken = session.channel === 'voice';
  const { data, error, refetch } = useDelivery(session.id, isSpoken);
  if (!isSpoken || data === null) return null;
  return (
    <section className="stack" aria-labelledby="sounded-heading">
      <h2 id="sounded-heading">How you sounded</h2>
      <p className="soft">
        Numbers about your voice, for you alone. They are no mark and no part of your score: they say how it
        sounded, not how you felt or who you are. What is usual is what studies found, not what is right.
      </p>
      <div role="status">
        {data?.status === 'pending' && <p>They are being worked out, and appear here by themselves.</p>}
        {data?.status === 'not_available' && (
          <p>{data.reason ?? 'There are no numbers for this interview.'}</p>
        )}
      </div>
      {error && (
        <Notice kind="bad">
          <p>{messageOf(error)}</p>
          <Button onClick={() => void refetch()}>Try again</Button>
        </Notice>
      )}
      {data?.status === 'ready' && <Numbers delivery={data} />}
    </section>
  );
}

function Numbers({ delivery: { measures, moments } }: { delivery: Delivery }) {
  const known = measures.filter(({ value }) => value != null);
  const leftOut = measures.filter(({ value }) => value == null);
  return (
    <>
      {known.length > 0 && (
        <ul className={styles.measures}>
          {known.map((measure) => (
            <Known key={measure.key} measure={measure} value={measure.value ?? 0} />
          ))}
        </ul>
      )}
      {leftOut.length > 0 && <LeftOut measures={leftOut} />}
      <Moments moments={moments} />
    </>
  );
}

function Known({ measure, value }: { measure: Measure; value: number }) {
  const what = whatOf(measure);
  const usual = usualInWords(measure);
  return (
    <li className={styles.measure}>
      <h3 className={styles.label}>{labelOf(measure)}</h3>
      <p className={styles.value}>{valueInWords(measure, value)}</p>
      {what && <p className="soft small">{what.charAt(0).toUpperCase() + what.slice(1)}.</p>}
      {usual && <p className="small">Usual: {usual}.</p>}
      <p className="soft small">{sourceInWords(measure)}</p>
    </li>
  );
}

/** What has no number, with the reason; those with the same reason together. */
function LeftOut({ measures }: { measures: Measure[] }) {
  const byReason = new Map<string, string[]>();
  for (const measure of measures) {
    const reason = leftOutInWords(measure);
    byReason.set(reason, [...(byReason.get(reason) ?? []), labelOf(measure)]);
  }
  return (
    <div className="stack">
      <h3>Left out</h3>
      <ul className={styles.leftOut}>
        {Array.from(byReason, ([reason, labels]) => (
          <li key={reason}>
            <strong>{labels.join(', ')}:</strong> {reason}.
          </li>
        ))}
      </ul>
    </div>
  );
}

function Moments({ moments }: { moments: DeliveryMoment[] }) {
  if (moments.length === 0) return null;
  return (
    <div className="stack">
      <h3>Worth listening to again</h3>
      <ul className={styles.moments}>
        {moments.map(({ kind, from_ms, to_ms, says }) => (
          <li key={`${kind} ${from_ms}`}>
            <p>
              <strong>{momentInWords(kind)}</strong> <span className="soft">at {placeOf(from_ms)}</span>
              {says && <span className={styles.says}>{says}</span>}
            </p>
            <HearIt place={{ fromMs: from_ms, toMs: to_ms }} what={momentInWords(kind).toLowerCase()} />
          </li>
        ))}
      </ul>
    </div>
  );
}
