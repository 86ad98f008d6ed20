import type { AbilityBand } from '@/api/types';
import { plural, words } from '@/lib/format';
import styles from './levels.module.css';

const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;
type Level = (typeof LEVELS)[number];
type Known = { low: Level; high: Level; likely: Level };

/** How able, by competency: a band of levels in words, with how sure it is. Never a number. */
export function Levels({ abilities }: { abilities: AbilityBand[] }) {
  if (abilities.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="levels-heading">
      <h2 id="levels-heading">Your level</h2>
      <p className="soft">
        An estimate from the answers that could be scored and how hard their questions were. The band is where
        your level most probably is; more answers make it narrower, also those of your earlier practice
        interviews, which count less the longer ago they were.
      </p>
      <ul className={styles.levels}>
        {abilities.map((band) => (
          <Band key={band.competency} band={band} />
        ))}
      </ul>
    </section>
  );
}

function Band({ band }: { band: AbilityBand }) {
  const known = knownOf(band);
  return (
    <li className={styles.level}>
      <strong>{band.label}</strong>
      {known && <Scale known={known} />}
      <p className={known ? undefined : 'soft'}>{inWords(band, known)}</p>
    </li>
  );
}

function Scale({ known }: { known: Known }) {
  const place = (level: Level) => LEVELS.indexOf(level);
  const mark = (level: Level) => {
    if (place(level) < place(known.low) || place(level) > place(known.high)) return 'out';
    return level === known.likely ? 'likely' : 'in';
  };
  return (
    <span className={styles.scale} aria-hidden>
      {LEVELS.map((level) => (
        <span key={level} className={styles.step}>
          <span className={styles.bar} data-mark={mark(level)} />
          <span className={styles.name}>{words(level)}</span>
        </span>
      ))}
    </span>
  );
}

function knownOf({ level_low, level_high, level_likely }: AbilityBand): Known | null {
  if (level_low == null || level_high == null || level_likely == null) return null;
  return { low: level_low, high: level_high, likely: level_likely };
}

const CERTAINTY: Record<AbilityBand['certainty'], string> = {
  not_yet_known: 'not yet known',
  uncertain: 'still uncertain',
  fairly_sure: 'fairly sure',
  sure: 'sure',
};

function inWords({ answers, interviews, certainty }: AbilityBand, known: Known | null): string {
  if (known === null) {
    return answers === 0
      ? 'Not yet known: no answer about it was scored.'
      : `Not yet known: ${plural(answers, 'scored answer')} ${answers === 1 ? 'is' : 'are'} too little to tell.`;
  }
  const { low, high, likely } = known;
  const span = low === high ? words(likely) : `Between ${low} and ${high}, most likely ${likely}`;
  const over = interviews > 1 ? ` in ${interviews} interviews` : '';
  return `${span}; ${plural(answers, 'answer')}${over}, ${CERTAINTY[certainty]}.`;
}
