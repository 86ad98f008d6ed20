import { CircleCheck, CircleX } from 'lucide-react';
import { Notice } from '@/components/notice';
import styles from './settings.module.css';
import { outcomeOf, PARTS, type Trial } from './use-trial';

/** The trial as it goes: a bar, then what was seen, each as pass or fail in words. */
export function TrialReport({ trial, name }: { trial: Trial; name: string }) {
  const { done, running, findings, failure } = trial;
  return (
    <section className={styles.trial} aria-label={`Test of ${name}`}>
      {running && <progress value={done} max={PARTS.length} aria-label="Parts of the test that are done" />}
      <p role="status" className="small">
        {running
          ? `Part ${done + 1} of ${PARTS.length}. ${PARTS[done]?.doing}.`
          : failure === null && outcomeOf(trial)}
      </p>
      {findings.length > 0 && (
        <ul className={styles.findings}>
          {findings.map(({ what, passed, words }) => (
            <li key={what} className={passed ? styles.pass : styles.fail}>
              {passed ? <CircleCheck aria-hidden size={18} /> : <CircleX aria-hidden size={18} />}
              <p>
                <strong>
                  {passed ? 'Pass' : 'Fail'}: {what}.
                </strong>{' '}
                {sentence(words)}
              </p>
            </li>
          ))}
        </ul>
      )}
      {failure !== null && <Notice kind="bad">{outcomeOf(trial)}</Notice>}
    </section>
  );
}

function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}
