/** A refusal of the server, or no answer from it (`status` 0, code `offline`). */
export class ApiError extends Error {
  readonly status: number;
  /** Stable; the app branches on it. */
  readonly code: string;
  /** Messages by field name; empty when no field is to blame. */
  readonly fields: Record<string, string>;
  readonly requestId: string | null;
  /** When to try again, where the server said so. */
  retryAt: Date | null = null;

  constructor(status: number, code: string, message: string, fields = {}, requestId: string | null = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
  }
}

type ErrorBody = {
  error?: string;
  message?: string;
  details?: { fields?: Record<string, string> } | null;
  request_id?: string;
};

/** Reads the error envelope; an answer from something in between (a proxy) still gives a usable error. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('x-request-id');
  const json: ErrorBody | null = await response.json().catch(() => null);
  const body = json ?? {};
  const error = new ApiError(
    response.status,
    body.error ?? 'unknown',
    body.message ??
      `The server answered ${response.status}. What you wrote is still here; try again in a moment.`,
    body.details?.fields ?? {},
    body.request_id ?? requestId,
  );
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(seconds)) error.retryAt = new Date(Date.now() + seconds * 1000);
  return error;
}

/** What to tell a person about anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return 'Something went wrong on this page. Try again; if it stays, reload.';
}
