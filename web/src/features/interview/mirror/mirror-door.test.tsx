import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { serveConsents } from '@/testing/consents';
import { GUEST } from '@/testing/people';
import { renderPage } from '@/testing/render-page';
import { refusal, server } from '@/testing/server';
import { MirrorDoor } from './mirror-door';

vi.mock('./mirror', () => ({ Mirror: () => <p>The camera is on</p> }));

function enter() {
  vi.stubGlobal('navigator', Object.assign(Object.create(window.navigator), { mediaDevices: {} }));
  server.use(http.get('/api/users/me', () => HttpResponse.json(GUEST)));
  return renderPage(MirrorDoor, '/');
}

describe('the mirror', () => {
  it('opens for who agrees to the text of today', async () => {
    const { versions } = serveConsents();
    const { user } = enter();
    await user.click(await screen.findByRole('button', { name: 'Open a mirror' }));
    expect(await screen.findByText(/No picture and no number leaves this device/)).toBeVisible();
    expect(versions).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Agree and open the mirror' }));
    expect(await screen.findByText('The camera is on')).toBeVisible();
    expect(versions).toEqual(['2026-11-22.7c1d2e03']);
  });

  it('asks each time, and takes the consent once', async () => {
    const { versions } = serveConsents({ given: [], agreed: ['camera_numbers'] });
    const { user } = enter();
    await user.click(await screen.findByRole('button', { name: 'Open a mirror' }));
    await user.click(await screen.findByRole('button', { name: 'Open the mirror' }));
    expect(await screen.findByText('The camera is on')).toBeVisible();
    expect(versions).toEqual([]);
  });

  it('stays closed when the consent cannot be kept', async () => {
    serveConsents();
    server.use(
      http.put('/api/users/me/consents/:purpose', () =>
        refusal(503, 'storage_unavailable', 'The server cannot save anything at the moment.'),
      ),
    );
    const { user } = enter();
    await user.click(await screen.findByRole('button', { name: 'Open a mirror' }));
    await user.click(await screen.findByRole('button', { name: 'Agree and open the mirror' }));
    expect(await screen.findByText('The server cannot save anything at the moment.')).toBeVisible();
    await waitFor(() => expect(screen.queryByText('The camera is on')).toBeNull());
  });
});
