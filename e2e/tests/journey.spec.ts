import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { test } from '../server.ts';
import { ANSWERS, answer, endInterview, fixture, JOB, question } from '../visit.ts';

test('from the first page to the report, with a real resume and posting', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Paste the job description').fill(JOB);
  await page.getByLabel(/Your resume/).setInputFiles(fixture('resume.pdf'));
  await page.getByRole('button', { name: 'Continue' }).click();

  // What was read, beside where it was read.
  await expect(page.getByRole('heading', { name: 'Before you go on' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Marit Solheim');
  await expect(page.getByLabel('E-mail')).toHaveValue('marit.solheim@example.com');
  await expect(page.getByLabel('Position')).toHaveValue('Senior Backend Engineer');
  await expect(page.getByText('Strong SQL, and experience with a relational database under load').first()).toBeVisible();

  // Corrections are kept.
  await page.getByLabel('Place').fill('Tromsø');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.getByRole('region', { name: 'The job' }).getByRole('button', { name: 'Remove Rust' }).click();
  await page.reload();
  await expect(page.getByLabel('Place')).toHaveValue('Tromsø');
  await expect(page.getByRole('region', { name: 'The job' }).getByRole('button', { name: 'Remove Rust' })).toHaveCount(0);

  await page.getByRole('radio', { name: /Supportive/ }).check();
  await page.getByRole('button', { name: 'Start the interview' }).click();

  // The question says why it is asked.
  await expect(page.getByText(/Because (the job|your resume) says/).first()).toBeVisible();
  for (const text of ANSWERS) await answer(page, text);
  await expect(page.getByText('Saved. 2 answers kept.')).toBeVisible();
  await endInterview(page);

  // Each judgement is tied to words that were said.
  const first = page.getByRole('article').first();
  await first.getByRole('button', { name: /Clarity/ }).click();
  const marked = await first.locator('mark').first().textContent();
  expect(ANSWERS[0]).toContain(marked);
  await expect(page.getByText(/Asked and judged by the built-in engines/)).toBeVisible();

  // How able, as a band in words; never a bare number.
  const levels = page.getByRole('region', { name: 'Your level' });
  await expect(levels.getByRole('listitem').first()).toContainText(/Not yet known|most likely|answers, /);
  expect(await levels.textContent()).not.toMatch(/\d\.\d/);

  // Again, beside the first.
  await first.getByRole('button', { name: 'Answer it again' }).click();
  await first.getByLabel('Your new answer').fill(ANSWERS[1] ?? '');
  await first.getByRole('button', { name: 'Judge this answer' }).click();
  await expect(first.getByRole('button', { name: /Try 2/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(first.getByRole('button', { name: /First answer/ })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'PDF' }).click();
  const bytes = await readFile(await (await download).path());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByText(/None yet/)).toBeVisible();
});

test('a guest keeps what they did, and can take it along or erase it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try with a sample' }).click();
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await answer(page, ANSWERS[0] ?? '');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(question(page)).toHaveText('Paused');

  await page.getByRole('link', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByText('Use at least 8 characters.')).toBeVisible();
  const email = `marit.${test.info().project.name}@example.com`;
  await page.getByLabel('Name', { exact: true }).fill('Marit');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('the ferry leaves at six');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('heading', { name: 'Your interviews' })).toBeVisible();
  await page.getByRole('link', { name: 'Go on' }).click();
  await expect(question(page)).toHaveText('Paused');

  await page.getByRole('link', { name: 'Account' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download everything' }).click();
  const everything = await readFile(await (await download).path(), 'latin1');
  // An archive; the names of its files are not packed.
  expect(everything.startsWith('PK')).toBe(true);
  for (const file of ['README.md', 'account.json', '/transcript.md', '/report.md']) {
    expect(everything).toContain(file);
  }

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('the ferry leaves at seven');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill('the ferry leaves at six');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: 'Go on' })).toBeVisible();

  await page.getByRole('link', { name: 'Account' }).click();
  await page.getByRole('button', { name: 'Erase everything' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Erase everything' })).toBeDisabled();
  await dialog.getByLabel(/Type/).fill('erase');
  await dialog.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign in' })).toBeVisible();
});
