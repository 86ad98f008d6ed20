import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { Select, TextArea, TextField } from '@/components/field';
import styles from './bank.module.css';
import type { FieldsProps } from './question-form';

const MOST_POINTS = 5;
const MOST_FOLLOW_UPS = 3;

/** Key points and follow-ups. */
export function FormLists({ entry: { question }, change, fault }: FieldsProps) {
  const { key_points, follow_ups = [] } = question;
  const setPoint = (at: number, part: Partial<(typeof key_points)[number]>) =>
    change({ key_points: key_points.map((point, index) => (index === at ? { ...point, ...part } : point)) });
  const setFollowUp = (at: number, part: Partial<(typeof follow_ups)[number]>) =>
    change({ follow_ups: follow_ups.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <>
      <Group legend="Key points" hint="What a full answer says: three to five." error={fault('key_points')}>
        {key_points.map((point, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is what a key point is known by
          <div key={at} className={styles.item}>
            <TextField
              label={`Key point ${at + 1}, in a few words`}
              value={point.point}
              onChange={(event) => setPoint(at, { point: event.target.value })}
            />
            <TextArea
              label={`The sentence of a good answer ${at + 1}`}
              rows={2}
              value={point.says}
              onChange={(event) => setPoint(at, { says: event.target.value })}
            />
            <Select
              label={`Weight ${at + 1}`}
              value={point.weight}
              onChange={(event) => setPoint(at, { weight: Number(event.target.value) })}
            >
              <option value={1}>Nice to have</option>
              <option value={2}>Expected</option>
              <option value={3}>Essential</option>
            </Select>
          </div>
        ))}
        {key_points.length < MOST_POINTS && (
          <div className="row">
            <Button
              onClick={() => change({ key_points: [...key_points, { point: '', says: '', weight: 2 }] })}
            >
              Another key point
            </Button>
          </div>
        )}
      </Group>
      <Group legend="Follow-ups" hint="Two or three; an empty one is left out." error={fault('follow_ups')}>
        {follow_ups.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is what a follow-up is known by
          <div key={at} className={styles.item}>
            <TextField
              label={`Follow-up ${at + 1}`}
              value={one.text}
              onChange={(event) => setFollowUp(at, { text: event.target.value })}
            />
            <Select
              label={`Follow-up ${at + 1} digs for`}
              value={one.asks_for}
              onChange={(event) => setFollowUp(at, { asks_for: Number(event.target.value) })}
            >
              <option value={0}>Any answer</option>
              {key_points.map(({ point }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a key point is known by its number
                <option key={index} value={index + 1}>
                  {index + 1}: {point || 'key point'}
                </option>
              ))}
            </Select>
          </div>
        ))}
        {follow_ups.length < MOST_FOLLOW_UPS && (
          <div className="row">
            <Button onClick={() => change({ follow_ups: [...follow_ups, { asks_for: 0, text: '' }] })}>
              Another follow-up
            </Button>
          </div>
        )}
      </Group>
    </>
  );
}

type GroupProps = { legend: string; hint: string; error: string | undefined; children: ReactNode };

function Group({ legend, hint, error, children }: GroupProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      <p className="soft small">{hint}</p>
      {error && (
        <p className={styles.fault} role="alert">
          <CircleAlert aria-hidden size={15} /> {error}
        </p>
      )}
      {children}
    </fieldset>
  );
}
