import { expect, it } from 'vitest';
import { BUILT_IN_JUDGE, MODEL_JUDGE } from '@/testing/engines';
import { engineInWords } from './engines';

it.each([
  ['openai/gpt-5-mini', 'OpenAI gpt-5-mini'],
  ['openrouter/meta-llama/llama-3.3-70b', 'OpenRouter meta-llama/llama-3.3-70b'],
  ['lab/m1', 'lab m1'],
  ['small-model', 'small-model'],
  ['mistral/small + openai/gpt-5-mini', 'Mistral small and OpenAI gpt-5-mini'],
])('names the model %s', (name, words) => {
  expect(engineInWords({ ...MODEL_JUDGE, name })).toBe(words);
});

it('spares people the name of the built-in one', () => {
  expect(engineInWords(BUILT_IN_JUDGE)).toBe('the built-in engine');
});
