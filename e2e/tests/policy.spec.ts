import { expect } from '@playwright/test';
import { test } from '../server.ts';

test('scripts that somebody smuggles in do not run', async ({ browser, baseURL }) => {
  // A page of its own: here the policy is meant to be violated.
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${baseURL}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    const refused: string[] = [];
    const attempt = (what: string, act: () => void) => {
      try {
        act();
      } catch {
        refused.push(what);
      }
    };
    attempt('markup', () => {
      document.createElement('div').innerHTML = '<img src=x onerror="window.smuggled = true">';
    });
    attempt('script text', () => {
      script.text = 'window.smuggled = true';
    });
    const violated = new Promise<string>((resolve) => {
      // The refusals above are reported too, and later.
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (effectiveDirective.startsWith('style-src')) resolve(effectiveDirective);
      });
    });
    const button = document.createElement('button');
    button.setAttribute('style', 'position: fixed');
    document.body.append(button);
    return { refused, style: await violated, smuggled: 'smuggled' in window, isolated: window.crossOriginIsolated };
  });
  expect(ran.refused).toEqual(['markup', 'script text']);
  expect(ran.style).toMatch(/style-src/);
  expect(ran).toMatchObject({ smuggled: false, isolated: true });
  await page.context().close();
});

test('the page of the API document works under its policy', async ({ page }) => {
  await page.goto('/api/docs/');
  await expect(page.getByRole('heading', { name: /Greenroom/ })).toBeVisible();
  await page.getByText('/api/about').first().click();
  await expect(page.getByText('What this server is').first()).toBeVisible();
});
