import { act, fireEvent, screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it, vi } from 'vitest';
import { ROBIN, session } from '@/testing/people';
import { serveRecording } from '@/testing/recording';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { Recordings } from './recordings';

function open() {
  const done = { status: 'completed' as const, channel: 'voice' as const };
  const sessions = [
    session('one', { ...done, title: 'Nurse', recorded_ms: 60_000 }),
    session('two', { ...done, title: 'Accountant' }),
    session('three', { status: 'completed', title: 'Written' }),
  ];
  const served = serveRecording();
  server.use(
    http.get('/api/users/me', () => HttpResponse.json(ROBIN)),
    http.get('/api/sessions', () => HttpResponse.json({ items: sessions, next: null })),
  );
  return { served, ...renderPage(Recordings, '/privacy') };
}

it('lists what is kept, and nothing of interviews without a recording', async () => {
  open();
  const [entry, ...others] = await screen.findAllByRole('listitem');
  expect(others).toEqual([]);
  expect(entry).toHaveTextContent(/Nurse.*1:00 long/);
  expect(within(entry as HTMLElement).getByRole('link')).toHaveAttribute('href', '/report/one#recording');
});

it('deletes one by itself, after a moment to take it back', async () => {
  const { served, user } = open();
  await user.click(await screen.findByRole('button', { name: /^Delete the recording of Nurse/ }));
  await user.click(screen.getByRole('button', { name: 'Keep it' }));
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
  fireEvent.click(await screen.findByRole('button', { name: /^Delete the recording of Nurse/ }));
  await act(() => vi.advanceTimersByTimeAsync(8_000));
  vi.useRealTimers();
  expect(await screen.findByText('The recording of “Nurse” is deleted.')).toBeVisible();
  expect(served.deleted).toEqual(['one']);
});
