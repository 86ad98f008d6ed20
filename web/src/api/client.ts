import { draftsBelongTo } from '@/lib/drafts';
import { sayWhySignedOut } from '@/lib/signed-out';
import { ApiError, errorFrom } from './errors';

type Options = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON, unless it is a form or a file. */
  body?: unknown;
  /** Makes repeating the call harmless. */
  idempotencyKey?: string;
  /** Lets it go on when the page is closed. */
  keepalive?: boolean;
};

/** After this long without an answer the line counts as dead. */
const PATIENCE_MS = 60_000;
const REFRESH = '/api/users/refresh';
const SIGN_IN = new Set([REFRESH, '/api/users/login', '/api/users/register', '/api/users/guest']);

async function send(path: string, { method = 'GET', body, idempotencyKey, keepalive = false }: Options) {
  // Another site cannot send this header; the server takes it as proof against forged requests.
  const headers = new Headers({ 'X-Greenroom-Client': 'web', Accept: 'application/json' });
  if (idempotencyKey) headers.set('Idempotency-Key', idempotencyKey);
  // These say themselves what they are.
  const isWhole = body instanceof FormData || body instanceof Blob;
  if (body !== undefined && !isWhole) headers.set('Content-Type', 'application/json');
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      body: isWhole ? body : body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
      keepalive,
    });
  } catch {
    throw new ApiError(0, 'offline', 'The server cannot be reached. What you wrote is kept on this device.');
  }
}

let refreshing: Promise<boolean> | null = null;

/** What the server says when a sign-in was ended from elsewhere. */
const ENDED = new Set(['sign_in_ended', 'refresh_token_reused']);

/**
 * Renews the sign-in. The refresh token rotates and using an old one ends the sign-in, so tabs take turns.
 */
function refresh(): Promise<boolean> {
  const renew = async () => {
    const response = await send(REFRESH, { method: 'POST', body: {} });
    if (response.ok) {
      // An unread body would keep the connection.
      await response.arrayBuffer();
      return true;
    }
    const { code, message } = await errorFrom(response);
    if (response.status === 401) draftsBelongTo(null);
    if (ENDED.has(code)) sayWhySignedOut(message);
    return false;
  };
  const inTurn = async (): Promise<boolean> =>
    navigator.locks ? await navigator.locks.request('greenroom.refresh', renew) : await renew();
  refreshing ??= inTurn().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** The answer as it came, after one renewal of the sign-in if that had run out. Throws `ApiError`. */
export async function fetchResponse(path: string, options: Options = {}): Promise<Response> {
  let response = await send(path, options);
  if (response.status === 401 && !SIGN_IN.has(path) && (await refresh())) {
    response = await send(path, options);
  }
  if (!response.ok) throw await errorFrom(response);
  return response;
}

/** The JSON of the answer; undefined for 204. Throws `ApiError`. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  const response = await fetchResponse(path, options);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}
