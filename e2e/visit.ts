import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

export const JOB = readFileSync(fixture('job.txt'), 'utf8');

export const ANSWERS = [
  'I keep the booking service of a ferry line running. Last year I moved its 40 million rows to PostgreSQL without a minute of downtime, and I look after two junior engineers.',
  'Our search took four seconds on Friday evenings. I read the query plan, found a sequential scan, and added an index on route and date. I tried it on a copy first, then built it concurrently at night. The search fell to 90 milliseconds and complaints stopped.',
];

/** Goes into the room by the sample, as somebody without papers does. */
export async function enterBySample(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try with a sample' }).click();
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await expect(page.getByLabel('Your answer')).toBeFocused();
}

export const question = (page: Page) => page.getByRole('heading', { level: 1 });

/** Answers and waits for what comes next. */
export async function answer(page: Page, text: string): Promise<void> {
  const before = (await question(page).textContent()) ?? '';
  await page.getByRole('textbox', { name: 'Your answer' }).fill(text);
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await expect(question(page)).not.toHaveText(before);
}

export async function endInterview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End and see the report' }).click();
  await expect(page.getByRole('heading', { name: 'Question by question' })).toBeVisible();
}

/** Nothing for axe to find, and nothing wider than the screen. */
export async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, 'pixels wider than the screen').toBeLessThanOrEqual(0);
}
