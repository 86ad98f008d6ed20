import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test } from '../server.ts';
import { answer, endInterview, fixture, JOB } from '../visit.ts';

const image = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url));

const ABOUT_ME =
  'You would learn that I finish things: I moved 40 million rows to PostgreSQL, and the booking did not stand still for one minute. ' +
  'I compared the sums of both sides every night for six weeks. What the line leaves out is how I work with people: ' +
  'I explained each step to the harbour offices in plain words, so nobody was afraid of the day. ' +
  'In this job I would use both, because you own a large database and talk with those who load the ferries.';

test('pictures for the README', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Paste the job description').fill(JOB);
  await page.locator('input[type=file]').setInputFiles(fixture('resume.pdf'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await expect(page.getByLabel('Your answer')).toBeFocused();
  await answer(page, ABOUT_ME);
  await page.getByLabel('Your answer').fill('Before the move every deploy needed a freeze of the table, so I planned');
  await page.screenshot({ path: image('room') });
  await endInterview(page);
  await page.getByRole('heading', { name: 'Question by question' }).evaluate((heading) => heading.scrollIntoView());
  await page.screenshot({ path: image('report') });
});
