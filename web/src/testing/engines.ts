import type { Engine } from '@/api/types';

export const BUILT_IN_INTERVIEWER: Engine = {
  kind: 'builtin',
  name: 'greenroom-interviewer',
  version: '0.1.0',
};
export const BUILT_IN_JUDGE: Engine = { kind: 'builtin', name: 'greenroom-builtin', version: '0.1.0' };
export const MODEL_INTERVIEWER: Engine = {
  kind: 'llm',
  name: 'openai/gpt-5-mini',
  version: 'interviewer-v1',
};
export const MODEL_JUDGE: Engine = { kind: 'llm', name: 'openai/gpt-5-mini', version: 'judge-v1' };
