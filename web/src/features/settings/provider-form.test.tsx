import { screen, waitFor, within } from '@testing-library/react';
import { delay, HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Finding, ModelSettings } from '@/api/models';
import { model, serveModels } from '@/testing/models';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { SettingsPage } from './settings-page';

const TEST = '/api/admin/models/test';
const pass = (what: string): Finding => ({ what, passed: true, words: 'it went well' });

/** Answers each part as told; those left out go well. */
function serveTest(parts: Record<string, { findings: Finding[]; goes_on: boolean }> = {}) {
  const asked: { part: string; name: string; settings?: ModelSettings }[] = [];
  server.use(
    http.post(TEST, async ({ request }) => {
      const body = (await request.json()) as (typeof asked)[0];
      asked.push(body);
      const { part } = body;
      return HttpResponse.json(parts[part] ?? { findings: [pass(`The ${part}`)], goes_on: true });
    }),
  );
  return asked;
}

async function openForm(saved = [model('lab')]) {
  const sent = serveModels(saved);
  const { user } = renderPage(SettingsPage, '/settings');
  await user.click(await screen.findByRole('button', { name: 'Add a model' }));
  expect(screen.getByRole('heading', { name: 'Add a language model' })).toHaveFocus();
  return { sent, user };
}

describe('adding one', () => {
  it('begins with what is known of the vendor, and needs the key only', async () => {
    const { sent, user } = await openForm();
    expect(screen.getByLabelText('Address')).toHaveValue('https://api.openai.com/v1');
    expect(screen.getByLabelText('Key')).toHaveAttribute('type', 'password');
    await user.type(screen.getByLabelText('Key'), ' sk-0123456789 ');
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('openai is added.')).toBeVisible();
    expect(sent).toEqual([
      {
        call: 'POST ',
        body: {
          name: 'openai',
          settings: {
            protocol: 'openai',
            base_url: 'https://api.openai.com/v1',
            model: 'gpt-4.1-mini',
            context: 1_047_576,
            json: 'schema',
            enabled: true,
            api_key: 'sk-0123456789',
          },
        },
      },
    ]);
    expect(screen.getByRole('heading', { level: 3, name: 'openai' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Add a model' })).toHaveFocus();
  });

  it('gives a second one of a vendor a name of its own', async () => {
    const { user } = await openForm([model('openai')]);
    expect(screen.getByLabelText('Name')).toHaveValue('openai-2');
    await user.selectOptions(screen.getByLabelText('Vendor'), 'Ollama');
    expect(screen.queryByLabelText('Name')).toBeNull();
    expect(screen.getByLabelText('Key (if it wants one)')).toHaveValue('');
    expect(screen.getByLabelText('Model')).toHaveValue('llama3.1');
  });

  it('says in its place what is missing, and sends nothing', async () => {
    const { sent, user } = await openForm();
    await user.selectOptions(screen.getByLabelText('Vendor'), 'Another that speaks like OpenAI');
    await user.click(screen.getByRole('button', { name: 'Add' }));
    for (const label of ['Name', 'Address', 'Model']) expect(screen.getByLabelText(label)).toBeInvalid();
    await user.click(screen.getByRole('button', { name: 'Test' }));
    expect(sent).toEqual([]);
  });

  it('shows what the server refuses in the place of the field, and keeps what was typed', async () => {
    const { user } = await openForm();
    const fields = { base_url: 'This is not an address.' };
    server.use(http.post('/api/admin/models', () => refusal(422, 'invalid_input', 'No.', fields)));
    await user.type(screen.getByLabelText('Key'), 'sk-1');
    await user.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(screen.getByLabelText('Address')).toBeInvalid());
    expect(screen.getByLabelText('Address')).toHaveAccessibleDescription(/This is not an address/);
    expect(screen.queryByText('No.')).toBeNull();
    expect(screen.getByLabelText('Key')).toHaveValue('sk-1');
  });

  it('says above the buttons what is no field’s fault', async () => {
    const { user } = await openForm();
    server.use(http.post('/api/admin/models', () => HttpResponse.error()));
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  });
});

describe('changing one', () => {
  it('keeps the key unless a new one is entered or it is taken away', async () => {
    const { sent, user } = await openForm();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    const change = async () => user.click(screen.getByRole('button', { name: 'Change lab' }));
    await change();
    expect(screen.getByLabelText('Key')).toHaveAccessibleDescription(/It ends in abcd/);
    await user.clear(screen.getByLabelText('Model'));
    await user.type(screen.getByLabelText('Model'), 'qwen4');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('lab is changed.');
    expect(sent[0]?.body).toMatchObject({ model: 'qwen4' });
    expect(sent[0]?.body).not.toHaveProperty('api_key');
    await change();
    await user.click(screen.getByRole('checkbox', { name: 'Take the saved key away' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('lab is changed.');
    expect(sent[1]?.body).toMatchObject({ api_key: null });
  });
});

describe('the test', () => {
  it('goes part by part and tells each in words', async () => {
    const { user } = await openForm();
    const bad = { what: 'A whole resume', passed: false, words: 'the beginning was lost' };
    const asked = serveTest({ resume: { findings: [bad], goes_on: true } });
    await user.type(screen.getByLabelText('Key'), 'sk-1');
    await user.click(screen.getByRole('button', { name: 'Test' }));
    const report = await screen.findByRole('region', { name: 'Test of openai' });
    expect(await within(report).findByText(/One thing needs a look/)).toBeVisible();
    expect(asked.map(({ part }) => part)).toEqual(['answer', 'json', 'resume', 'cost']);
    const lines = within(report)
      .getAllByRole('listitem')
      .map((item) => item.textContent);
    expect(lines[0]).toBe('Pass: The answer. It went well.');
    expect(lines[2]).toBe('Fail: A whole resume. The beginning was lost.');
    expect(asked[0]).toMatchObject({ name: 'openai', settings: { api_key: 'sk-1' } });
    await user.type(screen.getByLabelText('Key'), '2');
    expect(screen.queryByRole('region', { name: 'Test of openai' })).toBeNull();
  });

  it('ends where going on is of no use', async () => {
    const { user } = await openForm();
    const wrong = { what: 'Key', passed: false, words: 'the key is wrong. Check the key.' };
    const asked = serveTest({ answer: { findings: [pass('Reachable'), wrong], goes_on: false } });
    await user.click(screen.getByRole('button', { name: 'Test lab' }));
    expect(await screen.findByText(/The key is wrong. Check the key.$/)).toBeVisible();
    expect(asked).toEqual([{ name: 'lab', part: 'answer' }]);
  });

  it('shows how far it is', async () => {
    const { user } = await openForm();
    serveTest();
    server.use(
      http.post(TEST, async () => {
        await delay('infinite');
        return new HttpResponse(null);
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Test lab' }));
    const report = await screen.findByRole('region', { name: 'Test of lab' });
    expect(within(report).getByRole('progressbar')).toHaveAttribute('max', '4');
    expect(within(report).getByText(/Part 1 of 4/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Test lab' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('says when the server does not answer, or wants the key again', async () => {
    const { user } = await openForm();
    server.use(http.post(TEST, () => HttpResponse.error()));
    await user.click(screen.getByRole('button', { name: 'Test lab' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Change lab' }));
    const fields = { api_key: 'Enter the key again.' };
    server.use(http.post(TEST, () => refusal(422, 'invalid_input', 'Enter the key again.', fields)));
    await user.click(screen.getByRole('button', { name: 'Test' }));
    await waitFor(() => expect(screen.getByLabelText('Key')).toBeInvalid());
  });
});
