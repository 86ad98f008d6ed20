import type { Moment } from '@/api/recording';
import type { Question, ReportAnswer, Submission } from '@/api/types';

export type Place = { fromMs: number; toMs: number };

/** A piece of an answer with the space behind it, and where it sounds; null where that is not known. */
export type Phrase = { text: string; space: string; start: number; place: Place | null };

const placeOf = ({ from_ms, to_ms }: Moment): Place => ({ fromMs: from_ms, toMs: to_ms });

/** Where a question was asked for the first time. */
export function placeOfQuestion(moments: Moment[], { id }: Pick<Question, 'id'>): Place | null {
  const moment = moments.find(({ kind, question_id }) => kind === 'question' && question_id === id);
  return moment ? placeOf(moment) : null;
}

/** Where an answer sounds, from its first word to its last, also when it was given in parts. */
export function placeOfAnswer(moments: Moment[], { id }: Pick<Submission, 'id'>): Place | null {
  const parts = moments.filter(({ kind, response_id }) => kind === 'answer' && response_id === id);
  const [first] = parts;
  if (!first) return null;
  return { fromMs: first.from_ms, toMs: Math.max(...parts.map(({ to_ms }) => to_ms)) };
}

/** What sounds at a time: who began last and has not ended. */
export function soundingAt(moments: Moment[], atMs: number): Moment | null {
  const spoken = moments.filter(({ kind }) => kind !== 'interruption');
  return spoken.findLast(({ from_ms, to_ms }) => from_ms <= atMs && atMs < to_ms) ?? null;
}

/** Which entry of the report a moment belongs to, from 0; null when it is none's. */
export function entryOf(answers: ReportAnswer[], { question_id, response_id }: Moment): number | null {
  const at = answers.findIndex(
    ({ question, response }) =>
      question.id === question_id || (response != null && response.id === response_id),
  );
  return at < 0 ? null : at;
}

/** Words of a piece at most, where an engine writes no full stops. */
const LONGEST_WORDS = 16;
/** A pause that ends a piece of a few words, ms. */
const PAUSE_MS = 400;
const FEW_WORDS = 5;

type Word = NonNullable<Submission['spoken']>['words'][number];
type Piece = { text: string; word: number };

/**
 * An answer in pieces that can be heard each by itself: sentences, and long ones by their pauses. Together they are the
 * whole text; their places are those of their first words.
 */
export function phrasesOf({ content, spoken }: Submission, place: Place | null, language: string): Phrase[] {
  const words = spoken?.words ?? [];
  if (!spoken || !place || words.length === 0) return [{ text: content, space: '', start: 0, place }];
  const pieces = sentencesOf(content, language, wordFinder(content, words)).flatMap((sentence) =>
    cutAtPauses(sentence, words),
  );
  const fromMs = ({ word }: Piece) =>
    place.fromMs + Math.max(0, (words[word]?.from_ms ?? spoken.from_ms) - spoken.from_ms);
  let start = 0;
  return pieces.map((piece, at) => {
    const begins = start;
    start += Array.from(piece.text).length;
    const text = piece.text.trimEnd();
    const next = pieces[at + 1];
    return {
      text,
      space: piece.text.slice(text.length),
      start: begins,
      place: { fromMs: fromMs(piece), toMs: next ? fromMs(next) : place.toMs },
    };
  });
}

const tokensOf = (text: string) => text.match(/\s*\S+\s*/gu) ?? [];

/**
 * Which heard word stands where a piece of the text begins, `before` being all in front of it. A corrected answer has
 * other words than were heard, and some languages have no spaces: then it goes by the share of letters, nearly.
 */
function wordFinder(content: string, words: Word[]): (before: string) => number {
  if (tokensOf(content).length === words.length) {
    return (before) => Math.min(tokensOf(before).length, words.length - 1);
  }
  const letters = (text: string) => text.replace(/[\s\p{P}\p{S}]/gu, '').length;
  const all = Math.max(1, letters(content));
  const heard = words.reduce((sum, { text }) => sum + letters(text), 0);
  return (before) => {
    const wanted = Math.round((letters(before) / all) * heard);
    let passed = 0;
    const at = words.findIndex(({ text }) => {
      passed += letters(text);
      return passed > wanted;
    });
    return at < 0 ? words.length - 1 : at;
  };
}

function sentencesOf(content: string, language: string, wordAt: (before: string) => number): Piece[] {
  if (typeof Intl.Segmenter !== 'function') return [{ text: content, word: 0 }];
  const segments = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(content);
  return Array.from(segments, ({ segment, index }) => ({
    text: segment,
    word: wordAt(content.slice(0, index)),
  }));
}

function cutAtPauses({ text, word }: Piece, words: Word[]): Piece[] {
  const tokens = tokensOf(text);
  if (tokens.length <= LONGEST_WORDS) return [{ text, word }];
  const pieces: (Piece & { count: number })[] = [];
  tokens.forEach((token, at) => {
    const last = pieces.at(-1);
    const pause = (words[word + at]?.from_ms ?? 0) - (words[word + at - 1]?.to_ms ?? 0);
    const isOver = last && (last.count >= LONGEST_WORDS || (last.count >= FEW_WORDS && pause >= PAUSE_MS));
    if (!last || isOver) pieces.push({ text: token, word: Math.min(word + at, words.length - 1), count: 1 });
    else {
      last.text += token;
      last.count += 1;
    }
  });
  return pieces;
}
