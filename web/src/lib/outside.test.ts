import { expect, it } from 'vitest';
import type { Outside } from '@/api/types';
import { whereWordsGo } from './outside';

const model = (purpose: Outside['purpose'], name = 'gpt-5-mini', provider = 'openai'): Outside => ({
  provider,
  model: name,
  purpose,
  needs_consent: false,
});

it.each([
  ['nothing', [], 'Everything runs on this server; nothing leaves it.'],
  ['judging only', [model('judging')], 'Outside of this server, OpenAI gpt-5-mini judges answers.'],
  [
    'one for both',
    [model('interviewing'), model('judging')],
    'Outside of this server, OpenAI gpt-5-mini leads interviews and judges answers.',
  ],
  [
    'one for each',
    [model('interviewing', 'small', 'mistral'), model('judging')],
    'Outside of this server, Mistral small leads interviews and OpenAI gpt-5-mini judges answers.',
  ],
  [
    'speech beside a model',
    [model('judging'), model('hearing', 'nova-3', 'deepgram'), model('speaking', 'gpt-4o-mini-tts')],
    'Outside of this server, OpenAI gpt-5-mini judges answers, Deepgram nova-3 hears spoken answers and OpenAI gpt-4o-mini-tts speaks.',
  ],
  [
    'speech only',
    [model('hearing', 'whisper-1')],
    'Outside of this server, OpenAI whisper-1 hears spoken answers.',
  ],
  [
    'one that hears and speaks',
    [model('hearing', 'whisper-1'), model('realtime', 'gpt-realtime')],
    'Outside of this server, OpenAI whisper-1 hears spoken answers and OpenAI gpt-realtime hears and speaks where that is chosen.',
  ],
  [
    'another in reserve',
    [model('judging'), model('judging', 'small', 'mistral')],
    'Outside of this server, OpenAI gpt-5-mini or else Mistral small judges answers.',
  ],
])('says where words go: %s', (_, outside, words) => {
  expect(whereWordsGo(outside)).toBe(words);
});
