import type { Outside } from '@/api/types';
import { vendorInWords } from './engines';

const modelOf = ({ provider, model }: Outside) => `${vendorInWords(provider)} ${model}`;

/** The models that are asked for one purpose, in their order; each is asked when those before it fail. */
export function modelsFor(outside: Outside[], purpose: Outside['purpose']): string | null {
  const models = outside.filter((each) => each.purpose === purpose).map(modelOf);
  return models.length === 0 ? null : [...new Set(models)].join(' or else ');
}

/** Whether it is a language model, and not an engine of speech. */
export const isModel = ({ purpose }: Outside) => purpose === 'interviewing' || purpose === 'judging';

/** Whether anything leaves the server, and to whom, in a line. */
export function whereWordsGo(outside: Outside[]): string {
  const leads = modelsFor(outside, 'interviewing');
  const judges = modelsFor(outside, 'judging');
  const hears = modelsFor(outside, 'hearing');
  const speaks = modelsFor(outside, 'speaking');
  const talks = modelsFor(outside, 'realtime');
  if (outside.length === 0) return 'Everything runs on this server; nothing leaves it.';
  const both = leads !== null && leads === judges && `${leads} leads interviews and judges answers`;
  const each = [
    both || (leads && `${leads} leads interviews`),
    !both && judges && `${judges} judges answers`,
    hears && `${hears} hears spoken answers`,
    speaks && `${speaks} speaks`,
    talks && `${talks} hears and speaks where that is chosen`,
  ];
  return `Outside of this server, ${listed(each.filter((words) => words !== null && words !== false))}.`;
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
