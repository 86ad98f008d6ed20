import { expect } from '@playwright/test';
import { test } from '../server.ts';
import { fixture, JOB } from '../visit.ts';

test('nothing brought: the page says what is missing', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Paste a job description or choose a resume', { exact: false })).toBeVisible();
});

test('a picture of a resume is put right on the next page', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Paste the job description').fill(JOB);
  await page.getByLabel(/Your resume/).setInputFiles(fixture('picture.pdf'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText('paste the text');
  await page.getByLabel('Or paste its text').fill('Marit Solheim\nmarit.solheim@example.com\n\nSkills\nRust, SQL');
  await page.getByRole('button', { name: 'Read the resume' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Marit Solheim');
});

test('a recipe is no job, and markup is only text', async ({ page }) => {
  const recipe = 'Pancakes\n\nMix 200 g of flour with three eggs and milk. <script>window.hacked = true</script> Fry in butter.';
  await page.goto('/');
  await page.getByLabel('Paste the job description').fill(recipe);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/does not (look|read) like a job/i)).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('set-up mistakes are told in their place', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try with a sample' }).click();
  await page.getByRole('checkbox', { name: /Behavioral/ }).uncheck();
  await page.getByRole('checkbox', { name: /Technical/ }).uncheck();
  await page.getByRole('radio', { name: 'Another length' }).check();
  await page.getByRole('textbox', { name: 'Minutes' }).fill('2');
  await page.getByLabel(/Number of questions/).fill('41');
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await expect(page.getByText('Choose at least one kind of question.')).toBeVisible();
  await expect(page.getByText('Give a whole number of minutes from 3 to 120.')).toBeVisible();
  await expect(page.getByText('Give a whole number from 1 to 40, or leave it empty.')).toBeVisible();
});
