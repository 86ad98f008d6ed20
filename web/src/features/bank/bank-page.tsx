import { useTitle } from '@/lib/use-title';
import styles from './bank.module.css';
import { CalibrationCard } from './calibration-card';
import { Curators } from './curators';
import { ExchangeCard } from './exchange-card';
import { QuestionList } from './question-list';

/** The question bank, for those who look after it. */
export function BankPage() {
  useTitle('Question bank');
  return (
    <div className={`page ${styles.page}`}>
      <header className="stack">
        <h1>Question bank</h1>
        <p className={styles.measure}>
          What ships stays as it is. Questions that are added here are checked like those, and asked beside
          them from the moment they are stored.
        </p>
      </header>
      <Curators>
        <QuestionList />
        <CalibrationCard />
        <ExchangeCard />
      </Curators>
    </div>
  );
}
