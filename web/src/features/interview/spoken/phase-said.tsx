import { useEffect, useState } from 'react';

/** A state that passes sooner is not worth a word. */
const WORTH_A_WORD_MS = 700;

/** Tells screen readers whose turn it is, once it has lasted. What is heard anyway is not told. */
export function PhaseSaid({ words }: { words: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), WORTH_A_WORD_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}
