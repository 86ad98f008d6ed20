import { Link, useNavigate } from 'react-router';
import { useTitle } from '@/lib/use-title';
import styles from './bank.module.css';
import { Curators } from './curators';
import { QuestionForm } from './question-form';

/** A question that is to join the bank. */
export function NewQuestionPage() {
  useTitle('Add a question');
  const navigate = useNavigate();
  return (
    <div className={`page narrow ${styles.page}`}>
      <p className="small">
        <Link to="/bank">Question bank</Link>
      </p>
      <h1>Add a question</h1>
      <Curators>
        <QuestionForm
          onDone={(_, id) => void navigate(`/bank/${encodeURIComponent(id)}`)}
          onCancel={() => void navigate('/bank')}
        />
      </Curators>
    </div>
  );
}
