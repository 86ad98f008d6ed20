import type { Engine } from '@/api/types';

/** Vendors as they write themselves, by their name in the configuration. */
const VENDORS: Record<string, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  mistral: 'Mistral',
  groq: 'Groq',
  openrouter: 'OpenRouter',
  ollama: 'Ollama',
  vllm: 'vLLM',
  llamacpp: 'llama.cpp',
  openai_realtime: 'OpenAI',
  deepgram: 'Deepgram',
  speechmatics: 'Speechmatics',
};

export const vendorInWords = (provider: string) => VENDORS[provider] ?? provider;

/** An engine for people: `the built-in engine`, or its models, each like `OpenAI gpt-5-mini`. */
export function engineInWords({ kind, name }: Engine): string {
  if (kind === 'builtin') return 'the built-in engine';
  return name.split(' + ').map(modelInWords).join(' and ');
}

/** `openai/gpt-5-mini`; a model's own name may have slashes too. */
function modelInWords(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : `${vendorInWords(name.slice(0, slash))} ${name.slice(slash + 1)}`;
}
