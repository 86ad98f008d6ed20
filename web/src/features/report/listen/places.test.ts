import { describe, expect, it } from 'vitest';
import { submission } from '@/testing/interview';
import { RECORDING } from '@/testing/recording';
import { phrasesOf, placeOfAnswer, placeOfQuestion, soundingAt } from './places';

const { moments } = RECORDING;
const word = (text: string, from_ms: number) => ({ text, from_ms, to_ms: from_ms + 200, confidence: null });
const spoken = (words: ReturnType<typeof word>[]) => ({
  line: 'line-1',
  from_ms: 90_000,
  to_ms: 99_000,
  ended_by: 'silence' as const,
  engine: 'own',
  words,
  is_partial: false,
});

describe('places', () => {
  it('finds questions and answers, and nothing of those that were not spoken', () => {
    expect(placeOfQuestion(moments, { id: 'q2' })).toEqual({ fromMs: 31_000, toMs: 35_000 });
    expect(placeOfQuestion(moments, { id: 'q9' })).toBeNull();
    expect(placeOfAnswer(moments, { id: 'r1' })).toEqual({ fromMs: 6_000, toMs: 30_000 });
    expect(placeOfAnswer(moments, { id: 'q1' })).toBeNull();
  });

  it('takes an answer in two parts for one', () => {
    const more = { kind: 'answer' as const, index: 0, response_id: 'r1', from_ms: 40_000, to_ms: 44_000 };
    expect(placeOfAnswer([...moments, more], { id: 'r1' })).toEqual({ fromMs: 6_000, toMs: 44_000 });
  });

  it('says what sounds, and nothing in between', () => {
    expect(soundingAt(moments, 4_999)?.question_id).toBe('q1');
    expect(soundingAt(moments, 5_500)).toBeNull();
    expect(soundingAt(moments, 6_000)?.response_id).toBe('r1');
  });
});

describe('phrases of an answer', () => {
  const place = { fromMs: 6_000, toMs: 30_000 };
  const content = 'I led. We measured first.';
  const words = [
    word('I', 90_000),
    word('led', 90_300),
    word('We', 94_000),
    word('measured', 94_300),
    word('first', 95_000),
  ];

  it('begin where their first word does, on the clock of the recording', () => {
    expect(phrasesOf({ ...submission('r1', 'q1', content), spoken: spoken(words) }, place, 'en')).toEqual([
      { text: 'I led.', space: ' ', start: 0, place: { fromMs: 6_000, toMs: 10_000 } },
      { text: 'We measured first.', space: '', start: 7, place: { fromMs: 10_000, toMs: 30_000 } },
    ]);
  });

  it('stay near when the answer was corrected to fewer words', () => {
    const corrected = { ...submission('r1', 'q1', 'I led. We measured.'), spoken: spoken(words) };
    expect(phrasesOf(corrected, place, 'en').map((phrase) => phrase.place?.fromMs)).toEqual([6_000, 10_000]);
  });

  it('end at pauses where the engine writes no full stops', () => {
    const said = Array.from({ length: 20 }, (_, at) =>
      word(`word${at}`, 90_000 + at * 300 + (at < 8 ? 0 : 2_000)),
    );
    const text = said.map(({ text: one }) => one).join(' ');
    const long = { ...submission('r1', 'q1', text), spoken: spoken(said) };
    const phrases = phrasesOf(long, place, 'en');
    expect(phrases.map((phrase) => phrase.place?.fromMs)).toEqual([6_000, 10_400]);
    expect(phrases.map((phrase) => phrase.text + phrase.space).join('')).toBe(text);
  });

  it('find their places in a language without spaces', () => {
    const zh = '我领导了迁移。我们先测量。';
    const said = [
      word('我领导了', 90_000),
      word('迁移', 91_000),
      word('我们', 92_000),
      word('先测量', 93_000),
    ];
    const answer = { ...submission('r1', 'q1', zh), spoken: spoken(said) };
    expect(phrasesOf(answer, place, 'zh').map((phrase) => phrase.place?.fromMs)).toEqual([6_000, 8_000]);
  });

  it('are one where no word has a place', () => {
    const whole = { ...submission('r1', 'q1', content), spoken: spoken([]) };
    expect(phrasesOf(whole, place, 'en')).toEqual([{ text: content, space: '', start: 0, place }]);
    expect(phrasesOf(submission('r1', 'q1', content), null, 'en')).toEqual([
      { text: content, space: '', start: 0, place: null },
    ]);
  });
});
