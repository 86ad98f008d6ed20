import type { Outside } from '@/api/types';
import { vendorInWords } from './engines';

const modelOf = ({ provider, model }: Outside) => `${vendorInWords(provider)} ${model}`;

/** The models that are asked for one purpose, in their order; each is asked when those before it fail. */
export function modelsFor(outside: Outside[], purpose: Outside['purpose']): string | null {
  const models = outside.filter((each) => each.purpose === purpose).map(modelOf);
  return models.length === 0 ? null : [...new Set(models)].join(' or else ');
}

/** Whether anything leaves the server, and to whom, in a line. */
export function whereWordsGo(outside: Outside[]): string {
  const leads = modelsFor(outside, 'interviewing');
  const judges = modelsFor(outside, 'judging');
  if (!leads && !judges) return 'Everything runs on this server; nothing leaves it.';
  const both = leads === judges && `${leads} leads interviews and judges answers`;
  const each = [leads && `${leads} leads interviews`, judges && `${judges} judges answers`];
  return `Outside of this server, ${both || each.filter(Boolean).join(' and ')}.`;
}
