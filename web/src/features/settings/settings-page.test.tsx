import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { serveAccount } from '@/testing/account';
import { model, modelsOf, serveModels } from '@/testing/models';
import { GUEST, ROBIN } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { SettingsPage } from './settings-page';

const open = () => renderPage(SettingsPage, '/settings');
const line = () => within(screen.getByRole('region', { name: 'Who is asked' }));
const named = () =>
  line()
    .getAllByRole('heading', { level: 3 })
    .map((heading) => heading.textContent);
const entry = (name: string) => {
  const item = screen.getByRole('heading', { level: 3, name }).closest('li');
  if (!item) throw new Error(`${name} is not in the list`);
  return within(item);
};

describe('who may see it', () => {
  it('asks whoever is not signed in to do so', async () => {
    serveAccount(null);
    open();
    expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute(
      'href',
      '/login?next=%2Fsettings',
    );
  });

  it.each([
    ['a guest', GUEST],
    ['somebody with an account', ROBIN],
  ])('tells %s whom it is for, and asks the server for nothing', async (_, who) => {
    serveAccount(who);
    open();
    expect(await screen.findByText(/These settings are for administrators/)).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'Who is asked' })).toBeNull();
  });

  it('tries again after the server was away', async () => {
    serveModels([model('lab')]);
    server.use(http.get('/api/admin/models', () => HttpResponse.error(), { once: true }));
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { level: 3, name: 'lab' })).toBeVisible();
  });
});

describe('the line', () => {
  it('says that none is needed when there is none', async () => {
    serveModels([]);
    open();
    expect(await screen.findByText(/No language model is set up yet/)).toBeVisible();
    expect(named()).toEqual(['Built-in engine']);
  });

  it('shows each with its state, and the built-in engine last', async () => {
    serveModels([
      model('lab'),
      model('broken', { standing: 'key_unreadable', key: 'unreadable', key_ending: null }),
      model('resting', { enabled: false, standing: 'off', key: 'missing', key_ending: null }),
      model('mistral', { source: 'configuration' }),
      model('lab', { source: 'configuration', standing: 'replaced' }),
    ]);
    open();
    await screen.findByRole('heading', { level: 3, name: 'broken' });
    expect(named()).toEqual(['lab', 'broken', 'resting', 'mistral', 'lab', 'Built-in engine']);
    expect(entry('broken').getByText(/its key cannot be opened/)).toBeVisible();
    expect(entry('resting').getByText('Switched off. No key.')).toBeVisible();
    expect(entry('resting').getByRole('checkbox')).not.toBeChecked();
    const configured = entry('mistral');
    expect(
      configured.getByText(/Set in the environment or greenroom.toml. Key set, ends in abcd/),
    ).toBeVisible();
    expect(configured.getByRole('button', { name: 'Test mistral' })).toBeVisible();
    expect(configured.queryByRole('button', { name: /Change|Delete|Move/ })).toBeNull();
    expect(screen.getByText('$5.00')).toBeVisible();
  });

  it('says when models are switched off in the configuration', async () => {
    serveModels([model('lab')], { asked: false });
    open();
    expect(await screen.findByText(/llm.enabled = false/)).toBeVisible();
    expect(entry('lab').getByText(/Not asked: models are switched off/)).toBeVisible();
  });

  it('is put in another order by keyboard, and the focus stays', async () => {
    const sent = serveModels([
      model('a'),
      model('b'),
      model('c'),
      model('mistral', { source: 'configuration' }),
    ]);
    const { user } = open();
    await screen.findByRole('heading', { level: 3, name: 'a' });
    expect(screen.getByRole('button', { name: 'Move a up' })).toHaveAttribute('aria-disabled', 'true');
    const up = screen.getByRole('button', { name: 'Move c up' });
    up.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(named()).toEqual(['a', 'c', 'b', 'mistral', 'Built-in engine']));
    expect(sent).toEqual([{ call: 'PUT /order', body: { names: ['a', 'c', 'b'] } }]);
    expect(screen.getByRole('button', { name: 'Move c up' })).toHaveFocus();
    expect(screen.getByText('c is number 2 of 3 now.')).toBeInTheDocument();
  });

  it('says so when the list has changed in the meantime, and shows the new one', async () => {
    serveModels([model('a'), model('b')]);
    const { user } = open();
    await screen.findByRole('heading', { level: 3, name: 'a' });
    server.use(
      http.put('/api/admin/models/order', () => refusal(409, 'order_is_stale', 'The list has changed.')),
      http.get('/api/admin/models', () => HttpResponse.json(modelsOf([model('b')]))),
    );
    await user.click(screen.getByRole('button', { name: 'Move b up' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The list has changed.');
    await waitFor(() => expect(named()).toEqual(['b', 'Built-in engine']));
  });

  it('switches one off and leaves its key alone', async () => {
    const sent = serveModels([model('lab')]);
    const { user } = open();
    await user.click(await screen.findByRole('checkbox', { name: 'On lab' }));
    expect(await screen.findByText(/Switched off/)).toBeVisible();
    expect(sent[0]?.call).toBe('PUT /lab');
    expect(sent[0]?.body).toMatchObject({ enabled: false, model: 'qwen3' });
    expect(sent[0]?.body).not.toHaveProperty('api_key');
  });

  it('deletes one, and puts it back', async () => {
    const sent = serveModels([model('lab'), model('spare')]);
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Delete lab' }));
    const undo = await screen.findByRole('button', { name: 'Undo' });
    expect(undo).toHaveFocus();
    await waitFor(() => expect(named()).toEqual(['spare', 'Built-in engine']));
    await user.click(undo);
    await waitFor(() => expect(named()).toEqual(['spare', 'lab', 'Built-in engine']));
    expect(sent.map(({ call }) => call)).toEqual(['DELETE /lab', 'POST /lab/restore']);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });
});
