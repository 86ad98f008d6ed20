/** The sentences of a text, in order, without the space around them. Whole where the browser cannot tell. */
export function sentences(text: string, language: string): string[] {
  const whole = text.trim();
  if (whole === '') return [];
  const segmenter = segmenterOf(language);
  if (!segmenter) return [whole];
  return Array.from(segmenter.segment(whole), ({ segment }) => segment.trim()).filter(Boolean);
}

function segmenterOf(language: string): Intl.Segmenter | null {
  if (typeof Intl.Segmenter !== 'function') return null;
  try {
    return new Intl.Segmenter(language, { granularity: 'sentence' });
  } catch {
    // No language that the browser knows.
    return new Intl.Segmenter('en', { granularity: 'sentence' });
  }
}
